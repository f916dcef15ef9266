"""The institution's colours, and shades of them that can be told apart in grey, too."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor, black, white

import frappe
from frappe import _

MAIN, SECOND = "#17456b", "#a3541b"
HEX = re.compile(r"#[0-9a-fA-F]{6}")
# WCAG 2.2: text (1.4.3), and lines and surfaces that mean something (1.4.11)
OF_TEXT, OF_SURFACES = 4.5, 3.0
# how light the surfaces of a chart are; each differs from both others in grey
MIDDLE, LIGHT = 0.40, 0.80


@dataclass(frozen=True)
class House:
	"""The colours of one report.

	Attributes:
		main: of titles and charts, white can be read on it.
		second: of accents.
	"""

	main: Color
	second: Color

	def shades(self, number: int) -> list[Color]:
		"""Return colours for so many surfaces side by side, also in a circle: no two neighbours look alike."""
		three = [self.main, lightened(self.main, LIGHT), lightened(self.main, MIDDLE)]
		chosen = [three[place % 3] for place in range(number)]
		if number > 1 and number % 3 == 1:
			# the last meets the first where a circle closes
			chosen[-1] = three[1]
		return chosen

	def shades_of(self, values: Sequence[float | None]) -> list[Color]:
		"""Return the colours of a whole's parts: no two that meet look alike. A part of nothing meets none: it is white."""
		drawn = iter(self.shades(sum(bool(value) for value in values)))
		return [next(drawn) if value else white for value in values]


def of_settings() -> House:
	"""Return the colours chosen in SV Settings, or ours."""
	chosen = {
		fieldname: frappe.db.get_single_value("SV Settings", fieldname)
		for fieldname in ("main_colour", "second_colour")
	}
	return House(HexColor(chosen["main_colour"] or MAIN), HexColor(chosen["second_colour"] or SECOND))


def luminance(colour: Color) -> float:
	"""Return the relative luminance, from 0 for black to 1 for white (WCAG 2.2)."""
	linear = [
		part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
		for part in (colour.red, colour.green, colour.blue)
	]
	return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Color, other: Color) -> float:
	"""Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
	lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
	return (lighter + 0.05) / (darker + 0.05)


def lightened(colour: Color, target: float) -> Color:
	"""Return a colour mixed with white until it is as light as asked for."""
	least, most = 0.0, 1.0
	for _step in range(20):
		middle = (least + most) / 2
		if luminance(_with_white(colour, middle)) < target:
			least = middle
		else:
			most = middle
	return _with_white(colour, most)


def ink_on(surface: Color) -> Color:
	"""Return black or white, whichever is read better on a surface."""
	return max((black, white), key=lambda ink: contrast(ink, surface))


def check(settings) -> None:
	"""Refuse colours in which a report couldn't be read.

	Args:
		settings: the SV Settings.

	Raises:
		frappe.ValidationError: it is no colour, or too light on white paper.
	"""
	for fieldname, least in (("main_colour", OF_TEXT), ("second_colour", OF_SURFACES)):
		value, label = settings.get(fieldname), _(settings.meta.get_label(fieldname), context="SV Settings")
		if not value:
			continue
		if not HEX.fullmatch(value):
			frappe.throw(_("{0} is not a colour. Enter # and six digits, such as {1}.").format(label, MAIN))
		if contrast(HexColor(value), white) < least:
			frappe.throw(_("{0} is too light to be read on paper. Choose a darker one.").format(label))


def _with_white(colour: Color, part: float) -> Color:
	return Color(*(round(value + (1 - value) * part, 4) for value in (colour.red, colour.green, colour.blue)))
