"""Who can be chosen for a part in a case: nobody on both sides (R5), nobody to whom it is denied (R6).

The parts are handler, supporter, seat at a decision table, action, aftercare contact. The refusal is the
same sentence for every reason, so that it doesn't tell who is accused; what a document already has stays,
so that it can still be saved.
"""

from collections.abc import Iterable
from typing import NamedTuple

import frappe
from frappe import _

from sv_helpdesk.permissions import denied_list
from sv_helpdesk.permissions.same_matter import about_the_same
from sv_helpdesk.social_safety import checks

REPORTER, ACCUSED = "Reporter", "Accused"
OTHER_SIDE = {REPORTER: ACCUSED, ACCUSED: REPORTER}
ADVICE_REQUEST = "Advice request"
# convenes the table and doesn't judge; mostly the desk that has the case
CONVENES = "Coordinator"
SEATS_ON_TABLE = {"manager": "Manager", "coordinator": CONVENES}


class Seat(NamedTuple):
	"""A seat at a decision table."""

	user: str
	capacity: str


def check_chosen(user: str | None, reports: Iterable[str | None]) -> None:
	"""Refuse somebody to whom one of these cases is denied (R6).

	Raises:
		frappe.ValidationError: with a sentence that doesn't tell why.
	"""
	if user and any(denied_list.is_denied(report, user) for report in reports if report):
		refuse()


def check_chosen_in(doc, fieldname: str) -> None:
	"""Refuse a newly chosen person of a document that belongs to a case or a decision table (R6)."""
	if not checks.is_changed(doc, fieldname):
		return
	table = doc.get("decision_table")
	check_chosen(doc.get(fieldname), {doc.get("report"), *(reports_of(table) if table else ())})


def check_handler(case) -> None:
	"""Refuse a handler who supports the accused, judges, or may not see the case (R5, R6)."""
	if not case.handler or not checks.is_changed(case, "handler"):
		return
	check_chosen(case.handler, [case.name])
	if takes_other_side(case.handler, case.name):
		refuse()


def check_supporter(party) -> None:
	"""Refuse a supporter who is on the other side, judges, or may not see the case (R5, R6)."""
	if not any(checks.is_changed(party, fieldname) for fieldname in ("supported_by", "party_role")):
		return
	check_chosen(party.supported_by, [party.report])
	if party.supported_by and not may_support(party.supported_by, party):
		refuse()


def check_table(table) -> None:
	"""Refuse newly chosen people of a decision table who support a side or may not see a case of it."""
	before = table.get_doc_before_save()
	known = set() if not before or checks.is_changed(table, "advice_request") else set(_seats_of(before))
	reports = {*reports_of(table.name), table.advice_request}
	_check_seats(set(_seats_of(table)) - known, reports)


def check_seats_again(table) -> None:
	"""Refuse a table at which somebody decides or sits who by now supports a side or may not see a case of it."""
	_check_seats(_seats_of(table), {*reports_of(table.name), table.advice_request})


def check_table_case(table_case) -> None:
	"""Refuse to put a case on a table where somebody sits who supports a side or may not see it."""
	before = table_case.get_doc_before_save()
	known = {row.report for row in before.reports} if before else set()
	table = frappe.get_doc("SV Decision Table", table_case.decision_table)
	_check_seats(_seats_of(table), {row.report for row in table_case.reports} - known)


def check_acceptance(referral) -> None:
	"""Refuse that somebody accepts a person whose other side they support, or whom they judge (R5)."""
	if not referral.accepted_by or not checks.is_changed(referral, "accepted_by"):
		return
	check_chosen(referral.accepted_by, [referral.report])
	other_side = supporters(referral.report, OTHER_SIDE[_side_of_who_accepts(referral.party)])
	if referral.accepted_by in other_side | judges(referral.report):
		refuse()


def check_carer(user: str | None, report: str, meant_for: str) -> None:
	"""Refuse who keeps contact with one side after a case and supports the other, or may not see it (R5, R6)."""
	check_chosen(user, [report])
	if user and meant_for in OTHER_SIDE and user in supporters(report, OTHER_SIDE[meant_for]):
		refuse()


def may_support(user: str, party) -> bool:
	"""Tell whether this person can support this one: isn't on the other side and doesn't judge (R5)."""
	if party.party_role not in OTHER_SIDE:
		return True
	seats = {seat.user for seat in seats_about(party.report)}
	return user not in supporters(party.report, OTHER_SIDE[party.party_role]) | seats


def takes_other_side(user: str, report: str) -> bool:
	"""Tell whether this person supports the other side than the case's handler or judges it, so can't handle it (R5)."""
	is_asking = frappe.db.get_value("SV Report", report, "kind") == ADVICE_REQUEST
	other_side = supporters(report, OTHER_SIDE[_side_of_handler(report)])
	return user in other_side or (user in judges(report) and not is_asking)


def supporters(report: str, side: str) -> set[str]:
	"""Return who supports a side: the named colleagues, and whoever handles the case of who is on it.

	Whoever does so in another case about the same matter counts, too, at whatever desk that is.
	"""
	found = set()
	for case in {report, *about_the_same(report)}:
		found |= _named(case, side) | ({_handler(case)} - {None} if side == _side_of_handler(case) else set())
	return found


def judges(report: str) -> set[str]:
	"""Return who sits in judgement on this case, or on another one about the same matter."""
	cases = {report, *about_the_same(report)}
	return {seat.user for case in cases for seat in seats_about(case) if seat.capacity != CONVENES}


def seats_about(report: str) -> list[Seat]:
	"""Return the seats of all decision tables that deal with this case."""
	return [
		seat for name in tables_about(report) for seat in _seats_of(frappe.get_doc("SV Decision Table", name))
	]


def tables_about(report: str, now: bool = False) -> set[str]:
	"""Return the decision tables that deal with this case or started from it.

	Args:
		report: name of the SV Report.
		now: without those that it has left; who sits there still has a part in it.
	"""
	rows = frappe.get_all(
		"SV Table Case Report", {"report": report, **_there(now)}, pluck="parent", order_by="creation asc"
	)
	tables = frappe.get_all(
		"SV Table Case", filters={"name": ["in", rows]}, pluck="decision_table", order_by="creation asc"
	)
	started = frappe.get_all(
		"SV Decision Table", filters={"advice_request": report}, pluck="name", order_by="creation asc"
	)
	return {*tables, *started}


def reports_of(table: str, now: bool = False) -> set[str]:
	"""Return the cases that a decision table deals with, and the one that it started from.

	Args:
		table: name of the SV Decision Table.
		now: without those that have left it; what was written there may still be about them.
	"""
	cases = frappe.get_all(
		"SV Table Case", filters={"decision_table": table}, pluck="name", order_by="creation asc"
	)
	rows = {"parent": ["in", [*cases, ""]], **_there(now)}
	reports = frappe.get_all("SV Table Case Report", rows, pluck="report", order_by="creation asc")
	return {*reports, frappe.db.get_value("SV Decision Table", table, "advice_request")} - {None, ""}


def _there(now: bool) -> dict:
	return {"left_at": ["is", "not set"]} if now else {}


def holders(report: str) -> set[str]:
	"""Return everybody who has a part in the case besides its handler."""
	places = (
		("SV Party", "supported_by"),
		("SV Action", "action_owner"),
		("SV Aftercare Contact", "held_by"),
	)
	found = {seat.user for seat in seats_about(report)}
	for doctype, fieldname in places:
		found.update(
			frappe.get_all(doctype, filters={"report": report}, pluck=fieldname, order_by="creation asc")
		)
	return found - {None, ""}


def _check_seats(seats: Iterable[Seat], reports: Iterable[str | None]) -> None:
	for report in filter(None, reports):
		cases = {report, *about_the_same(report)}
		named = {user for case in cases for side in OTHER_SIDE for user in _named(case, side)}
		handlers = {_handler(case) for case in cases}
		for seat in seats:
			check_chosen(seat.user, [report])
			if seat.user in named or (seat.user in handlers and seat.capacity != CONVENES):
				refuse()


def _named(report: str, side: str) -> set[str]:
	return set(
		frappe.get_all(
			"SV Party",
			filters={"report": report, "party_role": side, "supported_by": ["is", "set"]},
			pluck="supported_by",
			order_by="creation asc",
		)
	)


def _side_of_handler(report: str) -> str:
	"""Return beside whom the handler of a case stands: the reporter, unless the accused was handed over to them."""
	referral = frappe.db.get_value("SV Report", report, "handed_over_from")
	return _side_of_who_accepts(referral and frappe.db.get_value("SV Referral", referral, "party"))


def _side_of_who_accepts(party: str | None) -> str:
	party_role = party and frappe.db.get_value("SV Party", party, "party_role")
	return ACCUSED if party_role == ACCUSED else REPORTER


def _seats_of(table) -> list[Seat]:
	of_fields = [Seat(table.get(fieldname), capacity) for fieldname, capacity in SEATS_ON_TABLE.items()]
	# whoever is called coordinator beside the one who convenes sits there as any member
	convenes = {row.user for row in table.members if table.coordinator in (row.user, None, "")}
	of_rows = [
		Seat(row.user, "Member" if row.capacity == CONVENES and row.user not in convenes else row.capacity)
		for row in table.members
	]
	return [seat for seat in [*of_fields, *of_rows] if seat.user]


def _handler(report: str) -> str | None:
	"""Who handles an advice request supports the asking manager, not a reporter."""
	case = frappe.db.get_value("SV Report", report, ["handler", "kind"], as_dict=True)
	return case.handler or None if case and case.kind != ADVICE_REQUEST else None


def refuse() -> None:
	"""Refuse a person in the same words for every reason."""
	frappe.throw(
		_("This person can't be chosen here. Choose the next higher manager or ask the coordinator.")
	)
