"""Bars: one per value, its title before it and its value behind it."""

from reportlab.graphics.shapes import Drawing, Line
from reportlab.lib.colors import black
from reportlab.lib.units import mm

from sv_helpdesk.annual_report.pieces import GAP, LEADING, Piece, blank, lines_of, surface, width_of, write
from sv_helpdesk.pdf.house import House
from sv_helpdesk.pdf.letters import BOLD, REGULAR
from sv_helpdesk.pdf.styles import WIDTH

TITLES = 62 * mm
THICK = 4.5 * mm


def bars(pieces: list[Piece], house: House) -> Drawing:
	"""Return the drawing.

	Args:
		pieces: from top to bottom; one that isn't shown has its sign and no bar.
		house: the colours.
	"""
	titles = [lines_of(piece.title, TITLES - GAP) for piece in pieces]
	heights = [max(len(lines) * LEADING, THICK) + 2 * mm for lines in titles]
	longest = WIDTH - TITLES - GAP - max(width_of(piece.shown) for piece in pieces)
	most = max((piece.value or 0 for piece in pieces), default=0) or 1
	top = sum(heights)
	drawing = blank(WIDTH, top)
	for piece, lines, height in zip(pieces, titles, heights, strict=True):
		middle = top - height / 2
		first = middle + (len(lines) - 1) * LEADING / 2 - 2.8
		for place, line in enumerate(lines):
			write(drawing, TITLES - GAP, first - place * LEADING, line, "end")
		length = longest * (piece.value or 0) / most
		if length:
			surface(drawing, TITLES, middle - THICK / 2, length, THICK, house.main)
		font = BOLD if piece.value is None else REGULAR
		write(drawing, TITLES + length + GAP / 2, middle - 2.8, piece.shown, font=font)
		top -= height
	drawing.add(Line(TITLES, 0, TITLES, sum(heights), strokeColor=black, strokeWidth=0.5))
	return drawing
