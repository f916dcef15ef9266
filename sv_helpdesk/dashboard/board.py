"""The numbers and charts of the session's user: each is one statement under their own rights, and none is kept."""

import frappe
from frappe import _

from sv_helpdesk.dashboard import parts
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.roles import CASE_ROLES, COORDINATOR


@frappe.whitelist(methods=["POST"])
def mine() -> dict[str, list[dict]]:
	"""Return what the workspace shows to the session's user; nothing to who works at no desk.

	Returns:
		`numbers`, each with `label`, `value`, `colour`, and `doctype` and `filters` of the list that has what was
		counted, or the `page` that has it; `charts`, each with `title`, `explains`, `labels` and `values`.
	"""
	user = frappe.session.user
	roles = acting_roles(user)
	if not roles & set(CASE_ROLES):
		return {"numbers": [], "charts": []}
	states = parts.cases_by_state()
	numbers = [parts.open_cases(states), *parts.deadlines(), parts.own_actions(user)]
	charts = [_chart(_("Open cases by state"), _("The cases that you may see now."), states)]
	if COORDINATOR in roles:
		numbers += [parts.tables_running(), parts.contacts_due(), parts.signals(user)]
		title, rows = parts.reports_by_nature(user)
		explains = _("Exact, so far, of your desks. Working figures – not for circulation.")
		charts.append(_chart(title, explains, rows))
	return {"numbers": numbers, "charts": charts}


def _chart(title: str, explains: str, rows: list[tuple[str, int]]) -> dict:
	labels, values = ([row[place] for row in rows] for place in (0, 1))
	return {"title": title, "explains": explains, "labels": labels, "values": values}
