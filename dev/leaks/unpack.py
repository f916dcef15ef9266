"""Everything a response says: headers and body, and what is packed into the body."""

import base64
import binascii
import gzip
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

DEEPEST = 4
PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"%PDF")
# shorter runs can't hold a canary
BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")
PDF_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
ESCAPED = re.compile(rb"\\u[0-9a-fA-F]{4}|&#|&[a-z]+;|%[0-9A-Fa-f]{2}|=[0-9A-F]{2}|=\r?\n")


def texts(body: bytes, headers: str = "") -> list[bytes]:
	"""All that can be read from an answer, in lower case.

	Args:
		body: its bytes, as the browser's library hands them on.
		headers: its header lines.
	"""
	found = [headers.encode().lower()] if headers else []
	found += [text.lower() for text in _unpacked(body, 0)]
	return found


def _unpacked(content: bytes, depth: int) -> Iterator[bytes]:
	yield content
	if depth > DEEPEST:
		return
	for part in _parts(content):
		yield from _unpacked(part, depth + 1)


def _parts(content: bytes) -> Iterator[bytes]:
	if content.startswith(b"\x1f\x8b"):
		yield from _tried(gzip.decompress, content)
	elif content.startswith(b"PK\x03\x04"):
		yield from _members(content)
	elif content.startswith(b"%PDF"):
		yield from _pdf(content)
	elif b"\0" in content[:400]:
		# UTF-16, as spreadsheets like it
		yield content.replace(b"\0", b"")
	else:
		yield from _unescaped(content)
		yield from _from_base64(content)


def _unescaped(content: bytes) -> Iterator[bytes]:
	"""The text without the escapes of JSON, HTML, URLs and mails."""
	if not ESCAPED.search(content):
		return
	text = content.decode("utf-8", "replace")
	yield html.unescape(re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)).encode(
		"utf-8", "replace"
	)
	if b"%" in content:
		yield unquote_to_bytes(content.replace(b"%25", b"%"))
	if b"=\n" in content or b"=\r\n" in content:
		yield re.sub(rb"=\r?\n", b"", content)


def _from_base64(content: bytes) -> Iterator[bytes]:
	decoded = []
	for match in BASE64.finditer(content):
		run = match[0].rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
		for start in range(4):
			part = run[start:]
			part = part[: len(part) - len(part) % 4]
			try:
				content = base64.b64decode(part)
			except (binascii.Error, ValueError):
				continue
			if content.startswith(PACKED):
				yield content
			else:
				decoded.append(content)
	if decoded:
		yield b"\n".join(decoded).replace(b"\0", b"")


def _members(content: bytes) -> Iterator[bytes]:
	"""Names and contents of the members of a zip file; a spreadsheet is one, too."""
	try:
		with zipfile.ZipFile(io.BytesIO(content)) as archive:
			for name in archive.namelist():
				yield name.encode()
				yield archive.read(name)
	except (zipfile.BadZipFile, RuntimeError, zlib.error):
		return


def _pdf(content: bytes) -> Iterator[bytes]:
	"""The streams of a PDF, and its text when the library for it is there."""
	for match in PDF_STREAM.finditer(content):
		yield from _tried(zlib.decompressobj().decompress, match[1].strip(b"\r\n"))
	try:
		from pypdf import PdfReader
	except ImportError:
		from PyPDF2 import PdfReader
	try:
		reader = PdfReader(io.BytesIO(content))
		yield "\n".join(page.extract_text() for page in reader.pages).encode()
		yield json.dumps({key: str(value) for key, value in (reader.metadata or {}).items()}).encode()
	except Exception:
		# a damaged PDF has no text that anybody could read
		return


def _tried(unpack, content: bytes) -> Iterator[bytes]:
	try:
		yield unpack(content)
	except (OSError, EOFError, zlib.error):
		return
