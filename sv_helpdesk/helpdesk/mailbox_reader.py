"""Read a desk's mailbox so that no mail is lost: marked or deleted only after its commit.

Frappe marks or deletes each mail while fetching it. Here the caller fetches one mail,
commits what came of it, and only then settles it on the server.
"""

import imaplib
import poplib
from collections.abc import Iterator

import frappe
from frappe.utils import cint

MAILS_PER_PULL = 100
# longer than any mail: poplib gives up at a mail with a longer line, and would do so at every pull
LONGEST_LINE = 1 << 30


def open_reader(account) -> "ImapReader | Pop3Reader | None":
	"""Connect to the mailbox of an Email Account; None when it can't be reached now.

	Args:
	        account: the Email Account document; host, login and OAuth are its own business.
	"""
	server = account.get_incoming_server(in_receive=True, email_sync_rule=account.build_email_sync_rule())
	if not server:
		return None
	if cint(account.use_imap):
		return ImapReader(server.imap, account) if getattr(server, "imap", None) else None
	return Pop3Reader(server.pop) if getattr(server, "pop", None) else None


class ImapReader:
	"""IMAP: unread mails, marked as read when settled; or, where the account syncs all mails,
	those beyond the highest UID settled so far, which is stored in the same transaction.
	"""

	def __init__(self, connection: imaplib.IMAP4, account):
		self.connection = connection
		self.account = account
		self.unseen_only = account.email_sync_option != "ALL"
		self.must_keep_order = not self.unseen_only
		self.missing: list[str] = []

	def mails(self) -> Iterator[tuple[object, bytes]]:
		"""Yield a handle and the raw mail, folder by folder, oldest first, 100 at most."""
		left = MAILS_PER_PULL
		for folder in self.account.imap_folder:
			if self.connection.select(f'"{folder.folder_name}"')[0] != "OK":
				self.missing.append(folder.folder_name)
				continue
			for uid in self._uids(folder)[:left]:
				left -= 1
				raw = self._fetch(uid)
				if raw is not None:
					yield (folder, uid), raw
				elif self.must_keep_order:
					break  # settling a later one would pass this one over

	def note(self, handle) -> None:
		"""Before the commit of a mail's outcome: what must be stored together with it."""
		folder, uid = handle
		if not self.unseen_only:
			frappe.db.set_value(
				"IMAP Folder",
				folder.name,
				{"uidnext": int(uid) + 1, "uidvalidity": self._uid_validity()},
				update_modified=False,
			)

	def settle(self, handle) -> None:
		"""After the commit: mark the mail as read."""
		_folder, uid = handle
		if self.unseen_only:
			self.connection.uid("STORE", uid, "+FLAGS", r"(\Seen)")

	def close(self) -> None:
		"""Log out."""
		self.connection.logout()

	def _uids(self, folder) -> list[bytes]:
		if self.unseen_only:
			found = self.connection.uid("SEARCH", None, "UNSEEN")[1][0]
			return (found or b"").split()
		first = cint(folder.uidnext) if folder.uidvalidity == self._uid_validity() else 1
		found = self.connection.uid("SEARCH", None, f"UID {max(first, 1)}:*")[1][0]
		# "n:*" names the last mail even when its UID is below n
		return [uid for uid in (found or b"").split() if int(uid) >= first]

	def _uid_validity(self) -> str:
		value = self.connection.response("UIDVALIDITY")[1][0] or b""
		self.connection.untagged_responses.setdefault("UIDVALIDITY", [value])
		return value.decode()

	def _fetch(self, uid: bytes) -> bytes | None:
		answer = self.connection.uid("FETCH", uid, "(BODY.PEEK[])")[1]
		return next((part[1] for part in answer if isinstance(part, tuple)), None)


class Pop3Reader:
	"""POP3: every mail there is; deleted when settled, which the server does at the end."""

	must_keep_order = False

	def __init__(self, connection):
		poplib._MAXLINE = LONGEST_LINE
		self.connection = connection

	def mails(self) -> Iterator[tuple[int, bytes]]:
		"""Yield the mail's number and the raw mail, 100 at most."""
		for line in self.connection.list()[1][:MAILS_PER_PULL]:
			number = int(line.split()[0])
			yield number, b"\r\n".join(self.connection.retr(number)[1]) + b"\r\n"

	def note(self, handle: int) -> None:
		"""POP3 stores nothing with the outcome."""

	def settle(self, handle: int) -> None:
		"""After the commit: delete the mail."""
		self.connection.dele(handle)

	def close(self) -> None:
		"""Say QUIT, at which the server deletes what was settled."""
		self.connection.quit()
