"""Traffic lights: a word, a shape and a colour, each of which is enough to read them."""

from enum import Enum

from reportlab.graphics.shapes import Circle, Drawing, Polygon, Rect
from reportlab.lib.colors import HexColor, black
from reportlab.lib.units import mm

from sv_helpdesk.annual_report.pieces import blank

SIZE = 4.5 * mm
GREEN, AMBER, RED = HexColor("#2e7d32"), HexColor("#f0a30a"), HexColor("#b3261e")


class Light(Enum):
	"""The three lights; the value is the word, as SV Unit Priority has it."""

	GREEN = "On schedule"
	AMBER = "Partly"
	RED = "Not on schedule"


def light_of(value: float, amber: int, red: int) -> Light | None:
	"""Return the light of a figure that is worse the higher it is; None where none was chosen.

	Args:
		value: the figure.
		amber: from where on it is amber.
		red: from where on it is red.
	"""
	if not amber or not red:
		return None
	if value < amber:
		return Light.GREEN
	return Light.AMBER if value < red else Light.RED


def drawing(light: Light) -> Drawing:
	"""Return a circle for green, a triangle for amber, a square for red."""
	made = blank(SIZE, SIZE)
	look = {"strokeColor": black, "strokeWidth": 0.6}
	if light is Light.GREEN:
		made.add(Circle(SIZE / 2, SIZE / 2, SIZE / 2 - 0.5, fillColor=GREEN, **look))
	elif light is Light.AMBER:
		corners = [0.5, 0.5, SIZE - 0.5, 0.5, SIZE / 2, SIZE - 0.5]
		made.add(Polygon(corners, fillColor=AMBER, **look))
	else:
		made.add(Rect(0.5, 0.5, SIZE - 1, SIZE - 1, fillColor=RED, **look))
	return made
