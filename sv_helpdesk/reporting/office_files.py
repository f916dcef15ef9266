"""Documents of Word, Excel and PowerPoint: looked into without unpacking them; no macros, no bombs."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

BASE = "application/vnd.openxmlformats-officedocument."
KINDS = {
	"docx": f"{BASE}wordprocessingml.document",
	"xlsx": f"{BASE}spreadsheetml.sheet",
	"pptx": f"{BASE}presentationml.presentation",
}
MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
MOST_PARTS = 2000
# unpacked, all parts together
MOST_BYTES = 100_000_000


def is_one(content: bytes, suffix: str) -> bool:
	"""Tell whether a file is such a document, without programs in it and of a sound size when unpacked.

	Args:
	        content: of the file.
	        suffix: one of KINDS.
	"""
	if not content.startswith(b"PK\x03\x04"):
		return False
	try:
		parts = ZipFile(BytesIO(content)).infolist()
	except (BadZipFile, ValueError, NotImplementedError):
		return False
	names = {part.filename for part in parts}
	return (
		{"[Content_Types].xml", MAIN[suffix]} <= names
		and len(parts) <= MOST_PARTS
		and sum(part.file_size for part in parts) <= MOST_BYTES
		and not any("vbaproject" in name.lower() or "activex" in name.lower() for name in names)
	)
