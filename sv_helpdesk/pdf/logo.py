"""The logo: a small picture kept as text in SV Settings, so that no file of the host's hangs on it."""

from base64 import b64decode, b64encode
from io import BytesIO

from PIL import Image, UnidentifiedImageError

import frappe
from frappe import _

FORMATS = ("PNG", "JPEG")
MOST_BYTES, MOST_PIXELS = 2_000_000, 16_000_000
# as large as paper needs it
WIDTH, HEIGHT = 1200, 600


def check(settings) -> None:
	"""Refuse what is no picture, and keep of one only what is printed.

	Args:
		settings: the SV Settings; a new logo in it becomes a PNG in base64, without what else the file held.

	Raises:
		frappe.ValidationError: it is no PNG or JPEG, or too large.
	"""
	if settings.logo and settings.has_value_changed("logo"):
		settings.logo = as_printed(settings.logo)


def as_printed(text: str) -> str:
	"""Return a picture as a PNG on white, both it and what it is made from in base64.

	Args:
		text: the picture; a browser's "data:image/png;base64," may stand before it.

	Raises:
		frappe.ValidationError: as in `check`.
	"""
	try:
		content = b64decode(text.partition(",")[2] or text, validate=True)
		if len(content) > MOST_BYTES:
			_refuse()
		picture = Image.open(BytesIO(content), formats=FORMATS)
		if picture.width * picture.height > MOST_PIXELS:
			_refuse()
		picture = picture.convert("RGBA")
	except (ValueError, OSError, UnidentifiedImageError, Image.DecompressionBombError):
		_refuse()
	picture.thumbnail((WIDTH, HEIGHT))
	paper = Image.new("RGBA", picture.size, "white")
	paper.alpha_composite(picture)
	out = BytesIO()
	paper.convert("RGB").save(out, "PNG")
	return b64encode(out.getvalue()).decode()


def _refuse() -> None:
	frappe.throw(_("The logo can't be read. Choose a PNG or JPEG picture of at most 2 MB."))
