"""Made-up versions of a year's figures, with every table, for whoever lays them out."""

from dataclasses import replace

from sv_helpdesk.reports.classifications import CLASSIFICATIONS
from sv_helpdesk.reports.definitions import PERCENT, TABLES
from sv_helpdesk.reports.rounding import percent
from sv_helpdesk.reports.version import (
	HIDDEN,
	NOT_APPLICABLE,
	SHOWN,
	UNKNOWN,
	WORKING,
	Cell,
	Row,
	Table,
	Version,
)

# titles of what stands in the database; one of each that is far too long for its place
RECORDS = {
	"nature": ("Harassment", "Bullying", "Collaboration problem", "Employment conflict", "Other"),
	"first_desk": ("Concerns and Complaints Point", "Ombuds Officer", "Confidential Advisers"),
	"unit": (
		"Faculty of Invention",
		"Interfaculty Institute for the Study of Very Long Names of Organisational Units and their Abbreviations",
		"Library",
	),
}


def made_up(name: str = WORKING, threshold: int | None = None, **changed) -> Version:
	"""Return a version of 2024 in which small counts are hidden if there is a threshold.

	Args:
		name: which version it says it is.
		threshold: counts below it are hidden; nothing that follows from it.
		changed: other attributes.
	"""
	tables = tuple(_table(definition, threshold) for definition in TABLES)
	values = {
		"year": 2024,
		"name": name,
		"threshold": threshold,
		"counted_at": "2025-01-20 09:30:00",
		"unit": None,
		"institution": "University of Invention",
		"tables": tables,
		"years": tuple(
			(
				year,
				{
					"reporters": Cell(SHOWN, count, change=change),
					"reports": Cell(SHOWN, count - 8),
					"of_employees": share,
				},
			)
			for year, count, change, share in (
				(2024, 139, -24, Cell(SHOWN, percent=2.6, change=-0.8)),
				(2023, 163, None, Cell(SHOWN, percent=3.4)),
				(2022, 120, None, Cell(UNKNOWN)),
			)
		),
		"hidden": sum(cell.state == HIDDEN for table in tables for row in table.rows for cell in row.cells),
	}
	return Version(**{**values, **changed})


def all_hidden() -> Version:
	"""Return a published version that shows nothing."""
	hidden = Cell(HIDDEN)
	version = made_up("published", 10)
	tables = tuple(
		replace(
			table,
			base=hidden,
			rows=tuple(replace(row, cells=tuple(hidden for _cell in row.cells)) for row in table.rows),
		)
		for table in version.tables
	)
	years = tuple((year, dict.fromkeys(cells, hidden)) for year, cells in version.years)
	return replace(version, tables=tables, years=years, hidden=200)


def empty_year() -> Version:
	"""Return a year in which nothing happened."""
	version = made_up("published", 10)
	nobody = Cell(SHOWN, 0)
	tables = tuple(
		replace(
			table, base=nobody, about=False, rows=tuple(replace(row, cells=(nobody,)) for row in table.rows)
		)
		for table in version.tables
	)
	none = {"reporters": nobody, "reports": nobody, "of_employees": Cell(SHOWN, percent=0.0)}
	return replace(version, tables=tables, years=((2024, none),), hidden=0)


def _table(definition, threshold: int | None) -> Table:
	if not definition.by:
		return Table(definition.code, (("all", None),), (), Cell(SHOWN, 19, change=2))
	by = definition.by[0]
	titled = {title: title for title in RECORDS.get(by, ())} or CLASSIFICATIONS[by].values
	counts = [(number * 7 + 3) % 40 for number in range(len(titled))]
	total = sum(counts)
	about = bool(threshold) and definition.shows == PERCENT
	rows = [
		Row(
			code,
			title if by in RECORDS else None,
			1 if code == "Library" else 0,
			(_cell(count, total, definition, threshold),),
		)
		for (code, title), count in zip(titled.items(), counts, strict=True)
	]
	rows.append(
		Row(
			"not_filled_in",
			None,
			0,
			(
				Cell(NOT_APPLICABLE)
				if definition.code == "nature"
				else _cell(0, total, definition, threshold),
			),
		)
	)
	base = Cell(SHOWN, round(total / 5) * 5 if about else total, change=None if about else 4)
	return Table(definition.code, (("all", None),), tuple(rows), base, about)


def _cell(count: int, total: int, definition, threshold: int | None) -> Cell:
	if threshold and 0 < count < threshold:
		return Cell(HIDDEN)
	if definition.shows == PERCENT:
		return Cell(SHOWN, None if threshold else count, percent(count, total), -3 if count % 2 else 8)
	return Cell(SHOWN, count, change=count - 9)
