"""Whether mail really comes in and goes out: asked of the mail servers, in words that carry nothing of theirs."""

import socket
from collections.abc import Iterator

import frappe
from frappe import _
from frappe.email.utils import get_port

from sv_helpdesk.crypto.quiet import be_quiet

# long enough for a server that is there
SECONDS = 5


def incoming(desk: str, mailbox: str) -> Iterator[str]:
	"""Log in to a desk's mailbox as the reader does, and out again; nothing is read or marked.

	Args:
		desk: its title.
		mailbox: the Email Account.
	"""
	account = frappe.get_doc("Email Account", mailbox)
	if not account.enable_incoming:
		yield _("The mailbox of {0} isn't read. Switch on “Enable Incoming” in its Email Account.").format(
			desk
		)
		return
	if not _answers(account.email_server, get_port(account)):
		yield _(
			"The mail server of {0} doesn't answer. Look at server and port in its Email Account."
		).format(desk)
		return
	if not _passes(account.get_incoming_server):
		yield _("The mailbox of {0} refuses us. Look at login and password in its Email Account.").format(
			desk
		)


def outgoing(desk: str, mailbox: str) -> Iterator[str]:
	"""Log in to the server by which answers of a desk leave; nothing is sent.

	Args:
		desk: its title.
		mailbox: the Email Account.
	"""
	account = frappe.get_doc("Email Account", mailbox)
	if not account.enable_outgoing or not account.smtp_server:
		yield _(
			"Answers of {0} can't leave. Switch on “Enable Outgoing” in its Email Account and name the server."
		).format(desk)
		return
	server = account.get_smtp_server()
	if not _answers(server.server, server.port):
		yield _(
			"The server by which mail of {0} leaves doesn't answer. Look at its server and port in its Email Account."
		).format(desk)
		return
	if not _passes(lambda: server.session):
		yield _(
			"The server by which mail of {0} leaves refuses us. Look at login and password in its Email Account."
		).format(desk)


def default_outgoing() -> Iterator[str]:
	"""Notices and digests leave from the site's own account: log in to its server; nothing is sent."""
	name = frappe.db.get_value("Email Account", {"enable_outgoing": 1, "default_outgoing": 1})
	if not name:
		yield _(
			"The site has no account for its own mails, so nobody is warned by mail. "
			"Switch on “Default Outgoing” in one Email Account."
		)
		return
	server = frappe.get_doc("Email Account", name).get_smtp_server()
	if not _answers(server.server, server.port) or not _passes(lambda: server.session):
		yield _(
			"The site's own mails can't leave, so nobody is warned by mail. "
			"Look at server, login and password in the Email Account with “Default Outgoing”."
		)


def _answers(server: str | None, port: int | str | None) -> bool:
	"""Tell whether somebody listens there; the host would wait for minutes."""
	try:
		with socket.create_connection((server or "", int(port or 0)), timeout=SECONDS):
			return True
	except (OSError, ValueError):
		return False


def _passes(logging_in) -> bool:
	"""Tell whether a login passes; what a server says of it is nobody's business."""
	be_quiet()
	try:
		return bool(logging_in())
	except Exception:
		frappe.clear_messages()
		return False
