"""Which values of its cells a table shows; the same for page, sheet and file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sv_helpdesk.annual_report.words import Words
from sv_helpdesk.reports.classifications import NOT_FILLED_IN
from sv_helpdesk.reports.definitions import BY_CODE, PERCENT, value_in_words
from sv_helpdesk.reports.version import SHOWN, UNKNOWN, Cell, Number, Row, Table, Version

COUNT, SHARE, CHANGE = "count", "percent", "change"
YEARS = ("reporters", "reports", "of_employees")


@dataclass(frozen=True)
class Line:
	"""One line of a table as it is shown.

	Attributes:
		title: what it is.
		cells: from left to right a cell and which of its values is shown; None where nothing stands.
		level: how deep a unit lies; 0 for everything else.
	"""

	title: str
	cells: tuple[tuple[Cell, str] | None, ...]
	level: int = 0


def values(table: Table) -> tuple[str, ...]:
	"""Return which values the cells of a table have; where nothing is shown, those it would show."""
	cells = [cell for row in table.rows for cell in row.cells] or [table.base]
	found = [value for value in (COUNT, SHARE) if _is_shown(value, cells)]
	# a total that is shown may have changed where its parts can't be compared
	if _is_shown(CHANGE, [*cells, table.base] if COUNT in found else cells):
		found.append(CHANGE)
	return tuple(found) or ((SHARE,) if is_in_percent(table) else (COUNT,))


def is_in_percent(table: Table) -> bool:
	"""Tell whether a table is about shares, and shows them."""
	shares = [cell.percent for row in table.rows for cell in row.cells if cell.state == SHOWN]
	return BY_CODE[table.code].shows == PERCENT and (not shares or any(share is not None for share in shares))


def headings(table: Table, words: Words) -> list[str]:
	"""Return what stands above each column of values."""
	if len(table.columns) > 1:
		return [words.column(table, column) for column in table.columns]
	change = words.say("Change in percentage points") if is_in_percent(table) else words.say("Change")
	named = {COUNT: words.say("Number"), SHARE: words.say("Percent"), CHANGE: change}
	return [named[value] for value in values(table)]


def rows(table: Table) -> list[Row]:
	"""Return the rows that are shown: that nothing was left out of a form needs no line."""
	return [
		row for row in table.rows if row.code != NOT_FILLED_IN or any(cell.count != 0 for cell in row.cells)
	]


def lines(table: Table, words: Words) -> list[Line]:
	"""Return the lines of a table by one classification with their total, or those of a table by two."""
	if len(table.columns) > 1:
		value = SHARE if is_in_percent(table) else COUNT
		return [_line(table, row, tuple((cell, value) for cell in row.cells), words) for row in rows(table)]
	shown = values(table)
	found = [_line(table, row, tuple((row.cells[0], value) for value in shown), words) for row in rows(table)]
	if COUNT not in shown:
		return found
	total = tuple(
		(table.base, value) if value == COUNT or getattr(table.base, value) is not None else None
		for value in shown
	)
	return [*found, Line(words.say("In all"), total)]


def years_of(version: Version) -> list[tuple[int, dict[str, Cell]]]:
	"""Return the years of a version with their cells, the first year first."""
	return sorted(version.years, key=lambda row: row[0])


def years_headings(words: Words) -> list[str]:
	"""Return what stands above the columns of the years."""
	return [*map(words.say, ("Reporters", "Reports")), words.say("Reporters as a share of employees")]


def years_lines(version: Version, words: Words) -> list[Line]:
	"""Return a line per year of which anything is known, and one with the change of the latest."""
	found = [
		Line(str(year), _of_year(cells, (COUNT, COUNT, SHARE)))
		for year, cells in years_of(version)
		if year == version.year or any(cell.state != UNKNOWN for cell in cells.values())
	]
	latest = dict(version.years).get(version.year, {})
	if any(cell.change is not None for cell in latest.values()):
		title = words.say("Change from {0}").format(version.year - 1)
		found.append(Line(title, _of_year(latest, (CHANGE, CHANGE, CHANGE))))
	return found


def _of_year(cells: dict[str, Cell], values: tuple[str, ...]) -> tuple:
	return tuple((cells[figure], value) for figure, value in zip(YEARS, values, strict=True))


def base(table: Table, words: Words) -> str:
	"""Return of how many the shares of a table are, where no line says so; else nothing."""
	if table.base.count is None or (len(table.columns) == 1 and COUNT in values(table)):
		return ""
	number = written(table.base, COUNT, words)
	if not is_in_percent(table):
		return words.say("In all: {0}.").format(number)
	text = words.say("Percentages of about {0}.") if table.about else words.say("Percentages of {0}.")
	return text.format(number)


def deliveries(table: Table, words: Words) -> list[str]:
	"""Return from whom the numbers of a table came that others counted, and when: a sentence each."""
	found = []
	for one in table.deliveries:
		kind = value_in_words("source", one.source, words.language)
		whole = f"{one.body}, {one.unit}" if one.unit else one.body
		found.append(
			words.say("Delivered by {0} ({1}) on {2}.").format(whole, kind, words.day(one.delivered_on))
		)
	return found


def written(cell: Cell, value: str, words: Words) -> str:
	"""Return what a reader sees of one value of a cell."""
	shapes: dict[str, Callable[[Number], str]] = {
		COUNT: words.number,
		SHARE: words.percentage,
		CHANGE: words.difference,
	}
	return words.cell(cell, getattr(cell, value), shapes[value])


def _line(table: Table, row: Row, cells: tuple, words: Words) -> Line:
	return Line(words.row(table, row), cells, row.level)


def _is_shown(value: str, cells: Iterable[Cell]) -> bool:
	return any(getattr(cell, value) is not None for cell in cells)
