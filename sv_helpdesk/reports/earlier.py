"""What was published about earlier years: what changes are measured against, and what everybody knows already."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import frappe
from frappe.query_builder import DocType

from sv_helpdesk.reports import flat, version
from sv_helpdesk.reports.counted import Key, key
from sv_helpdesk.reports.definitions import BY_CODE
from sv_helpdesk.reports.records import Records
from sv_helpdesk.reports.version import SHOWN, UNKNOWN, Cell, Number

COUNTS_OF_A_YEAR = {"reporters": flat.REPORTERS, "reports": flat.REPORTS}


@dataclass
class Earlier:
	"""A year as it was published.

	Attributes:
		told: whether anything was.
		counts: what it told of cells.
		percents: what it told of shares, by cell and base.
	"""

	told: bool = False
	counts: dict[Key, int] = field(default_factory=dict)
	percents: dict[tuple[Key, Key], Number] = field(default_factory=dict)

	def of_year(self) -> dict[str, Cell]:
		"""Return the cells that Version.years has of it."""
		found = {name: self.counts.get(cell) for name, cell in COUNTS_OF_A_YEAR.items()}
		cells = {
			name: Cell(SHOWN, count) if count is not None else Cell(UNKNOWN) for name, count in found.items()
		}
		share = self.percents.get((flat.REPORTERS, flat.EMPLOYEES))
		cells["of_employees"] = Cell(SHOWN, percent=share) if share is not None else Cell(UNKNOWN)
		return cells


def published(year: int, records: Records) -> Earlier:
	"""Return what was published about a year of the whole institution.

	Figures taken over go before figures counted here: somebody entered them as what was published.

	Args:
		year: which year.
		records: the categories and desks of the site.
	"""
	return by_unit(year, [None], records)[None]


def by_unit(year: int, units: Iterable[str | None], records: Records) -> dict[str | None, Earlier]:
	"""Return what was published about a year, by unit; None is the whole institution."""
	texts = _counted_here(year)
	found = {unit: of_version(texts[unit or ""]) if (unit or "") in texts else Earlier() for unit in units}
	if old := flat.published(year):
		found[None] = _taken_over(old, records)
	return found


def _taken_over(figures: Mapping, records: Records) -> Earlier:
	found = Earlier(told=True)
	for figure, value in flat.by_cell(figures, records).items():
		if figure.base:
			found.percents[figure.cell, figure.base] = value
		else:
			found.counts[figure.cell] = value
	return found


def _counted_here(year: int) -> dict[str, dict]:
	figures = DocType("SV Figures")
	rows = (
		frappe.qb.from_(figures)
		.select(figures.published_version)
		.where((figures.year == year) & (figures.status == "Published") & (figures.origin == "Counted here"))
		.run()
	)
	return json.loads(rows[0][0] or "{}") if rows else {}


def of_version(data: dict) -> Earlier:
	"""Return what a published version told, from its JSON."""
	told = version.from_json(json.dumps(data))
	found, unit = Earlier(told=True), f"unit={told.unit[0]}" if told.unit else None
	for table in told.tables:
		definition = BY_CODE[table.code]
		base = key(definition.population, definition.within, unit)
		if table.base.state == SHOWN and not table.about:
			found.counts[base] = table.base.count
		for row in table.rows:
			name = key(definition.population, definition.within, unit, f"{definition.by[0]}={row.code}")
			cell = row.cells[0]
			if cell.count is not None:
				found.counts[name] = cell.count
			if cell.percent is not None:
				found.percents[name, base] = cell.percent
	share = told.years[0][1]["of_employees"].percent if told.years else None
	if share is not None:
		found.percents[key("reporters", unit), flat.EMPLOYEES] = share
	return found
