"""The numbers that people know cases by, for lists of documents that belong to a case."""

import frappe

from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.hidden import not_hidden
from sv_helpdesk.permissions.roles import PRIVACY_OFFICER
from sv_helpdesk.permissions.rules import query_condition

REPORT = "SV Report"


@frappe.whitelist(methods=["POST"])
def numbers_of(reports: str) -> dict[str, str]:
	"""Return the numbers of these cases, by their internal names.

	The privacy officer has them for the access log; everybody else of the cases they may see. Of any
	other case nothing comes back, as of one that isn't there.

	Args:
		reports: names of cases, with commas between them.
	"""
	user = frappe.session.user
	may_see = [query_condition(user, REPORT) or "1=1"]
	if PRIVACY_OFFICER in acting_roles(user):
		may_see.append(not_hidden(user, REPORT))
	# the conditions are made of escaped values by their builders, the names are a parameter
	rows = frappe.db.sql(
		f"select name, case_number from `tabSV Report` where name in %(names)s and ({' or '.join(may_see)})",
		{"names": reports.split(",")},
	)
	return dict(rows)
