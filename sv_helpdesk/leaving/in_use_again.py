"""Takes a desk that was switched off into use again: what it has kept is asked about, and reaches the end of its term.

Nobody works at a desk that isn't in use, so nobody has the right to change it either. Who led it, and might have
switched it off, may do this one thing; where they have all left, two persons appoint somebody first (`appointing`).
"""

import frappe

from sv_helpdesk import access_log
from sv_helpdesk.helpdesk import queue_views
from sv_helpdesk.permissions import grants
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.roles import CASE_ROLES, COMPANION
from sv_helpdesk.two_persons import desks


@frappe.whitelist(methods=["POST"])
def take(desk: str) -> None:
	"""Take a desk into use again, as it was when it was switched off.

	Args:
		desk: name of the desk.

	Raises:
		frappe.PermissionError: it is in use, isn't there, or the session's user doesn't lead it.
	"""
	if not may_take(frappe.session.user, desk):
		grants.refuse_right()
	doc = frappe.get_doc("SV Desk", desk)
	doc.db_set("enabled", 1)
	queue_views.follow_desk(doc)
	access_log.record("Changed", "SV Desk", desk)


def may_take(user: str, desk: str) -> bool:
	"""Tell whether somebody can take a desk into use again: its coordinator or stand-in, of one that isn't in use.

	Args:
		user: user id.
		desk: name of the desk.
	"""
	is_off = frappe.db.get_value("SV Desk", desk, "enabled") == 0
	return bool(is_off and acting_roles(user) & {*CASE_ROLES, COMPANION} and desks.leads(desk, user))
