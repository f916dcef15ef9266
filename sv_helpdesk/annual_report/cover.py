"""The title page."""

from base64 import b64decode
from io import BytesIO

from reportlab.lib.enums import TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, HRFlowable, Image, Spacer

from sv_helpdesk.annual_report.colours import House
from sv_helpdesk.annual_report.pieces import WIDTH
from sv_helpdesk.pdf.letters import BOLD
from sv_helpdesk.pdf.paper import BODY, paragraph

LOGO_WIDTH, LOGO_HEIGHT = 70 * mm, 30 * mm


def cover(title: str, lines: list[str], institution: str, logo: str | None, house: House) -> list[Flowable]:
	"""Return what stands on it.

	Args:
		title: of the report.
		lines: what stands under it, such as which version it is.
		institution: its name.
		logo: a picture in base64, as SV Settings has it.
		house: the colours.
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
		_picture(logo) if logo else Spacer(1, LOGO_HEIGHT),
		Spacer(1, 55 * mm),
		paragraph(institution, name),
		Spacer(1, 6 * mm),
		paragraph(title, large),
		Spacer(1, 4 * mm),
		HRFlowable(WIDTH, 3, color=house.second, hAlign="LEFT"),
		Spacer(1, 4 * mm),
		*(paragraph(line, under) for line in lines if line),
	]


def _picture(logo: str) -> Image:
	return Image(BytesIO(b64decode(logo)), LOGO_WIDTH, LOGO_HEIGHT, kind="proportional", hAlign="LEFT")
