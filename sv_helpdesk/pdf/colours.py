"""Colours: how light they are, which can be read on which, and which ones an institution may choose."""

import re

from reportlab.lib.colors import Color, HexColor, black, white

import frappe
from frappe import _

MAIN, SECOND = "#17456b", "#a3541b"
HEX = re.compile(r"#[0-9a-fA-F]{6}")
# WCAG 2.2: text (1.4.3), and lines and surfaces that mean something (1.4.11)
OF_TEXT, OF_SURFACES = 4.5, 3.0


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
