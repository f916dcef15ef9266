"""Earlier correspondence: mails of an old folder, each taken in as every mail of the desk and committed by itself.

So a job that is stopped or dies goes on where it was, and what was taken in already is known again by its content.
"""

import time
from collections.abc import Callable, Iterable

import frappe

from sv_helpdesk import access_log
from sv_helpdesk.crypto import file_journal, files
from sv_helpdesk.helpdesk import old_folders
from sv_helpdesk.helpdesk.email_account import take_in_or_hold
from sv_helpdesk.helpdesk.intake import Outcome
from sv_helpdesk.permissions.relations import COORDINATES

DOCTYPE = "SV Import"
RUNNING = "Running"
COUNTED = {"new": "cases", "appended": "added", "bounce": "added", "duplicate": "known", "held": "held"}
# a job ends itself before it is ended in the middle of a mail
MOST_SECONDS = 3000


def take_in_folder(name: str) -> bool:
	"""Go on with the folder of an import; return whether it is done.

	Args:
		name: of the SV Import.

	Raises:
		sv_helpdesk.helpdesk.email_account.IntakeError, OSError, imaplib.IMAP4.error: it is to be gone on with later.
		frappe.DoesNotExistError: there is no such folder any more.
	"""
	file_journal.sweep()
	row = frappe.db.get_value(DOCTYPE, name, ["desk", "file", "uid_validity", "position"], as_dict=True)
	account = frappe.get_doc("Email Account", frappe.db.get_value("SV Desk", row.desk, "email_account"))
	connected = old_folders.connect(account)
	try:
		reader = old_folders.FolderReader(connected, files.read(row.file, name).decode())
		positions = reader.positions()
		known = row.position if row.uid_validity == reader.numbering else ""
		frappe.db.set_value(DOCTYPE, name, {"total": len(positions), "uid_validity": reader.numbering})
		frappe.db.commit()
		left = (position for position in positions if position > (known or ""))
		return take_in(name, left, reader.mail_at, account.name)
	finally:
		connected.close()


def take_in(
	name: str,
	positions: Iterable[str],
	mail_at: Callable[[str], bytes | None],
	mailbox: str | None = None,
) -> bool:
	"""Take in mails one by one; return whether all were, and nobody stopped it.

	Args:
		name: of the SV Import, which keeps the numbers.
		positions: of the mails, in order.
		mail_at: returns the mail at a position.
		mailbox: Email Account that they are of.
	"""
	desk, asked_by = frappe.db.get_value(DOCTYPE, name, ["desk", "asked_by"])
	until = time.monotonic() + MOST_SECONDS
	for position in positions:
		if time.monotonic() > until or frappe.db.get_value(DOCTYPE, name, "status") != RUNNING:
			return False
		if raw := mail_at(position):
			take_in_or_hold(
				raw,
				desk,
				mailbox,
				lambda outcome, position=position: _note(name, position, outcome, asked_by),
				earlier=True,
			)
	return True


def _note(name: str, position: str, outcome: Outcome, asked_by: str) -> None:
	"""Store how far it is with what became of the mail."""
	counted = COUNTED[outcome.kind]
	number = frappe.db.get_value(DOCTYPE, name, counted) + 1
	frappe.db.set_value(DOCTYPE, name, {"position": position, counted: number})
	if outcome.kind == "new":
		access_log.record("Imported", "SV Report", outcome.report, outcome.report, COORDINATES, user=asked_by)
