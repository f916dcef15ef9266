"""A doughnut: parts of one whole, numbered around it, with their key beside it."""

from math import cos, radians, sin

from reportlab.graphics.shapes import Drawing, Wedge
from reportlab.lib.colors import white
from reportlab.lib.units import mm

from sv_helpdesk.annual_report.pieces import Key, Piece, blank, numbered
from sv_helpdesk.pdf.house import House
from sv_helpdesk.pdf.styles import WIDTH

RADIUS, HOLE = 19 * mm, 10 * mm
# numbers stand outside the ring; those of thin parts further out in turn, so that they don't meet
NEAR, FAR = RADIUS + 3.5 * mm, RADIUS + 7 * mm
THIN = 20
SIDE = 2 * FAR + 4 * mm


def doughnut(pieces: list[Piece], house: House) -> Drawing:
	"""Return the drawing.

	Args:
		pieces: the parts, clockwise from the top, all of them shown.
		house: the colours.
	"""
	colours = house.shades_of([piece.value for piece in pieces])
	key = Key(pieces, colours, WIDTH - SIDE - 6 * mm)
	height = max(SIDE, key.height)
	drawing = blank(WIDTH, height)
	x, y = SIDE / 2, height / 2
	degrees = 360 / sum(piece.value for piece in pieces)
	start, far = 90.0, False
	for number, (piece, colour) in enumerate(zip(pieces, colours, strict=True), start=1):
		width = piece.value * degrees
		if not width:
			continue
		drawing.add(
			Wedge(
				x,
				y,
				RADIUS,
				start - width,
				start,
				radius1=HOLE,
				fillColor=colour,
				strokeColor=white,
				strokeWidth=0.8,
				annular=width >= 360,
			)
		)
		far = width < THIN and not far
		distance, angle = (FAR if far else NEAR), radians(start - width / 2)
		numbered(drawing, x + cos(angle) * distance, y + sin(angle) * distance - 2.8, number, white)
		start -= width
	key.draw(drawing, SIDE + 6 * mm, (height + key.height) / 2)
	return drawing
