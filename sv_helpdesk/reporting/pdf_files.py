"""PDFs made anew from their pages: who wrote them, with what and when goes, and so does what runs in them.

A name in the text of a page stays, of course.
"""

from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

MOST_PAGES = 500
# descriptions of pages, pictures and fonts, private data of programs, and what happens when a page is opened
TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/A", "/JS", "/OpenAction", "/Thumb")
# in a remark: who made it when, and files hung on it
OF_REMARKS = ("/T", "/M", "/CreationDate", "/NM", "/RC", "/FS", "/Popup", "/Parent")
LINK = "/Link"


def clean(content: bytes) -> bytes:
	"""Return a PDF with the same pages and nothing else of the file.

	Raises:
	        ValueError: it has too many pages.
	        pypdf.errors.PdfReadError: it can't be read, for instance without its password.
	"""
	# what nothing leads to any more is still in the first copy, and not in a copy of that
	return _copied(_copied(content))


def _copied(content: bytes) -> bytes:
	reader = PdfReader(BytesIO(content))
	if len(reader.pages) > MOST_PAGES:
		raise ValueError("a PDF of too many pages")
	writer = PdfWriter()
	for page in reader.pages:
		writer.add_page(page)
	for entry in writer._objects:
		_strip(entry)
	writer._info.get_object().clear()
	out = BytesIO()
	writer.write(out)
	return out.getvalue()


def _strip(entry) -> None:
	"""Take out what tells, at whatever depth below an object; what it refers to is an object of its own."""
	waiting = [entry]
	while waiting:
		found = waiting.pop()
		if isinstance(found, IndirectObject):
			continue
		if isinstance(found, DictionaryObject):
			remark = found.get("/Type") == "/Annot" or ("/Subtype" in found and "/Rect" in found)
			for name in (*TELLING, *(OF_REMARKS if remark else ())):
				found.pop(NameObject(name), None)
			waiting += found.values()
		elif isinstance(found, ArrayObject):
			waiting += found
