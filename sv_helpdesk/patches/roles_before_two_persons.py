"""Sites that had our roles before giving them took two persons keep them, without a finding for each every day."""

import frappe

from sv_helpdesk.permissions.roles import ALL_ROLES
from sv_helpdesk.two_persons import rows, staff
from sv_helpdesk.two_persons.approvals import REPORTED


def execute() -> None:
	"""Record every role that somebody has, on a site on which none was ever recorded.

	Elsewhere a role without a record is what the self-check is to find.
	"""
	if frappe.db.exists("SV Approval", {"kind": staff.GRANTED}):
		return
	held = {"parenttype": "User", "role": ["in", ALL_ROLES], "parent": ["!=", "Administrator"]}
	for row in frappe.get_all("Has Role", held, ["parent", "role"], order_by="parent asc, role asc"):
		rows.write(rows.row(REPORTED, staff.GRANTED, "User", row.parent, summary=row.role), tell=False)
