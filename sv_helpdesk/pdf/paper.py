"""Our one layout on paper: A4, who it is for and its page on every page, headings and paragraphs.

It is made in memory and handed to who asked for it; nothing of it is stored in clear.
"""

from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from sv_helpdesk.pdf.letters import BOLD, REGULAR, printable, register

MARGIN, SIDE = 24 * mm, 22 * mm
# what reportlab leaves free inside the margins
PADDING = 6
INK, FAINT = HexColor("#1a1a1a"), HexColor("#5a5a5a")
BODY = ParagraphStyle("body", fontName=REGULAR, fontSize=9.5, leading=14, textColor=INK)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=8, leading=11, textColor=FAINT, spaceAfter=2 * mm)
HEADING = ParagraphStyle(
	"heading",
	parent=BODY,
	fontName=BOLD,
	fontSize=11,
	leading=15,
	spaceBefore=5 * mm,
	spaceAfter=1 * mm,
	keepWithNext=1,
)
TITLE = ParagraphStyle("title", parent=HEADING, fontSize=16, leading=21, spaceBefore=0, spaceAfter=3 * mm)


@dataclass
class Paper:
	"""What is written on it, from top to bottom.

	Attributes:
		title: its title, also the document's.
		language: "nl" or "en"; what a screen reader reads it in.
		mark: in bold at the top of every page, such as "Confidential".
		for_whom: beside it, such as the copy's number and its recipient.
		page: how a page is counted, with {0} for its number and {1} for how many there are.
	"""

	title: str
	language: str
	mark: str
	for_whom: str
	page: str
	story: list = field(default_factory=list)

	def __post_init__(self):
		register()
		self.story.append(paragraph(self.title, TITLE))

	def facts(self, rows: list[tuple[str, str]]) -> None:
		"""Add names of facts with what they are, in two columns."""
		cells = [[paragraph(name, SMALL), paragraph(value, BODY)] for name, value in rows]
		table = Table(cells, colWidths=[45 * mm, A4[0] - 2 * SIDE - 45 * mm], hAlign="LEFT")
		table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, -1), 0)])
		table.setStyle([("FONTNAME", (0, 0), (-1, -1), REGULAR)])
		table.setStyle([("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1)])
		self.story += [table, Spacer(1, 2 * mm)]

	def section(self, heading: str, text: str, note: str = "") -> None:
		"""Add a text under its heading, with a small line under it if there is one."""
		self.story.append(paragraph(heading, HEADING))
		# a paragraph each, so that a long text can go on on the next page
		self.story += [paragraph(line, BODY) for line in text.split("\n")]
		if note:
			self.story.append(paragraph(note, SMALL))

	def build(self) -> bytes:
		"""Return the PDF."""
		out = BytesIO()
		document = SimpleDocTemplate(
			out,
			pagesize=A4,
			leftMargin=SIDE - PADDING,
			rightMargin=SIDE - PADDING,
			topMargin=MARGIN + 6 * mm,
			bottomMargin=MARGIN,
			title=printable(self.title),
			author="",
			lang=self.language,
			initialFontName=REGULAR,
		)
		paper = self

		class _Numbered(_CountingCanvas):
			marks = paper

		document.build(self.story, canvasmaker=_Numbered)
		return out.getvalue()

	def draw_marks(self, canvas: Canvas, page: int, pages: int) -> None:
		"""Draw what stands on every page."""
		width, height = A4
		canvas.setFillColor(INK)
		canvas.setFont(BOLD, 9)
		canvas.drawString(SIDE, height - 15 * mm, printable(self.mark))
		canvas.setFont(REGULAR, 8)
		lines = simpleSplit(printable(self.for_whom), REGULAR, 8, width / 2 - SIDE)
		for number, line in enumerate(lines[:3]):
			canvas.drawRightString(width - SIDE, height - 15 * mm - number * 3.6 * mm, line)
		canvas.setFillColor(FAINT)
		canvas.drawString(SIDE, 13 * mm, printable(self.title))
		canvas.drawRightString(width - SIDE, 13 * mm, self.page.format(page, pages))


class _CountingCanvas(Canvas):
	"""Draws the marks once it is known how many pages there are."""

	marks: Paper

	def __init__(self, *args, **kwargs):
		super().__init__(*args, **kwargs)
		self._pages = []

	def showPage(self):
		self._pages.append(dict(self.__dict__))
		self._startPage()

	def save(self):
		for number, page in enumerate(self._pages, start=1):
			self.__dict__.update(page)
			self.marks.draw_marks(self, number, len(self._pages))
			super().showPage()
		super().save()


def paragraph(text: str, style: ParagraphStyle) -> Paragraph:
	"""Return a text as a paragraph; nothing in it is markup, an empty one takes its line."""
	return Paragraph(escape(printable(text)) or "&nbsp;", style)
