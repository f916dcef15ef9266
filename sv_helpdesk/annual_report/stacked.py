"""Stacked bars: parts of one whole side by side, or the parts of each row."""

from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color
from reportlab.lib.units import mm

from sv_helpdesk.annual_report.pieces import (
	GAP,
	LEADING,
	Key,
	Piece,
	blank,
	lines_of,
	numbered,
	surface,
	width_of,
	write,
)
from sv_helpdesk.pdf.house import House
from sv_helpdesk.pdf.styles import WIDTH

TITLES = 50 * mm
THICK = 6 * mm
# of the list under one bar
KEY = 100 * mm
# a surface narrower than this has no room for its number
NARROW = 4 * mm


def whole(pieces: list[Piece], house: House) -> Drawing:
	"""Return one bar over the whole width, with its key beneath it.

	Args:
		pieces: the parts, all of them shown.
		house: the colours.
	"""
	colours = house.shades_of([piece.value for piece in pieces])
	key = Key(pieces, colours, KEY)
	drawing = blank(WIDTH, key.height + THICK + GAP)
	_bar(drawing, 0, key.height + GAP, pieces, colours, WIDTH / sum(piece.value for piece in pieces))
	key.draw(drawing, 0, key.height)
	return drawing


def rows(found: list[tuple[str, list[Piece]]], columns: list[str], house: House) -> Drawing:
	"""Return a bar per row, with a key of what its parts are.

	Args:
		found: title and parts of each row; parts that aren't shown have their sign behind the bar.
		columns: titles of the parts.
		house: the colours.
	"""
	colours = house.shades(len(columns))
	key = Key([Piece(title, None, "") for title in columns], colours, WIDTH)
	titles = [lines_of(title, TITLES - GAP) for title, _pieces in found]
	heights = [max(len(lines) * LEADING, THICK) + 2 * mm for lines in titles]
	most = max(sum(piece.value or 0 for piece in pieces) for _title, pieces in found) or 1
	drawing = blank(WIDTH, sum(heights) + GAP + key.height)
	key.draw(drawing, 0, drawing.height)
	top = sum(heights)
	for (_title, pieces), lines, height in zip(found, titles, heights, strict=True):
		middle = top - height / 2
		first = middle + (len(lines) - 1) * LEADING / 2 - 2.8
		for place, line in enumerate(lines):
			write(drawing, TITLES - GAP, first - place * LEADING, line, "end")
		signs = "".join(dict.fromkeys(piece.shown for piece in pieces if piece.value is None))
		end = _bar(
			drawing,
			TITLES,
			middle - THICK / 2,
			pieces,
			colours,
			(WIDTH - TITLES - GAP - width_of(signs)) / most,
		)
		write(drawing, end + GAP / 2, middle - 2.8, signs)
		top -= height
	return drawing


def _bar(
	drawing: Drawing, x: float, y: float, pieces: list[Piece], colours: list[Color], unit: float
) -> float:
	"""Draw the parts of one bar and return where it ends."""
	for number, (piece, colour) in enumerate(zip(pieces, colours, strict=True), start=1):
		width = (piece.value or 0) * unit
		if width:
			surface(drawing, x, y, width, THICK, colour)
		if width > NARROW:
			numbered(drawing, x + width / 2, y + THICK / 2 - 2.8, number, colour)
		x += width
	return x
