"""The pages of a report: a title page, then pages with its mark, its title and their number; contents and outline."""

from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, TableStyle
from reportlab.platypus.tableofcontents import TableOfContents

from sv_helpdesk.pdf.letters import BOLD, REGULAR, printable, register
from sv_helpdesk.pdf.paper import BODY, FAINT, INK, MARGIN, PADDING, SIDE, paragraph

COVER, PAGES = "cover", "pages"
# what its number takes at the foot of a page
PAGE_NUMBER = 40 * mm
CONTENTS_STYLES = [
	ParagraphStyle("contents 1", parent=BODY, fontName=BOLD, leading=12.5, spaceBefore=0.7 * mm),
	ParagraphStyle("contents 2", parent=BODY, fontSize=8.5, leading=11, leftIndent=5 * mm),
]

CONTENTS_TABLE = TableStyle(
	[
		("FONTNAME", (0, 0), (-1, -1), REGULAR),
		("VALIGN", (0, 0), (-1, -1), "TOP"),
		("LEFTPADDING", (0, 0), (-1, -1), 0),
		("RIGHTPADDING", (0, 0), (-1, -1), 0),
		("TOPPADDING", (0, 0), (-1, -1), 1),
		("BOTTOMPADDING", (0, 0), (-1, -1), 1),
	]
)


class Heading(Paragraph):
	"""A heading that stands in the contents and in the outline.

	Args:
		text: what it says.
		style: how it looks.
		level: 0 for a chapter, 1 for what is in it.
	"""

	def __init__(self, text: str, style: ParagraphStyle, level: int):
		made = paragraph(text, style)
		super().__init__(made.text, style)
		self.title, self.outline_level = printable(text), level


class Contents(TableOfContents):
	"""The table of contents, in our fonts."""

	def __init__(self):
		super().__init__(levelStyles=CONTENTS_STYLES, tableStyle=CONTENTS_TABLE, dotsMinLevel=0)


class Pages(BaseDocTemplate):
	"""A report while it is laid out; the same story gives the same bytes.

	Args:
		title: the document's.
		language: what a screen reader reads it in.
		mark: in bold at the top of every page but the title page, whose story says it; empty for none.
		page: how a page is counted, with {0} for its number and {1} for how many there are.
	"""

	def __init__(self, title: str, language: str, mark: str, page: str):
		register()
		self.out = BytesIO()
		super().__init__(
			self.out,
			pagesize=A4,
			title=printable(title),
			author="",
			lang=language,
			initialFontName=REGULAR,
			invariant=1,
			displayDocTitle=True,
		)
		self.short_title, self.mark, self.page_words = _in_one_line(title), printable(mark), page
		self.pages = self.pages_before = self.headings = 0
		frame = Frame(SIDE - PADDING, MARGIN, A4[0] - 2 * (SIDE - PADDING), A4[1] - 2 * MARGIN - 2 * mm)
		self.addPageTemplates(
			[
				PageTemplate(COVER, [frame]),
				PageTemplate(PAGES, [frame], onPage=self.draw_page),
			]
		)

	def bytes_of(self, story: list[Flowable]) -> bytes:
		"""Return the PDF of a story that begins on the title page."""
		self.multiBuild(story)
		return self.out.getvalue()

	def beforeDocument(self) -> None:
		"""Laid out more than once, until the contents are right; from the second time on the number of pages is known."""
		self.pages_before, self.headings = self.pages, 0

	def afterPage(self) -> None:
		"""Count the pages."""
		self.pages = self.page

	def afterFlowable(self, flowable: Flowable) -> None:
		"""Tell the contents and the outline where a heading came to stand."""
		if not isinstance(flowable, Heading):
			return
		self.headings += 1
		key = f"heading-{self.headings}"
		self.canv.bookmarkPage(key)
		self.canv.addOutlineEntry(flowable.title, key, flowable.outline_level, closed=flowable.outline_level)
		self.notify("TOCEntry", (flowable.outline_level, escape(flowable.title), self.page, key))

	def draw_page(self, canvas: Canvas, _document) -> None:
		"""Draw what stands around the text of a page."""
		canvas.saveState()
		canvas.setFillColor(INK)
		canvas.setFont(BOLD, 9)
		canvas.drawString(SIDE, A4[1] - 15 * mm, self.mark)
		canvas.setFillColor(FAINT)
		canvas.setFont(REGULAR, 8)
		canvas.drawString(SIDE, 13 * mm, self.short_title)
		canvas.drawRightString(A4[0] - SIDE, 13 * mm, self.page_words.format(self.page, self.pages_before))
		canvas.restoreState()


def _in_one_line(title: str) -> str:
	"""Return as much of a title as fits beside the number of the page."""
	first, *further = simpleSplit(printable(title), REGULAR, 8, A4[0] - 2 * SIDE - PAGE_NUMBER)
	return f"{first} …" if further else first
