"""Makes versions from a year's cells: what is shown of each, as a share of what, and how it changed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from sv_helpdesk.reports import delivered, flat
from sv_helpdesk.reports.classifications import DESK_TYPES
from sv_helpdesk.reports.counted import Key, key
from sv_helpdesk.reports.definitions import COUNTS, PERCENT, TABLES, Definition
from sv_helpdesk.reports.earlier import Earlier
from sv_helpdesk.reports.records import Records
from sv_helpdesk.reports.rounding import change, percent
from sv_helpdesk.reports.version import (
	HIDDEN,
	NOT_APPLICABLE,
	SHOWN,
	UNKNOWN,
	WORKING,
	Cell,
	Delivery,
	Row,
	Table,
	Titled,
	Version,
)

# shares of fewer tell of single people
LOWEST_BASE = 20
ABOUT = 5
COLUMN = (("count", None),)
# handed in once a year; nothing of a year is nothing handed in
HANDED_IN = ("confidant_reports", "confidants")


@dataclass(frozen=True)
class Year:
	"""What the versions of a year are made from.

	Attributes:
		year: the calendar year.
		counted_at: when, as text in the site's time.
		institution: its name.
		cells: all exact counts.
		employees: head counts by unit; None: of the whole institution.
		records: the site's records at that moment.
		earlier: what was published about the year before, by unit.
		years: what was published about years before, the latest first.
		tables: which tables.
		deliveries: where numbers came from that others counted, by population.
	"""

	year: int
	counted_at: str
	institution: str
	cells: Mapping[Key, int]
	employees: Mapping[str | None, int | None]
	records: Records
	earlier: Mapping[str | None, Earlier]
	years: tuple[tuple[int, dict[str, Cell]], ...] = ()
	tables: tuple[Definition, ...] = TABLES
	deliveries: Mapping[str, tuple[Delivery, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
	"""What one version shows.

	Attributes:
		name: working, internal or published.
		threshold: its lowest count; None where all is shown.
		hidden: the cells it doesn't show.
	"""

	name: str
	threshold: int | None = None
	hidden: Collection[Key] = frozenset()


def make(year: Year, shown: Shown, unit: Titled | None = None) -> Version:
	"""Return a version of a year's figures, of the whole institution or of one unit."""
	return _Making(year, shown, unit).version()


class _Making:
	def __init__(self, year: Year, shown: Shown, unit: Titled | None):
		self.year, self.shown, self.unit = year, shown, unit
		self.exact = shown.name == WORKING
		self.within = f"unit={unit[0]}" if unit else None
		self.earlier = year.earlier.get(unit[0] if unit else None, Earlier())

	def version(self) -> Version:
		tables = tuple(self._table(table) for table in self.year.tables if self._has(table))
		hidden = sum(cell.state == HIDDEN for table in tables for row in table.rows for cell in row.cells)
		year = self.year
		return Version(
			year=year.year,
			name=self.shown.name,
			threshold=self.shown.threshold,
			counted_at=year.counted_at,
			unit=self.unit,
			institution=year.institution,
			tables=tables,
			years=self._years(),
			hidden=hidden,
		)

	def _has(self, table: Definition) -> bool:
		"""A unit has some of the tables, and nobody has one of what nobody delivered."""
		nothing = table.population in delivered.COUNTS and table.population not in self.year.deliveries
		return not nothing and (table.per_unit or not self.unit)

	def _years(self) -> tuple[tuple[int, dict[str, Cell]], ...]:
		if self.year.tables != TABLES:
			return ()
		return ((self.year.year, self._of_year()), *(() if self.unit else self.year.years))

	def _of_year(self) -> dict[str, Cell]:
		reporters, reports = (self._count(key(name, self.within)) for name in ("reporters", "reports"))
		employees = self.year.employees.get(self.unit[0] if self.unit else None)
		if reporters.state != SHOWN or employees is None:
			share = Cell(HIDDEN if reporters.state == HIDDEN else UNKNOWN)
		else:
			value = percent(reporters.count, employees, decimals=1)
			old = self.earlier.percents.get((key("reporters", self.within), flat.EMPLOYEES))
			share = Cell(SHOWN, percent=value, change=change(value, old))
		return {"reporters": reporters, "reports": reports, "of_employees": share}

	def _table(self, table: Definition) -> Table:
		base_name = key(table.population, table.within, self.within)
		base = self._count(base_name)
		if table.population in HANDED_IN and not self.year.cells[base_name]:
			base = Cell(UNKNOWN)
		about = bool(table.within) and table.shows == PERCENT and not self.exact and base.state == SHOWN
		rows = tuple(
			self._row(table, base, code, level) for name in table.by for code, level in self._values(name)
		)
		rows = tuple(row for row in rows if not _says_nothing(row, table))
		if about:
			base = replace(base, count=ABOUT * ((base.count + ABOUT // 2) // ABOUT), change=None)
		return Table(table.code, COLUMN, rows, base, about, self.year.deliveries.get(table.population, ()))

	def _values(self, classification: str) -> list[tuple[str, int]]:
		records = self.year.records
		if classification != "unit":
			return [(code, 0) for code in records.values(classification)]
		units = records.titles["unit"]
		rest = [(code, 0) for code in records.values("unit") if code not in units]
		return [*_tree(records, None, 0), *rest]

	def _row(self, table: Definition, base: Cell, code: str, level: int) -> Row:
		(classification,) = table.by
		name = key(table.population, table.within, self.within, f"{classification}={code}")
		title = self.year.records.title_of(classification, code)
		return Row(code, title, level, (self._cell(table, base, name, code),))

	def _cell(self, table: Definition, base: Cell, name: Key, code: str) -> Cell:
		if base.state == UNKNOWN:
			return base
		if self._is_not_applicable(table.by[0], code, name):
			return Cell(NOT_APPLICABLE)
		cell = self._count(name)
		if cell.state != SHOWN or table.shows == COUNTS:
			return cell
		return self._share(cell, base, name, key(table.population, table.within, self.within))

	def _share(self, cell: Cell, base: Cell, name: Key, base_name: Key) -> Cell:
		if not self.exact and (base.state != SHOWN or 0 < base.count < LOWEST_BASE):
			return Cell(HIDDEN)
		value = percent(cell.count, base.count)
		points = change(value, self.earlier.percents.get((name, base_name)))
		return Cell(SHOWN, cell.count if self.exact else None, value, points)

	def _count(self, name: Key) -> Cell:
		if name in self.shown.hidden:
			return Cell(HIDDEN)
		count = self.year.cells[name]
		return Cell(SHOWN, count, change=change(count, self.earlier.counts.get(name)))

	def _is_not_applicable(self, classification: str, code: str, name: Key) -> bool:
		"""Nobody can come to a kind of desk that the institution doesn't have."""
		raw = self.year.records.raw.get(classification)
		of_type = classification in ("first_desk_type", "from_desk_type") and code in DESK_TYPES
		return of_type and code not in raw.values() and not self.year.cells[name]


def _tree(records: Records, unit: str | None, level: int) -> list[tuple[str, int]]:
	found = []
	for part in records.parts(unit):
		found += [(part, level), *_tree(records, part, level + 1)]
	return found


def _says_nothing(row: Row, table: Definition) -> bool:
	"""A line for what nobody failed to fill in isn't needed."""
	return row.code == "not_filled_in" and all(
		cell.state == SHOWN and not cell.count and not cell.percent for cell in row.cells
	)
