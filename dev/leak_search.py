"""Looks for what confidential mails say in every place where it might have been left in clear.

Works on the site that Frappe is connected to, on any bench. The mail servers' own folders hold clear
text by nature and are no place of the site.
"""

import base64
import gzip
import html
import json
import os
import quopri
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from pathlib import Path
from urllib.parse import quote, quote_plus

import frappe

# long enough to be said by chance nowhere else, short enough to survive line breaks and shortening
WINDOW = 22
WINDOWS_PER_MAIL = 12
SHORTEST = 7
# the rest of a line; shorter ones are said in other places, too
SHORTEST_REST = 12
TAG = re.compile(r"<[^>]+>")
PASSED_OVER = ("node_modules", "__pycache__")

Places = Iterable[tuple[str, bytes]]


def phrases(raw: bytes) -> list[str]:
	"""Pieces of all that a mail says: sender, subject, text and names of attachments.

	Args:
		raw: the mail.
	"""
	senders = getaddresses([decoded(message_from_bytes(raw).get("From"))])
	found = [text for sender in senders for text in sender if len(text) >= SHORTEST]
	return list(dict.fromkeys((*found, *text_phrases(raw))))


def text_phrases(raw: bytes) -> list[str]:
	"""Pieces of a mail's subject, text and names of attachments."""
	mail = message_from_bytes(raw)
	found = _windows(decoded(mail.get("Subject")))[:3] + body_phrases(raw)
	found += [decoded(part.get_filename()) for part in mail.walk() if part.get_filename()]
	return [text for text in dict.fromkeys(found) if len(text) >= SHORTEST]


def body_phrases(raw: bytes) -> list[str]:
	"""Pieces of a mail's text."""
	parts = [part for part in message_from_bytes(raw).walk() if part.get_content_maintype() == "text"]
	return _spread(_windows("\n".join(map(_text, parts))), WINDOWS_PER_MAIL)


def attachment_pieces(raw: bytes) -> list[bytes]:
	"""A piece from the middle of each attachment of a mail, as the sender's program had it."""
	pieces = []
	for part in message_from_bytes(raw).walk():
		content = (
			not part.is_multipart()
			and part.get_content_maintype() != "text"
			and part.get_payload(decode=True)
		)
		if content and len(content) >= WINDOW:
			middle = len(content) // 2
			pieces.append(content[middle - WINDOW // 2 : middle + WINDOW // 2])
	return pieces


def forms(text: str | bytes) -> set[bytes]:
	"""The ways in which a text or a piece of a file may stand somewhere.

	Args:
		text: what to look for.

	Returns:
		It as UTF-8, Latin-1 and UTF-16, escaped for HTML, JSON and SQL, URL-encoded, quoted-printable, in
		base64 at each of its three alignments and in hexadecimal.
	"""
	if isinstance(text, bytes):
		return {text, *_base64_forms(text), text.hex().encode(), text.hex().upper().encode()}
	plain = text.encode()
	found = {plain, text.encode("utf-16-le"), text.encode("utf-16-be")}
	found |= {
		html.escape(text).encode(),
		html.escape(text, quote=False).encode(),
		json.dumps(text)[1:-1].encode(),
	}
	found |= {quote(text).encode(), quote_plus(text).encode(), quote(text, safe="@").encode()}
	found |= {quopri.encodestring(plain).rstrip(b"\n"), text.replace("'", "\\'").encode()}
	found |= {*_base64_forms(plain), plain.hex().encode(), plain.hex().upper().encode()}
	try:
		found |= {text.encode("latin-1"), quopri.encodestring(text.encode("latin-1")).rstrip(b"\n")}
	except UnicodeEncodeError:
		pass
	return {form for form in found if len(form) >= SHORTEST}


class Search:
	"""A set of texts to look for.

	Args:
		texts: texts and pieces of files.
	"""

	def __init__(self, texts: Iterable[str | bytes]):
		self.forms = {text: forms(text) for text in texts}

	def forget_known(self, places: Places) -> None:
		"""Stop looking for texts that are in these places already, before any mail came."""
		for _place, content in places:
			for text in self._in(content):
				self.forms.pop(text)

	def found(self, places: Places) -> list[tuple[str, str | bytes]]:
		"""Return each place with a text that stands there, at most one entry for each pair."""
		return [(place, text) for place, content in places for text in self._in(content)]

	def _in(self, content: bytes) -> list[str | bytes]:
		return [text for text, ways in self.forms.items() if any(way in content for way in ways)]


def database_dump() -> Iterator[tuple[str, bytes]]:
	"""Every row of every table of the site, as mariadb-dump writes it."""
	program = shutil.which("mariadb-dump") or "mysqldump"
	conf = frappe.conf
	command = [
		*(
			program,
			"--no-defaults",
			f"--host={conf.db_host or '127.0.0.1'}",
			f"--port={conf.db_port or 3306}",
		),
		*(
			f"--user={conf.get('db_user') or conf.db_name}",
			"--single-transaction",
			"--quick",
			"--skip-lock-tables",
		),
		*("--no-create-info", "--default-character-set=utf8mb4", conf.db_name),
	]
	environment = {**os.environ, "MYSQL_PWD": conf.db_password}
	yield "database dump", subprocess.run(command, env=environment, check=True, capture_output=True).stdout


def site_files() -> Iterator[tuple[str, bytes]]:
	"""Names and contents of all files of the site: uploads, locks, logs, backups."""
	yield from _files_below(Path(frappe.get_site_path()).resolve(), "site")


def bench_logs() -> Iterator[tuple[str, bytes]]:
	"""All log files of the bench; they are shared by its sites."""
	yield from _files_below(Path(frappe.local.sites_path).resolve().parent / "logs", "logs")


def redis_values() -> Iterator[tuple[str, bytes]]:
	"""Names and values of all keys in both Redis servers; what RQ compressed is unpacked."""
	import redis

	for name in ("redis_cache", "redis_queue"):
		server = redis.Redis.from_url(frappe.conf[name])
		keys = list(server.scan_iter(count=1000))
		values = [value for key in keys for value in (key, *_redis_value(server, key))]
		yield name, b"\n".join(values)


def database_folder(since: float = 0) -> Iterator[tuple[str, bytes]]:
	"""The raw files of the database: this site's tables, redo, undo and binary logs.

	Tables may lag behind what was committed until `flush_tables` was called.

	Args:
		since: leave out files that were last written before this moment.

	Raises:
		OSError: the folder is another user's or on another machine.
	"""
	folder = Path(frappe.db.sql("select @@datadir")[0][0])
	for path in sorted((*folder.iterdir(), *(folder / frappe.conf.db_name).iterdir())):
		if path.is_file() and path.stat().st_mtime >= since and path.suffix not in (".pid", ".sock"):
			yield f"database folder: {path.name}", path.name.encode() + b"\n" + path.read_bytes()


def flush_tables(root) -> None:
	"""Make the database write what it holds in memory of this site's tables into their files.

	Args:
		root: connection of a user who may do so, as pymysql makes it.
	"""
	with root.cursor() as cursor:
		cursor.execute(
			"select table_name from information_schema.tables where table_schema = %s and engine = 'InnoDB'",
			(frappe.conf.db_name,),
		)
		tables = ", ".join(f"`{frappe.conf.db_name}`.`{row[0]}`" for row in cursor.fetchall())
		cursor.execute(f"flush tables {tables} for export")
		cursor.execute("unlock tables")
		cursor.execute("flush binary logs")


def _redis_value(server, key: bytes) -> Iterator[bytes]:
	kind = server.type(key)
	if kind == b"string":
		values = [server.get(key)]
	elif kind == b"hash":
		values = [part for pair in server.hgetall(key).items() for part in pair]
	elif kind == b"list":
		values = server.lrange(key, 0, -1)
	elif kind == b"set":
		values = server.smembers(key)
	elif kind == b"zset":
		values = server.zrange(key, 0, -1)
	elif kind == b"stream":
		values = [part for _id, entry in server.xrange(key) for pair in entry.items() for part in pair]
	else:
		values = []
	for value in values:
		# a key may expire between two looks at it
		if value:
			yield value
			yield _unpacked(value)


def _unpacked(value: bytes) -> bytes:
	for unpack in (zlib.decompress, gzip.decompress):
		try:
			return unpack(value)
		except (zlib.error, OSError, EOFError):
			continue
	return b""


def _files_below(folder: Path, label: str) -> Iterator[tuple[str, bytes]]:
	for parent, folders, names in os.walk(folder):
		folders[:] = [name for name in folders if name not in PASSED_OVER]
		for name in names:
			path = Path(parent, name)
			try:
				content = path.read_bytes()
			except FileNotFoundError:
				continue
			where = str(path.relative_to(folder))
			yield f"{label}: {where}", where.encode() + b"\n" + content + b"\n" + _unpacked(content)


def _windows(text: str) -> list[str]:
	"""Cut a text into runs of whole words of at least WINDOW characters, on one line each."""
	found = []
	for line in text.splitlines():
		run = ""
		for word in line.split():
			run = f"{run} {word}".strip()
			if len(run) >= WINDOW:
				found.append(run)
				run = ""
		if len(run) >= SHORTEST_REST:
			found.append(run)
	return found


def _spread(windows: list[str], count: int) -> list[str]:
	step = max(1, len(windows) / count)
	return [windows[int(n * step)] for n in range(min(count, len(windows)))]


def decoded(value: str | None) -> str:
	"""The text of a header; "" when it can't be read.

	Args:
		value: the header's value as it stands in the mail.
	"""
	try:
		return str(make_header(decode_header(str(value or "")))).strip()
	except (LookupError, UnicodeError, ValueError):
		return ""


def _text(part: Message) -> str:
	content = part.get_payload(decode=True) or b""
	try:
		text = content.decode(part.get_content_charset() or "utf-8")
	except (LookupError, UnicodeDecodeError):
		text = content.decode("ascii", errors="ignore")
	return html.unescape(TAG.sub("\n", text)) if part.get_content_subtype() == "html" else text


def _base64_forms(content: bytes) -> set[bytes]:
	"""The characters that stand for `content` in base64, wherever it begins within a longer text."""
	found = set()
	for shift in range(3):
		encoded = base64.b64encode(b"\0" * shift + content)
		# characters that also depend on what stands before and after are cut off
		first = (0, 2, 3)[shift]
		last = (shift + len(content)) * 8 // 6
		found.add(encoded[first:last])
		found.add(base64.urlsafe_b64encode(b"\0" * shift + content)[first:last])
	return found
