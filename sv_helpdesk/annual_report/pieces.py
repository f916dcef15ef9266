"""What a chart draws: values with their titles, as the table beside it shows them."""

from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import Color, black, white
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth

from sv_helpdesk.pdf.colours import ink_on
from sv_helpdesk.pdf.letters import BOLD, REGULAR, printable

SIZE, LEADING = 8, 10
GAP = 2.5 * mm


@dataclass(frozen=True)
class Piece:
	"""One value of a chart.

	Attributes:
		title: what it is of.
		value: how large it is; None where it isn't shown.
		shown: the value as the reader sees it.
	"""

	title: str
	value: int | float | None
	shown: str


def blank(width: float, height: float) -> Drawing:
	"""Return an empty drawing that asks for no font but ours."""
	return Drawing(width, height, initialFontName=REGULAR)


def lines_of(text: str, width: float) -> list[str]:
	"""Return a text in lines that fit."""
	return simpleSplit(printable(text), REGULAR, SIZE, width) or [""]


def write(
	drawing: Drawing, x: float, y: float, text: str, anchor: str = "start", font: str = REGULAR
) -> None:
	"""Write one line."""
	drawing.add(
		String(x, y, printable(text), fontName=font, fontSize=SIZE, textAnchor=anchor, fillColor=black)
	)


def surface(drawing: Drawing, x: float, y: float, width: float, height: float, colour: Color) -> None:
	"""Draw a surface with a white edge, so that neighbours stay apart in any print."""
	drawing.add(Rect(x, y, width, height, fillColor=colour, strokeColor=white, strokeWidth=0.8))


def numbered(drawing: Drawing, x: float, y: float, number: int, on: Color) -> None:
	"""Write the number by which the list of titles names a surface."""
	drawing.add(
		String(x, y, str(number), fontName=BOLD, fontSize=SIZE, textAnchor="middle", fillColor=ink_on(on))
	)


def width_of(text: str) -> float:
	"""Return how wide a line is."""
	return stringWidth(printable(text), REGULAR, SIZE)


class Key:
	"""The list that says what each numbered surface is: number, title, value; no colour is needed to read it."""

	def __init__(self, pieces: list[Piece], colours: list[Color], width: float):
		self.colours, self.pieces = colours, pieces
		self.values = max((width_of(piece.shown) for piece in pieces), default=0)
		self.width = width
		room = width - 9 * mm - self.values - GAP
		self.titles = [lines_of(piece.title, room) for piece in pieces]

	@property
	def height(self) -> float:
		"""How high it is."""
		return sum(map(self._height, self.titles))

	def draw(self, drawing: Drawing, x: float, top: float) -> None:
		"""Draw it downwards from `top`."""
		for number, (piece, colour, lines) in enumerate(
			zip(self.pieces, self.colours, self.titles, strict=True), start=1
		):
			baseline = top - LEADING
			drawing.add(
				Rect(
					x,
					baseline - 1.5,
					6 * mm,
					LEADING - 1,
					fillColor=colour,
					strokeColor=black,
					strokeWidth=0.3,
				)
			)
			numbered(drawing, x + 3 * mm, baseline + 0.3, number, colour)
			for place, line in enumerate(lines):
				write(drawing, x + 9 * mm, baseline - place * LEADING, line)
			write(drawing, x + self.width, baseline, piece.shown, "end")
			top -= self._height(lines)

	@staticmethod
	def _height(lines: list[str]) -> float:
		return len(lines) * LEADING + 1.5
