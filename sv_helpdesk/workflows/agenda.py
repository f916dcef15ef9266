"""What somebody has to do: their cases, what waits for them, and what they wait for (eigen agenda).

Every row comes from a list that the rules restrict, so that a case hidden from somebody is in no agenda.
"""

import frappe

from sv_helpdesk.deadlines import sight
from sv_helpdesk.permissions import recipients, repetition, seats
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.workflows.action import UNFINISHED
from sv_helpdesk.workflows.case import UNDER_WAY

FINISHED_CASES = ("Closed", "Withdrawn")
MOST = 200


@frappe.whitelist(methods=["POST"])
def mine() -> dict[str, list[dict]]:
	"""Return the agenda of the session's user, what is due first on top.

	Returns:
		`cases` that they handle, `for_me` what waits for them, `for_others` what they wait for. Each row has
		doctype, name, number (of its case, table or plan), status and due (a day, or None). `signals` of
		repetition at the desks that they run: see repetition.standing. `deadlines` that they keep, the most
		overdue first: see sight.of_owner, with the `number` of the case or table.
	"""
	user = frappe.session.user
	if not acting_roles(user):
		return {"cases": [], "for_me": [], "for_others": [], "signals": [], "deadlines": []}
	cases = _cases(user)
	names = [row["name"] for row in cases]
	waiting = [
		*_offered_to(user),
		*_invitations(),
		*_statements(user),
		*_actions(user),
		*_contacts(user),
		*_came_up(names),
		*_plans(names),
	]
	return {
		"cases": cases,
		"for_me": _sorted(waiting),
		"for_others": _offered_by(names),
		"signals": repetition.standing(user),
		"deadlines": _deadlines(user),
	}


def _deadlines(user: str) -> list[dict]:
	clocks = sight.of_owner(user)
	numbers = {
		**_numbers("SV Report", "case_number", [clock["report"] for clock in clocks]),
		**_numbers("SV Decision Table", "table_number", [clock["decision_table"] for clock in clocks]),
	}
	return [
		{**clock, "number": numbers.get(clock["report"] or clock["decision_table"], "")} for clock in clocks
	]


def _cases(user: str) -> list[dict]:
	found = _rows(
		"SV Report",
		{"handler": user, "status": ["not in", FINISHED_CASES]},
		["case_number", "status", "received_at"],
	)
	return [_row("SV Report", row, row.case_number, row.status) for row in found]


def _offered_to(user: str) -> list[dict]:
	desks = recipients.desks_of(user)
	if not desks:
		return []
	found = _rows(
		"SV Referral",
		{"target_desk": ["in", sorted(desks)], "status": "Offered"},
		["status", "referred_on"],
	)
	return [_row("SV Referral", row, "", row.status, row.referred_on) for row in found]


def _offered_by(reports: list[str]) -> list[dict]:
	if not reports:
		return []
	found = _rows(
		"SV Referral",
		{"report": ["in", reports], "status": ["in", ("Offered", "Accepted")]},
		["report", "status", "referred_on"],
	)
	numbers = _numbers("SV Report", "case_number", [row.report for row in found])
	return [
		_row("SV Referral", row, numbers.get(row.report, ""), row.status, row.referred_on) for row in found
	]


def _invitations() -> list[dict]:
	return [
		{
			"doctype": "SV Decision Table",
			"name": row["decision_table"],
			"number": row["table_number"],
			"status": "Seat offered",
			"due": None,
		}
		for row in seats.open_invitations()
	]


def _statements(user: str) -> list[dict]:
	"""Return the tables at which they decide or that they convene, and have to state their confidentiality."""
	found = {}
	for part, moment in seats.STATEMENTS.items():
		asked = {part: user, moment: ["is", "not set"], "status": ["in", UNDER_WAY]}
		found |= {row.name: row for row in _rows("SV Decision Table", asked, ["table_number"])}
	return [_row("SV Decision Table", row, row.table_number, "Statement asked") for row in found.values()]


def _actions(user: str) -> list[dict]:
	found = _rows(
		"SV Action",
		{"action_owner": user, "status": ["in", UNFINISHED]},
		["status", "due_on", "decision_table"],
	)
	numbers = _numbers("SV Decision Table", "table_number", [row.decision_table for row in found])
	return [
		_row("SV Action", row, numbers.get(row.decision_table, ""), row.status, row.due_on) for row in found
	]


def _contacts(user: str) -> list[dict]:
	found = _rows("SV Aftercare Contact", {"held_by": user, "status": "Planned"}, ["status", "planned_on"])
	return [_row("SV Aftercare Contact", row, "", row.status, row.planned_on) for row in found]


def _came_up(reports: list[str]) -> list[dict]:
	"""Return the contacts in which disadvantage or repetition came up and that nobody has acted on."""
	if not reports:
		return []
	found = _rows(
		"SV Aftercare Contact", {"report": ["in", reports], "status": "Raised"}, ["report", "status"]
	)
	numbers = _numbers("SV Report", "case_number", [row.report for row in found])
	return [_row("SV Aftercare Contact", row, numbers.get(row.report, ""), row.status) for row in found]


def _plans(reports: list[str]) -> list[dict]:
	"""Return the aftercare plans that nobody has begun yet, and those to close after their evaluation."""
	if not reports:
		return []
	waiting = {"report": ["in", reports], "status": ["in", ("Planned", "Evaluated")]}
	found = _rows("SV Aftercare", waiting, ["plan_number", "status"])
	return [_row("SV Aftercare", row, row.plan_number, row.status) for row in found]


def _rows(doctype: str, filters: dict, fields: list[str]) -> list:
	"""Return rows that the session's user may see; none of a kind they have no right to at all."""
	if not frappe.has_permission(doctype, "read"):
		return []
	return frappe.get_list(
		doctype, filters=filters, fields=["name", *fields], order_by="modified asc", limit_page_length=MOST
	)


def _numbers(doctype: str, fieldname: str, names: list[str | None]) -> dict[str, str]:
	wanted = sorted({name for name in names if name})
	rows = _rows(doctype, {"name": ["in", wanted]}, [fieldname]) if wanted else []
	return {row.name: row[fieldname] for row in rows}


def _row(doctype: str, row, number: str, status: str, due=None) -> dict:
	return {"doctype": doctype, "name": row.name, "number": number, "status": status, "due": due}


def _sorted(rows: list[dict]) -> list[dict]:
	"""What is due first comes first; what has no day waits already."""
	return sorted(rows, key=lambda row: (row["due"] is not None, str(row["due"] or "")))
