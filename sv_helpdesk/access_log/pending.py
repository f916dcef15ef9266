"""What was recorded and is not in the table yet: rows are written at the end of the transaction.

A commit writes them as its last act, in the same transaction: they hold the end of the log
for the shortest time, and what was done and what was logged stand or fall together. A GET
ends in a rollback on Frappe, and letting it commit would let a link in a mail change data;
so what such a request opened is written afterwards, in a transaction of its own (requests.py).
"""

import ipaddress
from datetime import datetime, timezone

import frappe
from frappe.utils import cstr

from sv_helpdesk.access_log import chain
from sv_helpdesk.access_log.belonging import case_of

ACTIONS = (
	*("Opened", "Changed", "Printed", "Downloaded", "Exported"),
	*("Shared", "Granted", "Revoked", "Refused", "Delivered", "Imported"),
)
# what has happened when an answer leaves, whatever became of the transaction
READING = ("Opened", "Printed", "Downloaded", "Exported", "Shared")
# what stays true of a request whose transaction was rolled back
STAYING = (*READING, "Refused")


def record(
	action: str,
	doctype: str,
	name: str,
	report: str | None = None,
	right: str | None = None,
	user: str | None = None,
) -> None:
	"""Note what somebody did with a document; the row is written with the commit.

	Args:
	        action: one of ACTIONS.
	        doctype: the document's type.
	        name: its name; empty for an export of many.
	        report: name of the case it belongs to, where that is known; else it is looked up.
	        right: by what right, as permissions.rules.by_what_right names it.
	        user: for whom a job does it; the session's user where not given.

	Raises:
	        ValueError: unknown action.
	"""
	if action not in ACTIONS:
		raise ValueError(f"unknown action: {action}")
	row = row_of(action, doctype, name, report, right)
	of_this_transaction().add(row | ({"user": user} if user else {}))


def write_now() -> None:
	"""Write what was recorded at once; the end of the log stays locked until this transaction ends.

	For who must see the rows before the commit: a test, or the person whose reading they are about.
	"""
	of_this_transaction().write()


class Pending:
	"""The rows of one transaction that are not written yet."""

	def __init__(self):
		self.rows: dict[tuple[str, str, str], dict] = {}
		self.watching = False

	def add(self, row: dict) -> None:
		"""Keep a row until the commit; the same action on the same document counts once."""
		self.rows.setdefault((row["action"], row["document_type"], row["document_name"]), row)
		if not self.watching:
			# a function that reads from a replica has put its connection in place of the real one
			database = getattr(frappe.local, "primary_db", None) or frappe.local.db
			database.before_commit.add(self.write)
			database.after_rollback.add(self.rolled_back)
			self.watching = True

	def has(self, action: str, doctype: str, name: str) -> bool:
		"""Tell whether this is recorded already in this transaction."""
		return (action, doctype, cstr(name)) in self.rows

	def take(self) -> list[dict]:
		"""Hand over the rows and forget them."""
		rows, self.rows = list(self.rows.values()), {}
		return rows

	def write(self) -> None:
		"""Append the rows to the log."""
		self.watching = False
		if rows := self.take():
			chain.append(rows)

	def rolled_back(self) -> None:
		"""What was done is undone; what a request has read may still be answered, a no stays a no."""
		self.watching = False
		answering = bool(getattr(frappe.local, "request", None))
		self.rows = {key: row for key, row in self.rows.items() if answering and key[0] in STAYING}


def of_this_transaction() -> Pending:
	"""Return what waits to be written."""
	if not getattr(frappe.local, "sv_access_log", None):
		frappe.local.sv_access_log = Pending()
	return frappe.local.sv_access_log


def from_address() -> str:
	"""Return where the session's user comes from: an IP address, or "job" or "command"."""
	if request := getattr(frappe.local, "request", None):
		forwarded = request.headers.get("X-Forwarded-For", "").split(",")[0].strip()
		# a client can send any text there, also "command"
		return forwarded if _is_address(forwarded) else cstr(request.remote_addr)
	return "job" if getattr(frappe.local, "job", None) else "command"


def _is_address(text: str) -> bool:
	try:
		# after "%" an address may have any text
		return bool(ipaddress.ip_address(text)) and "%" not in text
	except ValueError:
		return False


def row_of(action: str, doctype: str, name: str, report: str | None = None, right: str | None = None) -> dict:
	"""Return a row about the session's user and this moment, as `chain.append` takes it."""
	return {
		"name": frappe.generate_hash(length=20),
		"logged_at": datetime.now(timezone.utc).replace(tzinfo=None),
		"user": frappe.session.user,
		"action": action,
		"document_type": doctype,
		"document_name": cstr(name),
		"report": report or case_of(doctype, cstr(name)),
		"by_right": right or "",
		"from_address": from_address(),
	}
