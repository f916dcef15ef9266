"""What a colleague leaves behind goes to another one of the desk, without whoever arranges it reading it.

Cases that are denied to who arranges it are passed over without a trace in the answer (R6); the daily
self-check names them to somebody to whom they aren't (`unattended`).
"""

from typing import NamedTuple

import frappe
from frappe import _
from frappe.utils import now_datetime

from sv_helpdesk import access_log, notices
from sv_helpdesk.deadlines import owners
from sv_helpdesk.permissions import denied_list, desk_people, grants, sides

CLOSED = ("Closed", "Withdrawn")
FINISHED_ACTIONS = ("Done", "Dropped")


class Part(NamedTuple):
	"""One thing that somebody holds: the field that names them, and the cases it belongs to."""

	doctype: str
	name: str
	fieldname: str
	reports: frozenset[str]


@frappe.whitelist(methods=["POST"])
def hand_over(desk: str, leaver: str, successor: str) -> dict:
	"""Give everything open that one colleague has at a desk to another member of it.

	Whoever runs the desk needs no right to read the cases and gets none by it. A case on which the
	successor can't be chosen (R5, R6) stays where it is.

	Args:
		desk: name of the desk.
		leaver: who leaves or is away.
		successor: who takes over; a member of the desk today.

	Returns:
		`cases`: how many cases went over, wholly; `stayed`: how many need another colleague.

	Raises:
		frappe.PermissionError: the session's user doesn't run the desk.
		frappe.ValidationError: the successor isn't a member, or is who hands over while this desk's
			cases are for their handlers only.
	"""
	user = frappe.session.user
	if not desk_people.runs(user, desk):
		grants.refuse_right()
	_check_successor(desk, leaver, successor)
	moved, stayed = set(), set()
	for part in held_by(leaver, desk):
		if any(denied_list.is_denied(report, user) for report in part.reports):
			continue
		if _is_possible(part, successor):
			frappe.db.set_value(part.doctype, part.name, part.fieldname, successor)
			if part.doctype == "SV Report":
				owners.give_case_to(part.name, successor)
			else:
				owners.give_to(part.doctype, part.name, successor)
			moved |= part.reports
		else:
			stayed |= part.reports
	for report in sorted(moved):
		_record(report, successor)
	if moved:
		notices.tell(
			[successor], lambda language: _("Cases of a colleague were handed over to you.", language)
		)
	return {"cases": len(moved - stayed), "stayed": len(stayed)}


def unattended(desk: str, reader: str) -> list[str]:
	"""Return the open cases of a desk whose handler doesn't work there any more.

	Args:
		desk: name of the desk.
		reader: who is going to be told; cases that are denied to them aren't among them.

	Returns:
		Names of cases, the oldest first.
	"""
	at_work = {row.user for row in desk_people.members(desk)}
	return [
		row.name
		for row in _open_cases({"desk": desk, "handler": ["is", "set"]}, ["name", "handler"])
		if row.handler not in at_work and not denied_list.is_denied(row.name, reader)
	]


def held_by(user: str, desk: str) -> list[Part]:
	"""Return the open cases, actions, aftercare contacts and supported people that somebody has at a desk."""
	cases = {row.name for row in _open_cases({"desk": desk}, ["name"])}
	handled = {row.name for row in _open_cases({"desk": desk, "handler": user}, ["name"])}
	return [
		*(Part("SV Report", name, "handler", frozenset({name})) for name in sorted(handled)),
		*_actions(user, desk, cases),
		*_contacts(user, cases),
		*_supported(user, desk, cases),
	]


def _actions(user: str, desk: str, cases: set[str]) -> list[Part]:
	tables = set(
		frappe.get_all("SV Decision Table", filters={"desk": desk}, pluck="name", order_by="name asc")
	)
	rows = frappe.get_all(
		"SV Action",
		filters={"action_owner": user, "status": ["not in", FINISHED_ACTIONS]},
		fields=["name", "report", "decision_table"],
		order_by="creation asc",
	)
	found = []
	for row in rows:
		about = {row.report} if row.report else sides.reports_of(row.decision_table)
		if (row.report in cases) if row.report else (row.decision_table in tables):
			found.append(Part("SV Action", row.name, "action_owner", frozenset(about)))
	return found


def _contacts(user: str, cases: set[str]) -> list[Part]:
	rows = frappe.get_all(
		"SV Aftercare Contact",
		filters={"held_by": user, "held_at": ["is", "not set"], "status": "Planned"},
		fields=["name", "report"],
		order_by="planned_on asc",
	)
	return [
		Part("SV Aftercare Contact", row.name, "held_by", frozenset({row.report}))
		for row in rows
		if row.report in cases
	]


def _supported(user: str, desk: str, cases: set[str]) -> list[Part]:
	"""People whom the desk supports: named as its own, or in its own case without another desk."""
	rows = frappe.get_all(
		"SV Party",
		filters={"supported_by": user},
		fields=["name", "report", "support_desk"],
		order_by="creation asc",
	)
	still_open = {row.name for row in _open_cases({"name": ["in", [row.report for row in rows]]}, ["name"])}
	return [
		Part("SV Party", row.name, "supported_by", frozenset({row.report}))
		for row in rows
		if row.report in still_open
		and (row.support_desk == desk or (not row.support_desk and row.report in cases))
	]


def _open_cases(filters: dict, fields: list[str]) -> list:
	return frappe.get_all(
		"SV Report",
		filters={**filters, "status": ["not in", CLOSED]},
		fields=fields,
		order_by="received_at asc",
	)


def _check_successor(desk: str, leaver: str, successor: str) -> None:
	if successor == leaver or not desk_people.works_at(successor, desk):
		frappe.throw(_("Cases go to another member of the same desk. Choose a colleague who works there."))
	handlers_only = frappe.db.get_value("SV Desk", desk, "visibility") == desk_people.HANDLER_ONLY
	if successor == frappe.session.user and handlers_only:
		frappe.throw(
			_(
				"You can't hand over cases to yourself, because at this desk only handlers read. Choose a colleague."
			)
		)


def _is_possible(part: Part, successor: str) -> bool:
	if any(denied_list.is_denied(report, successor) for report in part.reports):
		return False
	if part.doctype == "SV Report":
		return not sides.takes_other_side(successor, part.name)
	if part.doctype == "SV Party":
		return sides.may_support(successor, frappe.get_doc("SV Party", part.name))
	return True


def _record(report: str, successor: str) -> None:
	now = now_datetime()
	grants.write(
		report=report,
		user=successor,
		kind=grants.HAND_OVER,
		reason="Colleague left",
		confirmed_by=frappe.session.user,
		confirmed_at=now,
		# it opens nothing: whoever handles a case sees it
		ended_at=now,
		ended_by=frappe.session.user,
	)
	access_log.record("Granted", "SV Report", report, report)
