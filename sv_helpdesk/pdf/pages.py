"""The pages of all our PDFs: A4, with mark, for whom, title, institution and number; title page, contents and outline."""

from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, TableStyle
from reportlab.platypus.doctemplate import IndexingFlowable
from reportlab.platypus.tableofcontents import TableOfContents

from sv_helpdesk.pdf.letters import BOLD, REGULAR, printable, register
from sv_helpdesk.pdf.styles import BODY, FAINT, INK, MARGIN, PADDING, SIDE, WIDTH, paragraph

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
	"""A document while it is laid out; the same story gives the same bytes.

	Args:
		title: the document's.
		institution: whose it is; stands beside the title.
		language: what a screen reader reads it in.
		mark: in bold at the top of every page but a title page, whose story says it; empty for none.
		page: how a page is counted, with {0} for its number and {1} for how many there are.
		for_whom: beside the mark, such as a copy's number and its recipient.
		has_cover: the story begins on a title page.
	"""

	def __init__(
		self,
		title: str,
		institution: str,
		language: str,
		mark: str,
		page: str,
		for_whom: str = "",
		has_cover: bool = False,
	):
		register()
		title = ", ".join(filter(None, (title, institution)))
		self.out = BytesIO()
		super().__init__(
			self.out,
			pagesize=A4,
			title=printable(title),
			author=printable(institution),
			lang=language,
			initialFontName=REGULAR,
			invariant=1,
			displayDocTitle=True,
		)
		self.short_title, self.mark, self.page_words = _in_one_line(title), printable(mark), page
		self.for_whom = simpleSplit(printable(for_whom), REGULAR, 8, WIDTH / 2)[:3]
		self.pages = self.pages_before = self.headings = 0
		frame = Frame(SIDE - PADDING, MARGIN, A4[0] - 2 * (SIDE - PADDING), A4[1] - 2 * MARGIN - 2 * mm)
		numbered = PageTemplate(PAGES, [frame], onPage=self.draw_page)
		self.addPageTemplates([PageTemplate(COVER, [frame]), numbered] if has_cover else numbered)

	def bytes_of(self, story: list[Flowable]) -> bytes:
		"""Return the PDF of a story."""
		self.multiBuild([*story, _Counted(self)])
		return self.out.getvalue()

	def beforeDocument(self) -> None:
		"""Laid out more than once, until contents and number of pages are right; the second time these are known."""
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
		canvas.setFont(REGULAR, 8)
		for number, line in enumerate(self.for_whom):
			canvas.drawRightString(A4[0] - SIDE, A4[1] - 15 * mm - number * 3.6 * mm, line)
		canvas.setFillColor(FAINT)
		canvas.drawString(SIDE, 13 * mm, self.short_title)
		canvas.drawRightString(A4[0] - SIDE, 13 * mm, self.page_words.format(self.page, self.pages_before))
		canvas.restoreState()


class _Counted(IndexingFlowable):
	"""Takes no place; has a document laid out again as long as its pages tell another number of them than there are."""

	def __init__(self, pages: Pages):
		super().__init__()
		self.of = pages

	def isSatisfied(self) -> bool:
		"""Tell whether what the pages say is right."""
		return self.of.pages == self.of.pages_before

	def draw(self) -> None:
		"""Draw nothing."""


def _in_one_line(title: str) -> str:
	"""Return as much of a title as fits beside the number of the page."""
	first, *further = simpleSplit(printable(title), REGULAR, 8, WIDTH - PAGE_NUMBER)
	return f"{first} …" if further else first
