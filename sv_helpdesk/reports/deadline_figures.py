"""How promises were kept: clocks that ended in a period, by desk and kind.

Of their own desks somebody's figures are exact and count what they may see. Of all desks they are counted
past the rules of rows, the same for every reader, and small counts are suppressed (R3, R8). So that two
periods can't be subtracted, those are of whole quarters, which don't overlap; `quarters` keeps them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from statistics import median

from pypika import Table
from pypika.terms import Criterion, LiteralValue

import frappe
from frappe.query_builder.functions import Min
from frappe.utils import now_datetime

from sv_helpdesk.deadlines.kinds import NOBODYS
from sv_helpdesk.permissions import rules
from sv_helpdesk.permissions.recipients import desks_of
from sv_helpdesk.reports.rounding import percent, rounded
from sv_helpdesk.reports.small_counts import NOT_SHOWN, suppressed, threshold

CLOCK = Table("tabSV Deadline")
RUNNING = ("Running", "Breached")
DAY = 86400
# by the field that says when: what was met, and what was no longer needed but late by then
ENDED = {
	"met_at": CLOCK.status == "Met",
	"cancelled_at": (CLOCK.status == "Cancelled") & CLOCK.breached_at.isnotnull(),
}


@dataclass
class Kept:
	"""The clocks of one kind at one desk.

	Attributes:
		in_time: how many were met in time.
		over: seconds over time of each that was met late, or was late when it was cancelled.
		late_now: how many run and are late at this moment.
		cases: the cases or tables whose clocks were in time, and late: one may have many of a kind.
	"""

	in_time: int = 0
	over: list[int] = field(default_factory=list)
	late_now: int = 0
	cases: dict[str, set[str]] = field(default_factory=lambda: {"in_time": set(), "late": set()})


def of_own_desks(user: str, first: date, last: date) -> list[dict]:
	"""Return the exact figures of the desks that the session's user works at, of the clocks they may see.

	Those of what was anonymised since stay in them.

	Args:
		user: the session's user.
		first: day on which the period begins.
		last: its last day.
	"""
	desks = sorted(desks_of(user))
	# a condition on no desks would be an error to the database
	if not desks:
		return []
	# a sign that the database driver would take for the place of a value is doubled
	counted = LiteralValue(rules.counting_condition(user, "SV Deadline").replace("%", "%%"))
	own = CLOCK.desk.isin(desks) & counted
	kept = _finished(own, first, last)
	for row in _rows(own & CLOCK.status.isin(RUNNING) & (CLOCK.due_at < now_datetime())):
		kept[row.desk, row.kind].late_now += 1
	return [{**_place(place), **_figures(found)} for place, found in kept.items()]


def of_all_desks(first: date, last: date) -> list[dict]:
	"""Return the figures of each desk, small counts suppressed, past the rules of rows.

	Args:
		first: day on which the period begins.
		last: its last day.
	"""
	kept, lowest = _finished(CLOCK.desk != "", first, last), threshold()
	# a kind with few cases looks as one with none: at some desks one is enough to tell who came
	shown = {place: found for place, found in kept.items() if len(set.union(*found.cases.values())) >= lowest}
	return [{**_place(place), **_outside(found, lowest)} for place, found in shown.items()]


def first_end() -> datetime | None:
	"""Return when the first promise of all ended, if any did."""
	moments = [
		frappe.qb.from_(CLOCK).select(Min(CLOCK[ended_at])).where(how).run()[0][0]
		for ended_at, how in ENDED.items()
	]
	return min(filter(None, moments), default=None)


def _finished(where: Criterion, first: date, last: date) -> dict[tuple[str, str], Kept]:
	begin, end = (datetime.combine(day, time.min) for day in (first, last + timedelta(days=1)))
	kept = defaultdict(Kept)
	for ended_at, how in ENDED.items():
		for row in _rows(where & how & (CLOCK[ended_at] >= begin) & (CLOCK[ended_at] < end)):
			place = kept[row.desk, row.kind]
			if row[ended_at] > row.due_at:
				place.over.append(int((row[ended_at] - row.due_at).total_seconds()))
				place.cases["late"].add(row.report or row.decision_table)
			else:
				place.in_time += 1
				place.cases["in_time"].add(row.report or row.decision_table)
	return kept


def _rows(where: Criterion) -> Iterable:
	fields = ("desk", "kind", "due_at", "met_at", "cancelled_at", "report", "decision_table")
	# an answer or an appeal is no promise of the desk
	promised = where & CLOCK.kind.notin(NOBODYS)
	query = frappe.qb.from_(CLOCK).select(*(CLOCK[name] for name in fields)).where(promised)
	return query.orderby(CLOCK.due_at).run(as_dict=True)


def _place(place: tuple[str, str]) -> dict[str, str]:
	return dict(zip(("desk", "kind"), place, strict=True))


def _figures(kept: Kept) -> dict:
	late = len(kept.over)
	return {
		"ended": kept.in_time + late,
		"in_time": kept.in_time,
		"late": late,
		"in_time_percent": percent(kept.in_time, kept.in_time + late),
		"median_days": _days(median(kept.over)) if late else None,
		"longest_days": _days(max(kept.over)) if late else None,
		"late_now": kept.late_now,
	}


def _outside(kept: Kept, lowest: int) -> dict:
	"""Return figures as they may leave the desk, by how many cases they are of; the longest is of one and never does."""
	figures, cases = _figures(kept), {name: len(found) for name, found in kept.cases.items()}
	cases["ended"] = len(set.union(*kept.cases.values()))
	counts = suppressed(cases, lowest)
	if counts == cases:
		shown = ("ended", "in_time", "late", "in_time_percent", "median_days")
		counts = {name: figures[name] for name in shown}
	else:
		counts |= dict.fromkeys(("in_time_percent", "median_days"), NOT_SHOWN)
	return {**counts, "longest_days": NOT_SHOWN, "late_now": NOT_SHOWN}


def _days(seconds: float) -> float:
	return rounded(Fraction(seconds) / DAY, decimals=1)
