"""The board of a workspace for the session's user: each part is asked for under their own rights, and none is kept."""

from collections.abc import Callable

import frappe
from frappe import _

from sv_helpdesk.dashboard import parts, to_do
from sv_helpdesk.dashboard.workspaces import (
	CASES,
	CCP_DESK,
	COORDINATION,
	FIGURES,
	PRIVACY,
	ROLES,
	TABLES,
	TASKS,
)
from sv_helpdesk.onboarding import first_steps
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.recipients import desks_of
from sv_helpdesk.permissions.roles import CASE_ROLES

NOTHING = {"numbers": [], "charts": [], "lists": [], "new_case": False, "notice": None}


@frappe.whitelist(methods=["POST"])
def mine(workspace: str) -> dict:
	"""Return what a workspace shows to the session's user; nothing to who has no part in it.

	Args:
		workspace: its name.

	Returns:
		`numbers`, each with `label`, `value`, `colour`, and `doctype` and `filters` of the list that has what was
		counted, or the `page` that has it; `charts`, each with `title`, `explains`, `labels` and `values`; `lists`
		of what is to be done, see to_do; `new_case`, whether they register cases here; `notice`, a sentence with the
		page it leads to, or None.
	"""
	user = frappe.session.user
	roles = acting_roles(user)
	if not roles & set(ROLES.get(workspace, ())):
		return NOTHING
	return NOTHING | BOARDS[workspace](user, roles)


def _coordination(user: str, roles: frozenset[str]) -> dict:
	title, rows = parts.reports_by_nature(user)
	explains = _("Exact, so far, of your desks. Working figures – not for circulation.")
	return {
		"numbers": [
			parts.open_cases(parts.cases_by_state()),
			parts.without_handler(),
			*parts.deadlines(),
			parts.tables_running(),
			parts.contacts_due(),
			parts.to_be_anonymised(),
			parts.signals(user),
			parts.approvals_waiting(),
		],
		"charts": [_chart(title, explains, rows)],
		"lists": to_do.everything(),
		"notice": _first_steps(),
	}


def _first_steps() -> dict | None:
	"""Return what the coordinator reads until everything is there that a site needs."""
	left = first_steps.left()
	if not left:
		return None
	return {"sentence": _("First steps that are still to be done: {0}.").format(left), "page": "first-steps"}


def _desk(user: str, roles: frozenset[str]) -> dict:
	if not roles & set(CASE_ROLES):
		return {"numbers": [parts.supported()]}
	states = parts.cases_by_state()
	number = parts.open_cases(states)
	works_somewhere = bool(desks_of(user))
	return {
		"numbers": [
			number,
			parts.without_handler(),
			*parts.deadlines(),
			parts.held_mails(),
			parts.to_be_anonymised(),
			parts.own_actions(user),
		],
		"charts": [_chart(_("Open cases by state"), _("The cases that you may see now."), states)],
		"lists": [*([] if number["value"] else [to_do.no_cases(works_somewhere)]), *to_do.everything()],
		"new_case": works_somewhere,
	}


def _tables(user: str, roles: frozenset[str]) -> dict:
	return {"numbers": [parts.tables_running(), parts.own_actions(user)], "lists": to_do.at_tables()}


def _tasks(user: str, roles: frozenset[str]) -> dict:
	return {"numbers": [parts.own_actions(user), parts.own_contacts(user)], "lists": to_do.tasks()}


def _privacy(user: str, roles: frozenset[str]) -> dict:
	return {"numbers": [parts.approvals_waiting(), parts.refused_this_week(), parts.access_given()]}


def _figures(user: str, roles: frozenset[str]) -> dict:
	return {"lists": [to_do.published()]}


BOARDS: dict[str, Callable[[str, frozenset[str]], dict]] = {
	COORDINATION: _coordination,
	CCP_DESK: _desk,
	CASES: _desk,
	TABLES: _tables,
	TASKS: _tasks,
	PRIVACY: _privacy,
	FIGURES: _figures,
}


def _chart(title: str, explains: str, rows: list[tuple[str, int]]) -> dict:
	labels, values = ([row[place] for row in rows] for place in (0, 1))
	return {"title": title, "explains": explains, "labels": labels, "values": values}
