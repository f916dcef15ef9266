"""Where the host's mail path enters: the class of every Email Account on the site.

A desk's own mailbox is read by us from the first byte. Other mailboxes are read by
whatever class the site has (Helpdesk's included); mails in them that are also addressed
to a desk are sealed like the others.
"""

import imaplib
import poplib
from collections.abc import Callable

import frappe
from frappe import _

from sv_helpdesk.crypto import file_journal
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.helpdesk import held_mail, incoming_mail, intake, mailbox_reader, mailboxes, sealed_ticket

OUR_CLASS = "sv_helpdesk.helpdesk.email_account.SealingEmailAccount"
HOST_CLASS = "frappe.email.doctype.email_account.email_account.EmailAccount"
# too many connections, shutdown, disk full, lock wait, deadlock, killed, no connection
PASSING_DATABASE_ERRORS = {0, 1040, 1053, 1021, 1205, 1213, 1927, 2002, 2003, 2006, 2013, 2014}
_classes: dict[type, type] = {}


class IntakeError(Exception):
	"""A mail could neither be taken in nor held; it stays on the mail server. Says nothing of it."""


def __getattr__(name: str) -> type:
	"""Return the site's Email Account class with our behaviour on top.

	Made when asked for: which class comes below depends on the apps of the current site.
	"""
	if name != "SealingEmailAccount":
		raise AttributeError(name)
	below = [
		path
		for path in frappe.get_hooks("override_doctype_class").get("Email Account", [])
		if path != OUR_CLASS
	]
	base = frappe.get_attr(below[-1] if below else HOST_CLASS)
	if base not in _classes:
		_classes[base] = type("SealingEmailAccount", (SealingMixin, base), {"__module__": __name__})
	return _classes[base]


class SealingMixin:
	"""Email Account behaviour for a site with confidential desks."""

	def receive(self) -> None:
		"""Called by the scheduler for each account."""
		desk = mailboxes.desk_of_account(self.name)
		if not desk:
			return super().receive()
		if self.enable_incoming:
			receive_for_desk(self, desk)

	def get_inbound_mails(self) -> list:
		"""As the site has it; mails that are also addressed to a desk get our processing."""
		if mailboxes.addresses():
			# a mail that can't be parsed must not show up in a log with its text
			be_quiet()
		return [sealing(mail) for mail in super().get_inbound_mails()]

	def handle_bad_emails(self, uid, raw, reason) -> None:
		"""What the host can't process it keeps in clear text; what is ours is held encrypted."""
		content = raw if isinstance(raw, bytes) else str(raw).encode()
		desk = mailboxes.desk_of_recipients(_recipients(content))
		if not desk:
			return super().handle_bad_emails(uid, raw, reason)
		held_mail.hold(content, desk, self.name, held_mail.NOT_PROCESSED)
		# the host has marked the mail as read already, and ends its pull with an error, which rolls back
		frappe.db.commit()


def receive_for_desk(account, desk: str) -> None:
	"""Read a desk's mailbox mail by mail: process, commit, then settle on the server.

	A mail that can't be processed is held encrypted. If the database itself fails, the mail
	stays on the server for the next time.

	Args:
	        account: the desk's Email Account.
	        desk: the SV Desk.
	"""
	be_quiet()
	if not frappe.db.get_value("SV Desk", desk, "enabled"):
		raise IntakeError(
			_(
				"Desk {0} is not in use, so its mailbox is not read. Put it in use, or stop the mailbox."
			).format(desk)
		)
	file_journal.sweep()
	reader = mailbox_reader.open_reader(account)
	if not reader:
		return
	failed = None
	try:
		try:
			for handle, raw in reader.mails():
				try:
					take_in_or_hold(
						raw, desk, account.name, lambda _outcome, handle=handle: reader.note(handle)
					)
				except IntakeError as error:
					failed = error
					if reader.must_keep_order:
						break
				else:
					reader.settle(handle)
		finally:
			reader.close()
	except (imaplib.IMAP4.error, poplib.error_proto, OSError) as error:
		# its text can have what the server said, and so a piece of a mail
		failed = IntakeError(
			_("The mail server broke off ({0}). What was not read yet is tried again.").format(
				type(error).__name__
			)
		)
	if failed:
		raise failed
	if missing := getattr(reader, "missing", None):
		raise IntakeError(
			_(
				"The mailbox {0} has no folder {1}, so no mail is read from it. Correct its IMAP folders."
			).format(account.name, ", ".join(missing))
		)


def take_in_or_hold(
	raw: bytes,
	desk: str,
	mailbox: str | None,
	before_commit: Callable[[intake.Outcome], None] = lambda outcome: None,
	earlier: bool = False,
) -> None:
	"""Take one mail in and commit; if that fails, hold it and commit.

	Args:
	        raw: the mail.
	        desk: SV Desk it is for.
	        mailbox: Email Account it was read from.
	        before_commit: called in the same transaction with what became of it.
	        earlier: see intake.take_in.

	Raises:
	        IntakeError: neither was possible.
	"""
	try:
		try:
			outcome = intake.take_in(raw, desk, mailbox, earlier=earlier)
		except Exception as error:
			frappe.db.rollback()
			frappe.clear_messages()
			if is_passing(error):
				raise
			kind = type(error).__name__
			held = held_mail.hold(
				raw, desk, mailbox, held_mail.NOT_PROCESSED, error_type=kind, earlier=earlier
			)
			outcome = intake.Outcome("held", message=held)
		before_commit(outcome)
		frappe.db.commit()
	except Exception as error:
		kind = type(error).__name__
	else:
		return
	frappe.db.rollback()
	raise IntakeError(
		_("A mail could not be taken in ({0}). It is still on the mail server and is tried again.").format(
			kind
		)
	)


def sealing(mail):
	"""Give an InboundMail of any class our processing on top; returns the same mail."""
	kind = type(mail)
	if kind not in _classes:
		_classes[kind] = type("SealingInboundMail", (SealingInboundMixin, kind), {"__module__": __name__})
	mail.__class__ = _classes[kind]
	return mail


class SealingInboundMixin:
	"""InboundMail behaviour for mailboxes that are not a desk's own."""

	def process(self):
		"""A mail that is also addressed to a desk becomes a sealed case; others go on as ever."""
		raw = self.raw_message if isinstance(self.raw_message, bytes) else self.raw_message.encode()
		desk = mailboxes.desk_of_recipients(_recipients(raw))
		if not desk:
			return super().process()
		take_in_or_hold(raw, desk, self.email_account.name)
		return None

	def reference_document(self):
		"""Never a sealed ticket, whatever number a subject names."""
		document = super().reference_document()
		if document and document.doctype == "HD Ticket" and sealed_ticket.is_sealed(document.name):
			self._reference_document = document = ""
		return document


def _recipients(raw: bytes) -> frozenset[str]:
	return incoming_mail.read_recipients(raw)


def is_passing(error: Exception) -> bool:
	"""Tell whether what failed may well succeed at the next try: the database was away, locked or full.

	Args:
		error: at which it failed.
	"""
	# by name: Frappe's versions use different drivers, with the same names for their errors
	if type(error).__name__ in ("OperationalError", "InternalError", "InterfaceError"):
		return not error.args or error.args[0] in PASSING_DATABASE_ERRORS
	return isinstance(error, OSError)
