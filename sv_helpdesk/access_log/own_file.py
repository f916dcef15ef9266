"""Who opened a person's own file: for a reporter, about their own cases and nothing of anybody else's.

Nobody but a reporter learns anything here, not even that a case exists: an accused or a witness
gets the same answer as somebody whom no case concerns. What isn't surely theirs is left out, for
that it was opened, or how much was, would tell of other people (subject_access.whose).
"""

from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe.utils import convert_utc_to_system_timezone

from sv_helpdesk.access_log.pending import READING
from sv_helpdesk.access_log.words import action_in_words, kind_in_words, right_in_words
from sv_helpdesk.crypto import blind_index
from sv_helpdesk.permissions.denied_list import is_denied
from sv_helpdesk.subject_access.whose import OTHERS, REPORTER, Whose

MOST_ROWS = 2000
# where a document says which person of the case it is about
ABOUT = {"SV Party": "name", "SV Consent": "party", "SV Referral": "party", "SV Note": "party"}
OF_A_COMPLAINT = ("SV Complaint", "SV Complaint Part", "SV Complaint Copy")


@dataclass(frozen=True)
class Opening:
	"""One line of the page: what somebody looked at within one minute."""

	moment: datetime
	user: str
	what: str
	action: str
	right: str
	count: int


def cases_of(user: str) -> list[dict]:
	"""Return the cases in which this user is a reporter and that aren't hidden from them.

	Returns: per case its name, case_number, desk and `own`, the reporter's SV Party rows.
	"""
	index = blind_index("account", user)
	parties = frappe.get_all(
		"SV Party",
		filters={"party_role": REPORTER},
		or_filters={"account_index": index, "address_account_index": index},
		fields=["name", "report"],
		order_by="creation asc",
	)
	own: dict[str, list[str]] = {}
	for party in parties:
		own.setdefault(party.report, []).append(party.name)
	cases = frappe.get_all(
		"SV Report",
		filters={"name": ["in", [report for report in own if not is_denied(report, user)]]},
		fields=["name", "case_number", "desk"],
		order_by="received_at desc",
	)
	return [{**case, "own": own[case.name]} for case in cases]


def openings_of(case: dict, language: str | None = None) -> list[Opening]:
	"""Return who opened what of a case, the latest first.

	Args:
	        case: one of `cases_of`.
	        language: in which to say it; the session's unless given.
	"""
	log = frappe.qb.DocType("SV Access Log")
	at_tables = _at_tables(case["name"])
	where = log.report == case["name"]
	if at_tables:
		where = where | log.document_name.isin(at_tables)
	rows = (
		frappe.qb.from_(log)
		.select(log.logged_at, log.user, log.action, log.document_type, log.document_name, log.by_right)
		.where(where & log.action.isin(READING))
		.orderby(log.position, order=frappe.qb.desc)
		.limit(MOST_ROWS)
		.run(as_dict=True)
	)
	whose = Whose(case["name"], case["own"])
	others, since = _not_theirs(case["name"], whose), whose.came_later()
	lines: dict[tuple, list] = {}
	for row in rows:
		if since and _local(row.logged_at) < since:
			# that there was a case already tells that somebody else had reported
			continue
		if kind_in_words(row.document_type) and row.document_name not in others:
			lines.setdefault(_line(row), []).append(row)
	return [_opening(same, language) for same in lines.values()]


def _line(row) -> tuple:
	minute = row.logged_at.replace(second=0, microsecond=0)
	return minute, row.user, kind_in_words(row.document_type), row.action, row.by_right


def _opening(rows: list, language: str | None) -> Opening:
	first = rows[0]
	return Opening(
		moment=_local(first.logged_at),
		user=first.user,
		what=kind_in_words(first.document_type, language),
		action=action_in_words(first.action, language),
		right=right_in_words(first.by_right, language),
		count=len({row.document_name for row in rows}),
	)


def _local(logged_at: datetime) -> datetime:
	return convert_utc_to_system_timezone(logged_at).replace(tzinfo=None)


def _at_tables(report: str) -> list[str]:
	"""Return the names of decision tables that deal with a case, and of their minutes and cases."""
	of_case = {"parenttype": "SV Table Case", "report": report}
	cases = frappe.get_all("SV Table Case Report", filters=of_case, pluck="parent", order_by="idx asc")
	tables = frappe.get_all(
		"SV Table Case", filters={"name": ["in", cases]}, pluck="decision_table", order_by="name asc"
	)
	tables += frappe.get_all(
		"SV Decision Table", filters={"advice_request": report}, pluck="name", order_by="name asc"
	)
	minutes = frappe.get_all(
		"SV Minutes", filters={"decision_table": ["in", tables]}, pluck="name", order_by="name asc"
	)
	written = frappe.get_all(
		"SV Contribution", filters={"minutes": ["in", minutes]}, pluck="name", order_by="name asc"
	)
	return [*cases, *tables, *minutes, *written]


def _not_theirs(report: str, whose: Whose) -> set[str]:
	"""Return the names of the case's documents that aren't surely this reporter's."""
	of = {
		row.name: (whose.of_person(row.get(fieldname)), row.creation)
		for doctype, fieldname in ABOUT.items()
		for row in _rows(doctype, report, fieldname)
	}
	for row in _rows("SV Message", report):
		of[row.name] = (whose.of_message(frappe.get_doc("SV Message", row.name)), row.creation)
	for plan in _rows("SV Aftercare", report, "meant_for", "party"):
		is_theirs = plan.meant_for == REPORTER
		of[plan.name] = (whose.of_person(plan.party) if is_theirs else OTHERS, plan.creation)
	for file in _rows("SV Attachment", report, "message", "note"):
		of[file.name] = of.get(file.message or file.note, (OTHERS, file.creation))
	not_theirs = {name for name, (who, made_at) in of.items() if not whose.is_surely_theirs(who, made_at)}
	not_theirs |= _complaint_of_another(report, whose.own)
	steps = _rows("SV Step", report, "document_name")
	return not_theirs | {step.name for step in steps if step.document_name in not_theirs}


def _rows(doctype: str, report: str, *fieldnames: str) -> list:
	fields = ["name", "creation", *fieldnames]
	return frappe.get_all(doctype, filters={"report": report}, fields=fields, order_by="creation asc")


def _complaint_of_another(report: str, own: set[str]) -> set[str]:
	"""Return the names of all that belongs to a formal complaint that another reporter of the case made."""
	if frappe.db.exists("SV Complaint", {"report": report, "complainant": ["in", sorted(own)]}):
		return set()
	return {
		name
		for doctype in OF_A_COMPLAINT
		for name in frappe.get_all(doctype, {"report": report}, pluck="name", order_by="name asc")
	}
