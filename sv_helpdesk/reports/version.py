"""A year's figures as one reader gets them: the contract between counting and every page, sheet and file.

A version holds what may be shown and nothing else: the number behind a hidden cell isn't in it.
"""

import json
from dataclasses import asdict, dataclass, field

SHOWN, HIDDEN, NOT_APPLICABLE, UNKNOWN = "shown", "hidden", "not applicable", "unknown"
WORKING, INTERNAL, PUBLISHED = "working", "internal", "published"

Number = int | float
Titled = tuple[str, str | None]


@dataclass(frozen=True)
class Cell:
	"""One figure.

	Attributes:
		state: whether it is shown, hidden because it is small or would tell a small one (R8), not applicable
			(nobody can be in it), or unknown (nothing was entered to count it from).
		count: how many; None unless it is shown.
		percent: the share of its base; None unless that is shown.
		change: against the year before: of counts, or in percentage points where the table shows percentages;
			None where either of the two isn't shown.
	"""

	state: str
	count: int | None = None
	percent: Number | None = None
	change: Number | None = None


@dataclass(frozen=True)
class Row:
	"""One line of a table.

	Attributes:
		code: the value's code, or the name of a record.
		title: of units, desks and categories, as it was then; None where the code's own words are used.
		level: how deep a unit lies in the organisation; 0 for everything else.
		cells: one per column of the table.
	"""

	code: str
	title: str | None
	level: int
	cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Delivery:
	"""From whom numbers came that others counted, and when.

	Attributes:
		source: the code of the kind of body.
		body: its name.
		unit: the title of the unit it counted; None for the whole institution.
		delivered_on: the day, as text.
	"""

	source: str
	body: str
	unit: str | None
	delivered_on: str


@dataclass(frozen=True)
class Table:
	"""One table.

	Attributes:
		code: which table of definitions.TABLES it is.
		columns: codes and titles of its columns (titles as in rows); one for a table by one classification.
		rows: its lines; none for a figure that stands alone.
		base: how many there are in all; percentages are of it.
		about: whether the base is rounded to fives, because only percentages of it are shown.
		deliveries: where its numbers came from, if they weren't counted here.
	"""

	code: str
	columns: tuple[Titled, ...]
	rows: tuple[Row, ...]
	base: Cell
	about: bool = False
	deliveries: tuple[Delivery, ...] = ()


@dataclass(frozen=True)
class Version:
	"""All figures of a year for one kind of reader.

	Attributes:
		year: the calendar year.
		name: working, internal or published.
		threshold: the lowest count shown; None where nothing is hidden.
		counted_at: when it was counted, as text in the site's time.
		unit: name and title of the unit it is about; None for the whole institution.
		institution: the name of the institution, as it was then.
		tables: in the order of the report.
		years: this year and earlier ones, the latest first, each with the cells reporters, reports and of_employees
			(the share of employees who reported, in percent).
		hidden: how many cells are hidden.
		preview: whether it is what would be published, and isn't yet.
	"""

	year: int
	name: str
	threshold: int | None
	counted_at: str
	unit: Titled | None
	institution: str
	tables: tuple[Table, ...]
	years: tuple[tuple[int, dict[str, Cell]], ...] = ()
	hidden: int = field(default=0)
	preview: bool = False

	def table(self, code: str) -> Table | None:
		"""Return one of its tables; None if there is no such table in it."""
		return next((table for table in self.tables if table.code == code), None)

	def as_json(self) -> str:
		"""Return it as text: the same version gives the same bytes."""
		return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Version:
	"""Return the version that as_json() wrote."""
	data = json.loads(text)
	return Version(
		**{
			**data,
			"unit": tuple(data["unit"]) if data["unit"] else None,
			"tables": tuple(map(_table, data["tables"])),
			"years": tuple(
				(year, {name: Cell(**cell) for name, cell in cells.items()}) for year, cells in data["years"]
			),
		}
	)


def _table(data: dict) -> Table:
	rows = tuple(
		Row(**{**row, "cells": tuple(Cell(**cell) for cell in row["cells"])}) for row in data["rows"]
	)
	columns = tuple(tuple(column) for column in data["columns"])
	deliveries = tuple(Delivery(**one) for one in data.get("deliveries", ()))
	base = Cell(**data["base"])
	return Table(**{**data, "columns": columns, "rows": rows, "base": base, "deliveries": deliveries})
