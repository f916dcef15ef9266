"""Which chart a table gets: it shows what the table beside it shows, and never more."""

from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import mm

from sv_helpdesk.annual_report import bars, doughnut, shape, stacked
from sv_helpdesk.annual_report.pieces import Piece
from sv_helpdesk.annual_report.words import Words
from sv_helpdesk.pdf.house import House
from sv_helpdesk.reports.definitions import BARS, BY_CODE, DOUGHNUT
from sv_helpdesk.reports.version import Cell, Table, Version

# a chart of more lines than this leaves its table no room on the page and says no more than it
HIGHEST = 110 * mm


def of_table(table: Table, words: Words, house: House) -> Drawing | None:
	"""Return the chart of a table, or None where it has none, there is nothing to draw, or far too much.

	A circle or a single bar says that its parts are the whole: where one of them isn't shown, bars take its place.
	"""
	drawing = _drawn(table, words, house)
	return drawing if drawing and drawing.height <= HIGHEST else None


def _drawn(table: Table, words: Words, house: House) -> Drawing | None:
	definition, in_percent = BY_CODE[table.code], shape.is_in_percent(table)
	rows = [
		(words.row(table, row), [_piece("", cell, in_percent, words) for cell in row.cells])
		for row in shape.rows(table)
	]
	if not definition.chart or not any(piece.value for _title, pieces in rows for piece in pieces):
		return None
	if len(table.columns) > 1:
		return stacked.rows(rows, [words.column(table, column) for column in table.columns], house)
	pieces = [Piece(title, piece.value, piece.shown) for title, (piece,) in rows]
	if definition.chart == BARS or any(piece.value is None for piece in pieces):
		return bars.bars(pieces, house)
	return (doughnut.doughnut if definition.chart == DOUGHNUT else stacked.whole)(pieces, house)


def of_years(version: Version, words: Words, house: House) -> Drawing | None:
	"""Return a bar per year of how many reporters there were, the first year on top; None if there is nothing to compare."""
	pieces = [_piece(str(year), cells["reporters"], False, words) for year, cells in shape.years_of(version)]
	return bars.bars(pieces, house) if sum(bool(piece.value) for piece in pieces) > 1 else None


def _piece(title: str, cell: Cell, in_percent: bool, words: Words) -> Piece:
	value = cell.percent if in_percent else cell.count
	return Piece(title, value, words.cell(cell, value, words.percentage if in_percent else words.number))
