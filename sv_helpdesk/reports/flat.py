"""A year's figures under the names by which they were published: one table of what each name means.

Read from left to right it gives the figures of a year; read from right to left, what earlier reports that were
taken over say about a cell.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import frappe
from frappe.query_builder import DocType

from sv_helpdesk.reports import codes, counted
from sv_helpdesk.reports.case_file import is_number
from sv_helpdesk.reports.counted import Key, key
from sv_helpdesk.reports.head_counts import employees
from sv_helpdesk.reports.records import Records
from sv_helpdesk.reports.rounding import change, percent
from sv_helpdesk.reports.scope import of_year

OF_REPORTERS = "_percent_of_reporters"
REPORTERS, REPORTS, EMPLOYEES = ("reporters",), ("reports",), ("employees",)


class Figure(NamedTuple):
	"""What a name means: a cell, or its share of a base with so many decimals."""

	cell: Key
	base: Key | None = None
	decimals: int = 0


def figures(year: int, reader: str | None = None) -> dict:
	"""Count everything that an annual report says, from the documents as they are now.

	The numbers are exact, so small ones can identify somebody (R8). Never whitelist this function, and
	never hand its result to a user: what leaves the desk is suppressed first.

	A percentage of nothing is None, and so is a change where one of the two figures is missing.

	Args:
		year: the calendar year, in the site's time zone.
		reader: whose working version it is: without the cases denied to that person (R6). Without a
			reader everything is counted, for figures that are suppressed and the same for everybody.

	Returns:
		A dict of figures, and dicts of figures, by name.
	"""
	records = Records()
	cells = {**counted.count(of_year(year, reader), records), EMPLOYEES: employees(year)}
	result = _map(names(records), lambda figure: _value(figure, cells))
	result[f"change_from_{year - 1}"] = changes(result, published(year - 1))
	return result


def changes(now: dict, before: dict) -> dict:
	"""Return how the figures differ from the published ones of the year before.

	Rounded figures are compared, because those are what a reader can check. Of a group with a
	total, the totals are compared.

	Args:
		now: figures of the year.
		before: figures of the year before, which may lack any of them.
	"""
	result = {}
	for name, value in now.items():
		old = before.get(name)
		if isinstance(value, dict) and "total" not in value:
			old = old if isinstance(old, dict) else {}
			parts = {part: change(number, _number(old.get(part))) for part, number in value.items()}
			result[name.replace(OF_REPORTERS, "_percentage_points")] = parts
		else:
			result[name] = change(_number(value), _number(old))
	return result


def published(year: int) -> dict:
	"""Return the figures that were published about a year and taken over from its report; empty if there are none."""
	figures_of_year = DocType("SV Figures")
	rows = (
		frappe.qb.from_(figures_of_year)
		.select(figures_of_year.figures)
		.where((figures_of_year.year == year) & (figures_of_year.status == "Published"))
		.where(figures_of_year.origin == "Taken over")
		.run()
	)
	return json.loads(rows[0][0] or "{}") if rows else {}


def by_cell(published_figures: Mapping, records: Records) -> dict[Figure, int | float]:
	"""Return what taken-over figures say, by what it is of; a group given as one number is its total."""
	found = {}
	for path, figure in _walk(names(records)):
		value = published_figures
		for part in path:
			value = value.get(part) if isinstance(value, Mapping) else (value if part == "total" else None)
		if is_number(value):
			found[figure] = value
	return found


def names(records: Records) -> dict:
	"""Return what every name means.

	Args:
		records: the categories and desks of the site.
	"""
	leading = _of("reports", "leading_position", "yes")
	conflicts, harassed = key("reports", "nature=employment_conflict"), key("reporters", "nature=harassment")
	follow_up = {code: _of("reporters", "follow_up", code) for code in codes.FOLLOW_UP_IN_FIGURES}
	confidants = key("confidant_reports")
	return {
		"reporters": Figure(REPORTERS),
		"reports": Figure(REPORTS),
		"reporters_percent_of_employees": Figure(REPORTERS, EMPLOYEES, decimals=1),
		"first_desk_reporters": _each("reporters", "first_desk", records.titles["first_desk"]),
		f"category{OF_REPORTERS}": _each("reporters", "nature", records.titles["nature"], REPORTERS),
		"worrying_behaviour_reports": Figure(_of("reports", "nature", "worrying_behaviour")),
		f"staff_group{OF_REPORTERS}": _each("reporters", "staff_group", codes.STAFF_GROUP, REPORTERS),
		"contract_not_applicable_percent": Figure(_of("reporters", "contract", "not_applicable"), REPORTERS),
		f"follow_up{OF_REPORTERS}": {code: Figure(cell, REPORTERS) for code, cell in follow_up.items()},
		"mediation_count": Figure(follow_up["mediation"]),
		"investigation_count": Figure(follow_up["investigation"]),
		"accused_in_leading_position_percent_of_reports": Figure(leading, REPORTS),
		"employment_conflict_direct_manager_percent": Figure(
			key("reports", "nature=employment_conflict", "accused_position=direct_manager"), conflicts
		),
		"harassment_reporters_female_percent": Figure(
			key("reporters", "nature=harassment", "gender=female"), harassed
		),
		f"criminal_offence{OF_REPORTERS}": Figure(_of("reporters", "criminal_offence", "yes"), REPORTERS),
		"referrals_by_ccp": _referrals(),
		"advice_requests": _advice_requests(),
		"decision_tables": _decision_tables(),
		"faculty_phd_confidants": {
			"confidants": Figure(key("confidants")),
			"reports": Figure(confidants),
			"about_supervisor_percent": Figure(
				_of("confidant_reports", "about", "phd_supervisor"), confidants
			),
		},
	}


def _referrals() -> dict:
	of_ccp = "from_desk_type=ccp"
	targets = (*codes.TARGETS_NAMED_IN_FIGURES, "other")
	return {
		"total": Figure(key("referrals", of_ccp)),
		**{code: Figure(key("referrals", of_ccp, f"referred_to={code}")) for code in targets},
	}


def _advice_requests() -> dict:
	of_ccp = "first_desk_type=ccp"
	return {
		"total": Figure(key("advice_requests")),
		"ccp": Figure(key("advice_requests", of_ccp)),
		"ccp_asked_by": {
			code: Figure(key("advice_requests", of_ccp, f"asked_by={code}")) for code in codes.ASKED_BY
		},
		"ccp_topics": {
			code: Figure(key("advice_requests", of_ccp, f"advice_topic={code}"))
			for code in codes.ADVICE_TOPIC
		},
		"led_to_decision_table": Figure(_of("advice_requests", "led_to_table", "yes")),
	}


def _decision_tables() -> dict:
	return {
		"total": Figure(key("tables")),
		"carried_over_from_previous_year": Figure(_of("tables", "started", "earlier")),
		"still_running": Figure(_of("tables", "outcome", "still_running")),
		"after_several_reports_about_one_person": Figure(_of("tables", "several_reports", "yes")),
		"case_subject": _each("table_cases", "subject", codes.TABLE_SUBJECT),
		"case_kind": _each("table_cases", "kind", codes.TABLE_KIND),
		"outcome": _each("tables", "outcome", codes.TABLE_OUTCOME),
	}


def _of(population: str, classification: str, code: str) -> Key:
	return key(population, f"{classification}={code}")


def _each(
	population: str, classification: str, values: Mapping, base: Key | None = None
) -> dict[str, Figure]:
	return {code: Figure(_of(population, classification, code), base) for code in values}


def _map(tree: dict, change_leaf: Callable[[Figure], object]) -> dict:
	return {
		name: _map(part, change_leaf) if isinstance(part, dict) else change_leaf(part)
		for name, part in tree.items()
	}


def _walk(tree: dict, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Figure]]:
	for name, part in tree.items():
		if isinstance(part, dict):
			yield from _walk(part, (*path, name))
		else:
			yield (*path, name), part


def _value(figure: Figure, cells: Mapping[Key, int | None]) -> int | float | None:
	found = cells.get(figure.cell, 0)
	return percent(found, cells.get(figure.base), figure.decimals) if figure.base else found


def _number(value: object) -> int | float | None:
	"""Return a figure as a number; that of a group is its total."""
	if isinstance(value, dict):
		value = value.get("total")
	return value if is_number(value) else None
