"""The fonts of our PDFs, embedded in each, and what can be written with them."""

import unicodedata
from functools import cache
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

# they come with reportlab and so are on every server
REGULAR, BOLD = "Vera", "VeraBd"
UNKNOWN = "?"


@cache
def register() -> None:
	"""Make the fonts known to reportlab, once per process."""
	fonts = Path(reportlab.__file__).parent / "fonts"
	for name in (REGULAR, BOLD):
		pdfmetrics.registerFont(TTFont(name, str(fonts / f"{name}.ttf")))
	pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


def printable(text: str) -> str:
	"""Return a text in characters that the fonts have.

	A letter they lack loses its accent, what has no such letter becomes a question mark: better than
	an empty box, or a name without one of its letters.
	"""
	register()
	known = pdfmetrics.getFont(REGULAR).face.charToGlyph
	return "".join(_nearest(character, known) for character in unicodedata.normalize("NFC", text))


def _nearest(character: str, known: dict) -> str:
	if character == "\n" or known.get(ord(character)):
		return character
	if unicodedata.category(character).startswith("C"):
		return ""
	plain = [letter for letter in unicodedata.normalize("NFKD", character) if known.get(ord(letter))]
	return "".join(plain) or _without_its_stroke(character)


def _without_its_stroke(character: str) -> str:
	"""Return the letter of a name such as LATIN CAPITAL LETTER D WITH STROKE, or a question mark."""
	whole, _with, _mark = unicodedata.name(character, "").partition(" WITH ")
	try:
		return unicodedata.lookup(whole) if whole.startswith("LATIN ") and _mark else UNKNOWN
	except KeyError:
		return UNKNOWN
