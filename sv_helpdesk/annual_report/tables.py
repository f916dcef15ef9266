"""Tables on paper: heading repeated on the next page, never one lone line on a page."""

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, Table

from sv_helpdesk.annual_report import shape
from sv_helpdesk.annual_report.words import Words
from sv_helpdesk.pdf.house import House
from sv_helpdesk.pdf.letters import BOLD, REGULAR
from sv_helpdesk.pdf.styles import BODY, WIDTH, paragraph
from sv_helpdesk.reports import version

LINE = HexColor("#b0b0b0")
CELL = ParagraphStyle("cell", parent=BODY, fontSize=8.5, leading=11)
RIGHT = ParagraphStyle("right", parent=CELL, alignment=TA_RIGHT)
HIDDEN = ParagraphStyle("hidden", parent=RIGHT, fontName=BOLD)
HEAD = ParagraphStyle("head", parent=CELL, fontName=BOLD)
HEAD_RIGHT = ParagraphStyle("head right", parent=HEAD, alignment=TA_RIGHT)
# of a column of values, and what is left at least for the titles
VALUES, TITLES = 31 * mm, 60 * mm
DEEPER = 4 * mm
SIGNS = 14 * mm
# so many lines stay together at the top and the bottom of a table
TOGETHER = 3


def table(found: version.Table, words: Words, house: House) -> Table | None:
	"""Return a table of figures as it is laid out, or None if it has no lines."""
	return _laid_out(shape.headings(found, words), shape.lines(found, words), words, house)


def of_years(found: version.Version, words: Words, house: House) -> Table | None:
	"""Return the table of all years, or None if there are none."""
	return _laid_out(shape.years_headings(words), shape.years_lines(found, words), words, house)


def _laid_out(headings: list[str], lines: list[shape.Line], words: Words, house: House) -> Table | None:
	if not lines:
		return None
	rows = [["", *(paragraph(heading, HEAD_RIGHT) for heading in headings)]]
	rows += [[_title(line), *(_value(cell, words) for cell in line.cells)] for line in lines]
	columns = len(headings)
	values = min(VALUES, (WIDTH - TITLES) / columns)
	made = Table(rows, colWidths=[WIDTH - values * columns, *[values] * columns], repeatRows=1, hAlign="LEFT")
	last = len(rows) - 1
	made.setStyle(
		[
			("FONTNAME", (0, 0), (-1, -1), REGULAR),
			("VALIGN", (0, 0), (-1, -1), "TOP"),
			("TOPPADDING", (0, 0), (-1, -1), 1.5),
			("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
			("LEFTPADDING", (0, 0), (0, -1), 0),
			("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
			("LINEBELOW", (0, 0), (-1, 0), 1, house.main),
			("LINEBELOW", (0, 1), (-1, -1), 0.3, LINE),
			("NOSPLIT", (0, 0), (-1, min(TOGETHER, last))),
			("NOSPLIT", (0, max(0, last - TOGETHER + 1)), (-1, last)),
		]
	)
	return made


def pairs(found: list[tuple[str, str]]) -> Table:
	"""Return signs with what they mean, in two columns."""
	rows = [[paragraph(sign, HEAD), paragraph(meaning, CELL)] for sign, meaning in found]
	made = Table(rows, colWidths=[SIGNS, WIDTH - SIGNS], hAlign="LEFT")
	made.setStyle([("FONTNAME", (0, 0), (-1, -1), REGULAR), ("VALIGN", (0, 0), (-1, -1), "TOP")])
	made.setStyle([("LEFTPADDING", (0, 0), (0, -1), 0)])
	return made


def _title(line: shape.Line) -> Paragraph:
	style = ParagraphStyle("deeper", parent=CELL, leftIndent=line.level * DEEPER) if line.level else CELL
	return paragraph(line.title, style)


def _value(cell: tuple[version.Cell, str] | None, words: Words) -> Paragraph | str:
	if not cell:
		return ""
	style = HIDDEN if cell[0].state == version.HIDDEN else RIGHT
	return paragraph(shape.written(*cell, words), style)
