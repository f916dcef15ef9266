"""What others counted and delivered as numbers only: populations of their own, never added to what the desks counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pypika import Table
from pypika.functions import Sum
from pypika.terms import Term

import frappe
from frappe.query_builder.functions import IfNull

from sv_helpdesk.reports.classifications import SOURCES
from sv_helpdesk.reports.populations import Population
from sv_helpdesk.reports.scope import Scope
from sv_helpdesk.reports.version import Delivery

FIGURES, NUMBER = Table("tabSV Delivered Figures"), Table("tabSV Delivered Number")
# what a row of numbers calls each population
COUNTS = {
	"delivered_reports": "Reports",
	"delivered_reporters": "Reporters",
	"delivered_advice_requests": "Advice requests",
	"delivered_confidants": "Confidants and advisers",
}
SOURCE = {"source": FIGURES.source}
# what a total is delivered by, and by nothing else at the same time
PARTS = {"nature": NUMBER.category, "accused_position": NUMBER.accused_position}


def _rows(counts: str | None = None):
	joined = frappe.qb.from_(FIGURES).inner_join(NUMBER)
	joined = joined.on((NUMBER.parent == FIGURES.name) & (NUMBER.parenttype == "SV Delivered Figures"))
	return joined.where(NUMBER.counts == counts) if counts else joined


def _years(scope: Scope) -> Iterable[int]:
	"""Numbers of a year are of that whole year, and of no other period."""
	years = range(scope.first.year, scope.last.year + 1)
	return [year for year in years if scope.first <= date(year, 1, 1) and date(year, 12, 31) <= scope.last]


@dataclass(frozen=True)
class Delivered(Population):
	"""Numbers that were delivered: totals, and beside them the parts by each classification."""

	def statement(self, scope: Scope, classifications: Sequence[str]):
		"""Return one statement that adds up the totals, and the parts by a classification that is asked for."""
		statement = super().statement(scope, classifications)
		for name, column in PARTS.items():
			if name not in classifications:
				statement = statement.where(IfNull(column, "") == "")
		return statement

	def counted(self, scope: Scope, classifications: Sequence[str]) -> list[tuple]:
		"""Return the numbers; what a total has more than its parts stands under nothing."""
		rows = [(*raw, int(number)) for *raw, number in super().counted(scope, classifications) if number]
		if not set(PARTS) & set(classifications):
			return rows
		parts = [row for row in rows if row[0]]
		rest = sum(row[1] for row in rows if not row[0]) - sum(row[1] for row in parts)
		return [*parts, (None, rest)]


def _population(counts: str) -> Delivered:
	def rows(scope: Scope):
		# nothing is in an empty list; the database would take it for an error
		of_years = _rows(counts).where(FIGURES.year.isin([*_years(scope), 0]))
		if scope.units is None:
			return of_years
		return of_years.where(FIGURES.unit.isin(sorted(scope.units) or [""]))

	def columns(_scope: Scope) -> dict[str, Term]:
		return {**SOURCE, **PARTS}

	return Delivered(rows, columns, Sum(NUMBER.number))


POPULATIONS = {name: _population(counts) for name, counts in COUNTS.items()}


def saved(year: int, by_now: bool = False) -> list[tuple]:
	"""Return which deliveries of a year there are and when each was saved last.

	Args:
		year: the calendar year.
		by_now: as others have left them by now, and nobody changes them until this transaction ends; else as this
			transaction sees the year.
	"""
	query = frappe.qb.from_(FIGURES).select(FIGURES.name, FIGURES.modified).where(FIGURES.year == year)
	query = query.orderby(FIGURES.name)
	return list((query.for_update() if by_now else query).run())


def deliveries(year: int) -> dict[str, tuple[Delivery, ...]]:
	"""Return what came from whom and when, by population; none of what nobody delivered.

	Args:
		year: the calendar year.
	"""
	unit = Table("tabSV Unit")
	query = _rows().left_join(unit).on(unit.name == FIGURES.unit).where(FIGURES.year == year).distinct()
	query = query.select(NUMBER.counts, FIGURES.source, FIGURES.body, unit.unit_name, FIGURES.delivered_on)
	names = {counts: name for name, counts in COUNTS.items()}
	codes = {title: code for code, title in SOURCES.items()}
	found: dict[str, list[Delivery]] = {}
	for counts, source, body, unit_name, delivered_on in query.run():
		delivery = Delivery(codes[source], body, unit_name, str(delivered_on))
		found.setdefault(names[counts], []).append(delivery)
	return {
		name: tuple(sorted(rows, key=lambda row: (row.source, row.body, row.unit or "")))
		for name, rows in found.items()
	}
