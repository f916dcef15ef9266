"""Who opened a person's own file: for a reporter, about their own cases and nothing of anybody else's.

Nobody but a reporter learns anything here, not even that a case exists: an accused or a witness
gets the same answer as somebody whom no case concerns. In a case with several people a document
about another person is left out, for that it was opened would tell about them.
"""

from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe.utils import convert_utc_to_system_timezone

from sv_helpdesk.access_log.pending import READING
from sv_helpdesk.access_log.words import action_in_words, kind_in_words, right_in_words
from sv_helpdesk.crypto import blind_index
from sv_helpdesk.permissions.denied_list import is_denied

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
		filters={"party_role": "Reporter"},
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
	others = _about_others(case["name"], set(case["own"]))
	lines: dict[tuple, list] = {}
	for row in rows:
		if kind_in_words(row.document_type) and row.document_name not in others:
			lines.setdefault(_line(row), []).append(row)
	return [_opening(same, language) for same in lines.values()]


def _line(row) -> tuple:
	minute = row.logged_at.replace(second=0, microsecond=0)
	return minute, row.user, kind_in_words(row.document_type), row.action, row.by_right


def _opening(rows: list, language: str | None) -> Opening:
	first = rows[0]
	return Opening(
		moment=convert_utc_to_system_timezone(first.logged_at),
		user=first.user,
		what=kind_in_words(first.document_type, language),
		action=action_in_words(first.action, language),
		right=right_in_words(first.by_right, language),
		count=len({row.document_name for row in rows}),
	)


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


def _about_others(report: str, own: set[str]) -> set[str]:
	"""Return the names of the case's documents that are about another person in it."""
	others = set()
	for doctype, fieldname in ABOUT.items():
		rows = frappe.get_all(
			doctype, filters={"report": report}, fields=["name", fieldname], order_by="name asc"
		)
		others |= {row.name for row in rows if row.get(fieldname) and row.get(fieldname) not in own}
	files = frappe.get_all(
		"SV Attachment", filters={"report": report}, fields=["name", "note"], order_by="name asc"
	)
	plans = frappe.get_all(
		"SV Aftercare", filters={"report": report}, fields=["name", "meant_for", "party"], order_by="name asc"
	)
	return (
		others
		| _complaint_of_another(report, own)
		| {file.name for file in files if file.note in others}
		| {
			plan.name
			for plan in plans
			if plan.meant_for != "Reporter" or (plan.party and plan.party not in own)
		}
	)


def _complaint_of_another(report: str, own: set[str]) -> set[str]:
	"""Return the names of all that belongs to a formal complaint that another reporter of the case made."""
	if frappe.db.exists("SV Complaint", {"report": report, "complainant": ["in", sorted(own)]}):
		return set()
	return {
		name
		for doctype in OF_A_COMPLAINT
		for name in frappe.get_all(doctype, {"report": report}, pluck="name", order_by="name asc")
	}
