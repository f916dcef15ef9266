"""PDFs made anew from their pages: who wrote them, with what and when goes, and so does what runs in them.

Of the pictures on a page goes what a camera noted beside them, as it does of a picture that is sent by itself.

A name in the text of a page stays, of course.
"""

from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from sv_helpdesk.reporting import stored_pictures

MOST_PAGES = 500
# descriptions of pages, pictures and fonts, private data of programs, and what happens when a page is opened
TELLING = (
	*("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/A", "/JS", "/OpenAction", "/Thumb"),
	# files that belong to a page or a picture, and what plays on a page
	*("/AF", "/EF", "/UF", "/RichMediaContent", "/RichMediaSettings"),
)
# in a remark: who made it when, and files hung on it
OF_REMARKS = ("/T", "/M", "/CreationDate", "/NM", "/RC", "/FS", "/Popup", "/Parent")
# with the certificate of who signed
SIGNATURES = ("/Sig", "/DocTimeStamp")
PICTURES = {"/DCTDecode": stored_pictures.jpeg, "/JPXDecode": stored_pictures.jpeg_2000}


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
		if isinstance(entry, StreamObject) and entry.get("/Subtype") == "/Image":
			_strip_picture(entry)
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
			if found.get("/Type") in SIGNATURES or "/ByteRange" in found:
				found.clear()
			for name in (*TELLING, *(OF_REMARKS if remark else ())):
				found.pop(NameObject(name), None)
			waiting += found.values()
		elif isinstance(found, ArrayObject):
			waiting += found


def _strip_picture(picture: StreamObject) -> None:
	"""Take out what stands in a picture's own file; one that was packed again is unpacked once."""
	filters = picture.get("/Filter", ArrayObject()).get_object()
	filters = filters if isinstance(filters, ArrayObject) else ArrayObject([filters])
	if not filters or filters[-1] not in PICTURES:
		return
	content = picture.get_data() if len(filters) > 1 else picture._data
	picture._data = PICTURES[filters[-1]](content)
	if len(filters) > 1:
		picture[NameObject("/Filter")] = filters[-1]
		picture.pop(NameObject("/DecodeParms"), None)
