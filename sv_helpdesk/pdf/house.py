"""The institution on paper: its name, logo and colours, and shades of these that can be told apart in grey, too."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor, white

import frappe

from sv_helpdesk.pdf.colours import MAIN, SECOND, lightened

# how light the surfaces of a chart are; each differs from both others in grey
MIDDLE, LIGHT = 0.40, 0.80


@dataclass(frozen=True)
class House:
	"""What all PDFs of one institution have in common.

	Attributes:
		main: the colour of titles and charts, white can be read on it.
		second: the colour of accents.
		institution: its name.
		logo: its picture in base64, as SV Settings has it.
	"""

	main: Color
	second: Color
	institution: str = ""
	logo: str | None = None

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
	"""Return what SV Settings says, with our colours where none are chosen."""
	settings = frappe.get_cached_doc("SV Settings")
	return House(
		HexColor(settings.main_colour or MAIN),
		HexColor(settings.second_colour or SECOND),
		settings.institution_name or "",
		settings.logo or None,
	)
