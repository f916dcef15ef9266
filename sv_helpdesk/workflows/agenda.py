"""What somebody has to do: their cases, what waits for them, and what they wait for (eigen agenda).

Every row comes from a list that the rules restrict, so that a case hidden from somebody is in no agenda.
"""

import frappe
from frappe.utils import getdate

from sv_helpdesk.deadlines import sight
from sv_helpdesk.permissions import recipients, repetition
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.workflows import agenda_tables
from sv_helpdesk.workflows.agenda_rows import find, numbers, row

FINISHED_CASES = ("Closed", "Withdrawn")
NOTHING = ("cases", "tables", "for_me", "for_others", "signals", "deadlines")


@frappe.whitelist(methods=["POST"])
def mine() -> dict[str, list[dict]]:
	"""Return the agenda of the session's user, what is due first on top and what has no day at the end.

	Returns:
		`cases` that they handle, `tables` under way that they convene, `for_me` what waits for them,
		`for_others` what they wait for. Each row has doctype, name, number (of its case, table or plan),
		status and due (a day, or None). `signals` of repetition at the desks that they run: see
		repetition.standing. `deadlines` that they keep or were told of, the most overdue first: see
		sight.of_person, with the `number` of the case or table.
	"""
	user = frappe.session.user
	if not acting_roles(user):
		return {part: [] for part in NOTHING}
	cases = _cases(user)
	names = [case["name"] for case in cases]
	waiting = [
		*_offered_to(user),
		*agenda_tables.invitations(),
		*agenda_tables.statements(user),
		*agenda_tables.minutes(user),
		*agenda_tables.actions(user),
		*_contacts(user),
		*_came_up(names),
		*_plans(names),
		*_requests(user),
	]
	return {
		"cases": cases,
		"tables": agenda_tables.convened(user),
		"for_me": _sorted(waiting),
		"for_others": _offered_by(names),
		"signals": repetition.standing(user),
		"deadlines": _deadlines(user),
	}


def _deadlines(user: str) -> list[dict]:
	clocks = sight.of_person(user)
	known = {
		**numbers("SV Report", "case_number", [clock["report"] for clock in clocks]),
		**numbers("SV Decision Table", "table_number", [clock["decision_table"] for clock in clocks]),
	}
	return [
		{**clock, "number": known.get(clock["report"] or clock["decision_table"], "")} for clock in clocks
	]


def _cases(user: str) -> list[dict]:
	found = find(
		"SV Report",
		{"handler": user, "status": ["not in", FINISHED_CASES]},
		["case_number", "status", "received_at"],
	)
	return [row("SV Report", one, one.case_number, one.status) for one in found]


def _offered_to(user: str) -> list[dict]:
	desks = recipients.desks_of(user)
	if not desks:
		return []
	found = find(
		"SV Referral",
		{"target_desk": ["in", sorted(desks)], "status": "Offered"},
		["status"],
	)
	return [row("SV Referral", one, "", one.status) for one in found]


def _offered_by(reports: list[str]) -> list[dict]:
	if not reports:
		return []
	found = find(
		"SV Referral",
		{"report": ["in", reports], "status": ["in", ("Offered", "Accepted")]},
		["report", "status"],
	)
	cases = numbers("SV Report", "case_number", [one.report for one in found])
	return [row("SV Referral", one, cases.get(one.report, ""), one.status) for one in found]


def _contacts(user: str) -> list[dict]:
	found = find(
		"SV Aftercare Contact", {"held_by": user, "status": "Planned"}, ["aftercare", "status", "planned_on"]
	)
	plans = numbers("SV Aftercare", "plan_number", [one.aftercare for one in found])
	return [
		row("SV Aftercare Contact", one, plans.get(one.aftercare, ""), one.status, one.planned_on)
		for one in found
	]


def _came_up(reports: list[str]) -> list[dict]:
	"""Return the contacts in which disadvantage or repetition came up and that nobody has acted on."""
	if not reports:
		return []
	found = find(
		"SV Aftercare Contact",
		{"report": ["in", reports], "status": "Raised"},
		["aftercare", "status", "held_at"],
	)
	plans = numbers("SV Aftercare", "plan_number", [one.aftercare for one in found])
	# it waits since the day on which somebody told it
	return [
		row(
			"SV Aftercare Contact",
			one,
			plans.get(one.aftercare, ""),
			one.status,
			getdate(one.held_at) if one.held_at else None,
		)
		for one in found
	]


def _plans(reports: list[str]) -> list[dict]:
	"""Return the aftercare plans that nobody has begun yet, and those to close after their evaluation."""
	if not reports:
		return []
	waiting = {"report": ["in", reports], "status": ["in", ("Planned", "Evaluated")]}
	found = find("SV Aftercare", waiting, ["plan_number", "status"])
	return [row("SV Aftercare", one, one.plan_number, one.status) for one in found]


def _requests(user: str) -> list[dict]:
	"""Return the requests about somebody's own data that they answer, and those that wait for their release."""
	under_way = {"status": ["in", ("Received", "Collected", "Prepared", "Released")]}
	fields = ["request_number", "status", "due_on", "handler", "second_person"]
	return [
		row("SV Subject Request", one, one.request_number, one.status, one.due_on)
		for one in find("SV Subject Request", under_way, fields)
		if user == (one.second_person if one.status == "Prepared" else one.handler)
	]


def _sorted(rows: list[dict]) -> list[dict]:
	"""What is late comes first, then what is due next, and last what has no day."""
	return sorted(rows, key=lambda one: (one["due"] is None, str(one["due"] or "")))
