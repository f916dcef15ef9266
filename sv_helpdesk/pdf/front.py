"""How a document begins: logo, institution, title and a line in the second colour; large on a title page of its own."""

from base64 import b64decode
from io import BytesIO

from reportlab.lib.enums import TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, HRFlowable, Image, Spacer

from sv_helpdesk.pdf.house import House
from sv_helpdesk.pdf.letters import BOLD
from sv_helpdesk.pdf.styles import BODY, TITLE, WIDTH, paragraph

LOGO_WIDTH, LOGO_HEIGHT = 70 * mm, 30 * mm
SMALL_LOGO_WIDTH, SMALL_LOGO_HEIGHT = 42 * mm, 16 * mm
LETTERHEAD_NAME = ParagraphStyle("letterhead", parent=BODY, fontName=BOLD, fontSize=10, spaceAfter=4 * mm)


def letterhead(title: str, house: House) -> list[Flowable]:
	"""Return what stands above a letter on its first page.

	Args:
		title: of the letter.
		house: the institution.
	"""
	return [
		*(
			[_picture(house.logo, SMALL_LOGO_WIDTH, SMALL_LOGO_HEIGHT), Spacer(1, 2 * mm)]
			if house.logo
			else []
		),
		*([paragraph(house.institution, LETTERHEAD_NAME)] if house.institution else []),
		paragraph(
			title, ParagraphStyle("letter title", parent=TITLE, textColor=house.main, spaceAfter=1 * mm)
		),
		_line(house, 1.5),
		Spacer(1, 4 * mm),
	]


def cover(title: str, lines: list[str], institution: str, house: House) -> list[Flowable]:
	"""Return what stands on a title page.

	Args:
		title: of the report.
		lines: what stands under it, such as which version it is.
		institution: its name, as the report has it.
		house: logo and colours.
	"""
	large = ParagraphStyle(
		"cover title",
		parent=BODY,
		fontName=BOLD,
		fontSize=26,
		leading=33,
		textColor=house.main,
		alignment=TA_LEFT,
	)
	name = ParagraphStyle("institution", parent=BODY, fontName=BOLD, fontSize=14, leading=19)
	under = ParagraphStyle("under", parent=BODY, fontSize=11, leading=16)
	return [
		_picture(house.logo, LOGO_WIDTH, LOGO_HEIGHT) if house.logo else Spacer(1, LOGO_HEIGHT),
		Spacer(1, 55 * mm),
		paragraph(institution, name),
		Spacer(1, 6 * mm),
		paragraph(title, large),
		Spacer(1, 4 * mm),
		_line(house, 3),
		Spacer(1, 4 * mm),
		*(paragraph(line, under) for line in lines if line),
	]


def _picture(logo: str, width: float, height: float) -> Image:
	return Image(BytesIO(b64decode(logo)), width, height, kind="proportional", hAlign="LEFT")


def _line(house: House, thickness: float) -> HRFlowable:
	return HRFlowable(WIDTH, thickness, color=house.second, hAlign="LEFT")
