"""How all our PDFs look: the measures of a page, ink, headings and text."""

from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph

from sv_helpdesk.pdf.letters import BOLD, REGULAR, printable

MARGIN, SIDE = 24 * mm, 22 * mm
WIDTH = A4[0] - 2 * SIDE
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
CHAPTER = ParagraphStyle("chapter", parent=HEADING, fontSize=13, leading=17, spaceBefore=8 * mm)
# what a text is, on the line above it
LABEL = ParagraphStyle("label", parent=SMALL, spaceBefore=2 * mm, spaceAfter=0, keepWithNext=1)
TITLE = ParagraphStyle("title", parent=HEADING, fontSize=16, leading=21, spaceBefore=0, spaceAfter=3 * mm)


def paragraph(text: str, style: ParagraphStyle) -> Paragraph:
	"""Return a text as a paragraph; nothing in it is markup, an empty one takes its line."""
	return Paragraph(escape(printable(text)) or "&nbsp;", style)
