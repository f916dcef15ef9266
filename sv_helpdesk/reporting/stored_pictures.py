"""Pictures as PDFs store them: what a camera noted beside the picture goes, the picture stays as it was compressed."""

START, END = b"\xff\xd8", b"\xff\xd9"
FILLING, SCAN = 0xFF, 0xDA
# what programs and cameras write beside a picture; of the others it takes 0 and 14 to show it right
NOTES = {*range(0xE1, 0xEE), 0xEF, 0xFE}
# a thumbnail
OLD_EXTENSION = b"JFXX"
# within the data of a scan: a byte that looks like a mark, and marks to start anew at
NO_MARKS = {0x00, *range(0xD0, 0xD8)}
BOXES_OF_NOTES = (b"xml ", b"uuid", b"uinf")
SIGNATURE = b"\0\0\0\x0cjP  "


def jpeg(content: bytes) -> bytes:
	"""Return a JPEG with the same picture and nothing beside or behind it.

	Args:
	        content: of the JPEG.

	Raises:
	        ValueError: it is none.
	"""
	if not content.startswith(START):
		raise ValueError("no JPEG")
	kept, at = [START], len(START)
	while at + 4 <= len(content):
		mark = content[at + 1]
		if content[at] != FILLING:
			raise ValueError("no JPEG")
		if mark == FILLING:
			at += 1
			continue
		if content[at : at + 2] == END:
			break
		end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
		if mark == SCAN:
			end = _end_of_scan(content, end)
		if mark not in NOTES and content[at + 4 : at + 8] != OLD_EXTENSION:
			kept.append(content[at:end])
		at = end
	return b"".join([*kept, END])


def jpeg_2000(content: bytes) -> bytes:
	"""Return a JPEG 2000 without the boxes in which programs and cameras write; one that is in no boxes as it is.

	Args:
	        content: of the picture.

	Raises:
	        ValueError: its boxes can't be read.
	"""
	if not content.startswith(SIGNATURE):
		return content
	kept, at = [], 0
	while at < len(content):
		size, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
		if size == 1:
			size = int.from_bytes(content[at + 8 : at + 16], "big")
		end = at + size if size else len(content)
		if end < at + 8:
			raise ValueError("no JPEG 2000")
		if kind not in BOXES_OF_NOTES:
			kept.append(content[at:end])
		at = end
	return b"".join(kept)


def _end_of_scan(content: bytes, at: int) -> int:
	"""Return where the next mark stands; the end of a picture that breaks off."""
	while (found := content.find(FILLING, at)) >= 0:
		if content[found + 1 : found + 2] and content[found + 1] not in NO_MARKS:
			return found
		at = found + 2
	return len(content)
