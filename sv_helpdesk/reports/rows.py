"""Reads what a year's figures are counted from: coded facts, a fixed number of statements for any year.

Only counting.py and readers.py use this. It reads past the row rules, because a figure counts every desk's
cases; nothing here may reach a user other than as a figure.

`reader` names who reads a working version: cases that are denied to that person are left out (R6). Without
a reader the system counts: what is published or shown suppressed is the same for everybody.
"""

import json
from datetime import date

from pypika.terms import EmptyCriterion

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count, IfNull

from sv_helpdesk.crypto import blind_index

# A report is every first contact on somebody's own initiative; a signal is a rumour that nobody came with.
COUNTED_AS_REPORTS = ("Report", "Formal complaint")
ADVICE_REQUEST = "Advice request"
# A draft was never sent; one that was declined or withdrawn took the reporter nowhere.
REFERRED = ("Offered", "Accepted", "Completed")
# a decision table that was never needed
CALLED_OFF = "Called off"


def reports(year: int, reader: str | None = None) -> list[dict]:
	"""Return the reports that came in during the year, with their coded facts."""
	report, category = DocType("SV Report"), DocType("SV Category")
	return (
		frappe.qb.from_(report)
		.left_join(category)
		.on(category.name == report.main_category)
		.select(report.accused_position, category.figure_group)
		.where(_is_first_contact(report) & _in_year(report.received_at, year))
		.where(_not_denied(report.name, reader))
		.run(as_dict=True)
	)


def reporters(year: int, reader: str | None = None) -> list[dict]:
	"""Return a row per reporter of the year's reports: their profile and the facts of their report."""
	report, category, party = DocType("SV Report"), DocType("SV Category"), DocType("SV Party")
	return (
		frappe.qb.from_(party)
		.inner_join(report)
		.on(report.name == party.report)
		.left_join(category)
		.on(category.name == report.main_category)
		.select(
			party.staff_group,
			party.contract,
			party.gender,
			report.desk,
			report.first_desk,
			report.intervention,
			report.criminal_offence,
			category.figure_group,
		)
		.where(party.party_role == "Reporter")
		.where(_is_first_contact(report) & _in_year(report.received_at, year))
		.where(_not_denied(report.name, reader))
		.run(as_dict=True)
	)


def advice_requests(year: int, reader: str | None = None) -> list[dict]:
	"""Return the year's advice requests; `tables` says how many decision tables each led to."""
	report, table = DocType("SV Report"), DocType("SV Decision Table")
	led_to = (table.advice_request == report.name) & (table.status != CALLED_OFF)
	if reader:
		led_to &= _no_case_denied(table, reader)
	return (
		frappe.qb.from_(report)
		.left_join(table)
		.on(led_to)
		.select(
			report.desk,
			report.first_desk,
			report.asked_by,
			report.advice_topic,
			Count(table.name).as_("tables"),
		)
		.where((report.kind == ADVICE_REQUEST) & _in_year(report.received_at, year))
		.where(_not_denied(report.name, reader))
		.groupby(report.name)
		.run(as_dict=True)
	)


def referrals(year: int, reader: str | None = None) -> list[dict]:
	"""Return the year's referrals and hand-overs: from which desk, to whom."""
	referral = DocType("SV Referral")
	return (
		frappe.qb.from_(referral)
		.select(referral.from_desk, referral.target)
		.where(referral.status.isin(REFERRED) & _in_year(referral.referred_on, year))
		.where(_not_denied(referral.report, reader))
		.run(as_dict=True)
	)


def decision_tables(year: int, reader: str | None = None) -> list[dict]:
	"""Return the decision tables that were open on any day of the year; one that was called off wasn't held."""
	table = DocType("SV Decision Table")
	return (
		frappe.qb.from_(table)
		.select(table.name, table.opened_on, table.closed_on, table.outcome)
		.where(_open_in(table, year))
		.where(_no_case_denied(table, reader))
		.run(as_dict=True)
	)


def table_cases(year: int, reader: str | None = None) -> list[dict]:
	"""Return the cases of those tables; `reports` says how many reports each has."""
	table, case, case_report = (
		DocType("SV Decision Table"),
		DocType("SV Table Case"),
		DocType("SV Table Case Report"),
	)
	return (
		frappe.qb.from_(case)
		.inner_join(table)
		.on(table.name == case.decision_table)
		.left_join(case_report)
		.on((case_report.parent == case.name) & (case_report.parenttype == "SV Table Case"))
		.select(case.decision_table, case.subject, case.kind, Count(case_report.name).as_("reports"))
		.where(_open_in(table, year))
		.where(_no_case_denied(table, reader))
		.groupby(case.name)
		.run(as_dict=True)
	)


def lacks_something(year: int, reader: str) -> bool:
	"""Tell whether the working version of this reader lacks anything of the year."""
	read = (reports, reporters, advice_requests, referrals, decision_tables)
	return any(len(rows_of(year)) != len(rows_of(year, reader)) for rows_of in read)


def confidant_reports(year: int) -> list[dict]:
	"""Return what the faculties' PhD confidants counted in the year."""
	report = DocType("SV Confidant Report")
	return (
		frappe.qb.from_(report)
		.select(report.confidant, report.about)
		.where(_in_year(report.received_on, year))
		.run(as_dict=True)
	)


def figure_groups() -> list[str]:
	"""Return the names under which figures count the categories, in the order of the categories."""
	category = DocType("SV Category")
	query = frappe.qb.from_(category).select(category.figure_group)
	rows = query.orderby(category.display_order, category.name).run(as_dict=True)
	return list(dict.fromkeys(row.figure_group for row in rows))


def desk_types() -> dict[str, str]:
	"""Return the type of each desk, by its code."""
	desk = DocType("SV Desk")
	rows = frappe.qb.from_(desk).select(desk.name, desk.desk_type).orderby(desk.name).run(as_dict=True)
	return {row.name: row.desk_type for row in rows}


def employees(year: int) -> int | None:
	"""Return how many people worked at the institution: the head counts of its largest units.

	A unit without a head count of that year has as many people as its parts together.

	Returns:
		None if no unit has a head count of that year.
	"""
	unit, headcount = DocType("SV Unit"), DocType("SV Unit Headcount")
	rows = (
		frappe.qb.from_(unit)
		.left_join(headcount)
		.on((headcount.parent == unit.name) & (headcount.parenttype == "SV Unit") & (headcount.year == year))
		.select(unit.name, unit.parent_unit, headcount.employees)
		.run(as_dict=True)
	)
	parts: dict[str | None, list[dict]] = {}
	for row in rows:
		parts.setdefault(row.parent_unit or None, []).append(row)
	return _people(parts, None)


def published_figures(year: int) -> dict:
	"""Return the figures that were published about a year; empty if there are none.

	Figures taken over go before figures counted here: somebody entered them as what was published.
	"""
	figures = DocType("SV Figures")
	rows = (
		frappe.qb.from_(figures)
		.select(figures.figures)
		.where((figures.year == year) & (figures.status == "Published"))
		.orderby(figures.origin, order=frappe.qb.desc)
		.limit(1)
		.run(as_dict=True)
	)
	return json.loads(rows[0].figures or "{}") if rows else {}


def _people(parts: dict[str | None, list[dict]], above: str | None) -> int | None:
	counts = [
		row.employees if row.employees is not None else _people(parts, row.name)
		for row in parts.get(above, [])
	]
	known = [count for count in counts if count is not None]
	return sum(known) if known else None


def _denied_to(reader: str):
	denied = DocType("SV Denied")
	return (
		frappe.qb.from_(denied)
		.select(denied.report)
		.where(denied.user_index == blind_index("account", reader))
	)


def _not_denied(report, reader: str | None):
	return report.notin(_denied_to(reader)) if reader else EmptyCriterion()


def _no_case_denied(table, reader: str | None):
	"""A table is left out with any of its cases, as in the list of tables."""
	if not reader:
		return EmptyCriterion()
	case, case_report = DocType("SV Table Case"), DocType("SV Table Case Report")
	with_denied = (
		frappe.qb.from_(case)
		.inner_join(case_report)
		.on((case_report.parent == case.name) & (case_report.parenttype == "SV Table Case"))
		.select(case.decision_table)
		.where(case_report.report.isin(_denied_to(reader)))
	)
	started = table.advice_request.isnull() | table.advice_request.notin(_denied_to(reader))
	return table.name.notin(with_denied) & started


def _is_first_contact(report):
	"""A report is counted where it was made; the case of a desk it was handed over to isn't another one."""
	return report.kind.isin(COUNTED_AS_REPORTS) & (IfNull(report.handed_over_from, "") == "")


def _in_year(field, year: int):
	"""Moments are kept in the site's time zone, so the year is that of the wall clock there."""
	return (field >= date(year, 1, 1)) & (field < date(year + 1, 1, 1))


def _open_in(table, year: int):
	closed = table.closed_on.isnull() | (table.closed_on >= date(year, 1, 1))
	return (table.opened_on < date(year + 1, 1, 1)) & closed & (table.status != CALLED_OFF)
