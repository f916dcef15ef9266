"""Counts a year's figures from the documents."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sv_helpdesk.reports import codes, rows
from sv_helpdesk.reports.case_file import is_number
from sv_helpdesk.reports.rounding import change, percent

OF_REPORTERS = "_percent_of_reporters"


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
	counted = _counted(year, reader)
	before = rows.published_figures(year - 1)
	counted[f"change_from_{year - 1}"] = changes(counted, before)
	return counted


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


def _counted(year: int, reader: str | None) -> dict:
	reports, reporters = rows.reports(year, reader), rows.reporters(year, reader)
	desks, groups = rows.desk_types(), rows.figure_groups()
	follow_up = _follow_up(reporters)
	conflicts = _where(reports, "figure_group", "employment_conflict")
	harassed = _where(reporters, "figure_group", "harassment")
	leading = [codes.ACCUSED_POSITION[code] for code in codes.LEADING_POSITIONS]
	return {
		"reporters": len(reporters),
		"reports": len(reports),
		"reporters_percent_of_employees": percent(len(reporters), rows.employees(year), decimals=1),
		"first_desk_reporters": _tally(map(_first_desk, reporters), desks),
		f"category{OF_REPORTERS}": _shares(
			_tally((row.figure_group for row in reporters), groups), reporters
		),
		"worrying_behaviour_reports": len(_where(reports, "figure_group", "worrying_behaviour")),
		f"staff_group{OF_REPORTERS}": _shares(
			_by_code(reporters, "staff_group", codes.STAFF_GROUP), reporters
		),
		"contract_not_applicable_percent": _share(reporters, "contract", codes.CONTRACT["not_applicable"]),
		f"follow_up{OF_REPORTERS}": _shares(follow_up, reporters),
		"mediation_count": follow_up["mediation"],
		"investigation_count": follow_up["investigation"],
		"accused_in_leading_position_percent_of_reports": _share(reports, "accused_position", *leading),
		"employment_conflict_direct_manager_percent": _share(
			conflicts, "accused_position", codes.ACCUSED_POSITION["direct_manager"]
		),
		"harassment_reporters_female_percent": _share(harassed, "gender", codes.GENDER["female"]),
		f"criminal_offence{OF_REPORTERS}": _share(reporters, "criminal_offence", 1),
		"referrals_by_ccp": _referrals(rows.referrals(year, reader), desks),
		"advice_requests": _advice_requests(rows.advice_requests(year, reader), desks),
		"decision_tables": _decision_tables(
			rows.decision_tables(year, reader), rows.table_cases(year, reader), year
		),
		"faculty_phd_confidants": _confidants(rows.confidant_reports(year)),
	}


def _follow_up(reporters: list[dict]) -> dict[str, int]:
	counts = Counter(row.intervention for row in reporters)
	return {
		code: sum(counts[option] for option in options)
		for code, options in codes.FOLLOW_UP_IN_FIGURES.items()
	}


def _referrals(referrals: list[dict], desks: dict[str, str]) -> dict:
	targets = [row.target for row in referrals if desks.get(row.from_desk) == codes.CCP_TYPE]
	named = {code: targets.count(codes.REFERRED_TO[code].target) for code in codes.TARGETS_NAMED_IN_FIGURES}
	return {"total": len(targets), **named, "other": len(targets) - sum(named.values())}


def _advice_requests(requests: list[dict], desks: dict[str, str]) -> dict:
	of_ccp = [row for row in requests if desks.get(_first_desk(row)) == codes.CCP_TYPE]
	return {
		"total": len(requests),
		"ccp": len(of_ccp),
		"ccp_asked_by": _by_code(of_ccp, "asked_by", codes.ASKED_BY),
		"ccp_topics": _by_code(of_ccp, "advice_topic", codes.ADVICE_TOPIC),
		"led_to_decision_table": sum(row.tables > 0 for row in requests),
	}


def _decision_tables(tables: list[dict], cases: list[dict], year: int) -> dict:
	last = date(year, 12, 31)
	return {
		"total": len(tables),
		"carried_over_from_previous_year": sum(row.opened_on < date(year, 1, 1) for row in tables),
		"still_running": sum(not row.closed_on or row.closed_on > last for row in tables),
		"after_several_reports_about_one_person": len(
			{case.decision_table for case in cases if case.reports > 1}
		),
		"case_subject": _by_code(cases, "subject", codes.TABLE_SUBJECT),
		"case_kind": _by_code(cases, "kind", codes.TABLE_KIND),
		"outcome": _by_code(
			[row for row in tables if row.closed_on and row.closed_on <= last], "outcome", codes.TABLE_OUTCOME
		),
	}


def _confidants(reports: list[dict]) -> dict:
	return {
		"confidants": len({row.confidant for row in reports}),
		"reports": len(reports),
		"about_supervisor_percent": _share(reports, "about", codes.ACCUSED_POSITION["phd_supervisor"]),
	}


def _first_desk(row: dict) -> str:
	return row.first_desk or row.desk


def _where(items: list[dict], fieldname: str, *values) -> list[dict]:
	return [row for row in items if row[fieldname] in values]


def _share(items: list[dict], fieldname: str, *values) -> int | None:
	return percent(len(_where(items, fieldname, *values)), len(items))


def _shares(counts: dict[str, int], items: list[dict]) -> dict[str, int | None]:
	return {name: percent(count, len(items)) for name, count in counts.items()}


def _by_code(items: list[dict], fieldname: str, table: dict[str, str]) -> dict[str, int]:
	counts = Counter(row[fieldname] for row in items)
	return {code: counts[option] for code, option in table.items()}


def _tally(values: Iterable[str], names: Iterable[str]) -> dict[str, int]:
	"""Count values under names that are all there, those nobody has with 0."""
	counts = Counter(values)
	return {name: counts[name] for name in names}


def _number(value: object) -> int | float | None:
	"""Return a figure as a number; that of a group is its total."""
	if isinstance(value, dict):
		value = value.get("total")
	return value if is_number(value) else None
