"""The folders of a desk's own mailbox besides those it is read from, only looked at: no mail is marked or deleted."""

import imaplib
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass

import frappe
from frappe import _

from sv_helpdesk.helpdesk import incoming_mail, mailbox_reader
from sv_helpdesk.helpdesk.mailbox_reader import ImapReader

LISTED = re.compile(rb'\((?P<flags>[^)]*)\) (?:"(?:[^"\\]|\\.)*"|NIL) (?P<name>.*)', re.DOTALL)
NUMBER = re.compile(rb"MESSAGES (\d+)")
UID = re.compile(rb"UID (\d+)")
# IMAP writes what isn't ASCII in a UTF-7 of its own (RFC 3501, 5.1.3)
ENCODED = re.compile(r"&([A-Za-z0-9+,]*)-")
HEADERS_AT_ONCE = 500
UNDATED = "0000"


@dataclass(frozen=True)
class Folder:
	"""A folder.

	Attributes:
		name: as the server has it.
		title: as people read it.
		mails: how many there are.
	"""

	name: str
	title: str
	mails: int


def connect(account) -> ImapReader:
	"""Connect to a desk's mailbox; the caller closes it.

	Args:
		account: the desk's Email Account.

	Raises:
		frappe.ValidationError: it has no folders.
		ConnectionError: it can't be reached now.
	"""
	if not account.use_imap:
		frappe.throw(_("This mailbox is read by POP3, which knows no folders. Read it by IMAP."))
	reader = mailbox_reader.open_reader(account)
	if not reader:
		raise ConnectionError
	return reader


def folders(reader: ImapReader) -> list[Folder]:
	"""Return the folders from which no mail is read as it comes, by title.

	Args:
		reader: see `connect`.
	"""
	read_anyway = {row.folder_name.upper() for row in reader.account.imap_folder}
	found = []
	for line in reader.connection.list()[1]:
		match = LISTED.fullmatch(b"".join(line) if isinstance(line, tuple) else line or b"")
		if not match or b"\\noselect" in match["flags"].lower():
			continue
		name = _unquoted(match["name"].decode(errors="replace"))
		if name.upper() not in read_anyway:
			found.append(Folder(name, _readable(name), _number(reader.connection, name)))
	return sorted(found, key=lambda folder: folder.title.casefold())


class FolderReader(ImapReader):
	"""Reads one folder by the dates of its mails, so that a question comes before its answer.

	Args:
		reader: see `connect`; goes on with its connection.
		folder: name of the folder as the server has it.

	Raises:
		frappe.DoesNotExistError: there is no such folder (any more).
	"""

	def __init__(self, reader: ImapReader, folder: str):
		super().__init__(reader.connection, reader.account)
		if self.connection.select(_quoted(folder), readonly=True)[0] != "OK":
			raise frappe.DoesNotExistError

	@property
	def numbering(self) -> str:
		"""Which numbering of the mails holds now; with another one positions mean nothing."""
		return self._uid_validity()

	def positions(self) -> list[str]:
		"""Return the position of every mail: date and number, in order."""
		uids = (self.connection.uid("SEARCH", None, "ALL")[1][0] or b"").split()
		starts = range(0, len(uids), HEADERS_AT_ONCE)
		return sorted(
			position for start in starts for position in self._dated(uids[start : start + HEADERS_AT_ONCE])
		)

	def mail_at(self, position: str) -> bytes | None:
		"""Return the raw mail at a position, or None if it was taken away meanwhile."""
		return self._fetch(position.split()[1].lstrip("0").encode())

	def _dated(self, uids: list[bytes]) -> Iterator[str]:
		answer = self.connection.uid(
			"FETCH", b",".join(uids), "(UID BODY.PEEK[HEADER.FIELDS (RECEIVED DATE)])"
		)[1]
		for place, part in enumerate(answer):
			if not isinstance(part, tuple):
				continue
			after = answer[place + 1] if place + 1 < len(answer) else b""
			uid = UID.search(part[0]) or UID.search(after if isinstance(after, bytes) else b"")
			moment = incoming_mail.read_date(part[1])
			yield (
				f"{moment:%Y-%m-%dT%H:%M:%S} {int(uid[1]):010d}"
				if moment
				else f"{UNDATED} {int(uid[1]):010d}"
			)


def _number(connection: imaplib.IMAP4, name: str) -> int:
	answer = connection.status(_quoted(name), "(MESSAGES)")[1]
	match = NUMBER.search(answer[0] or b"")
	return int(match[1]) if match else 0


def _quoted(name: str) -> str:
	return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _unquoted(name: str) -> str:
	if not name.startswith('"'):
		# after the length of a literal comes the name itself
		return re.sub(r"^\{\d+\}(?:\r\n)?", "", name)
	return re.sub(r"\\(.)", r"\1", name[1:-1])


def _readable(name: str) -> str:
	def decoded(match: re.Match) -> str:
		return b64decode(match[1].replace(",", "/") + "==").decode("utf-16-be") if match[1] else "&"

	try:
		return ENCODED.sub(decoded, name)
	except ValueError:
		return name
