"""Mails for tests, and Email Accounts that point at the loopback mail servers."""

from email.message import EmailMessage

from dev.mailserver import LOOPBACK

PASSWORD = "een wachtwoord"


def make_mail(
	sender="iemand@voorbeeld.example",
	to="meldpunt@voorbeeld.example",
	subject="Vraag",
	text="Goedemiddag",
	**headers,
):
	"""Return a plain mail as bytes.

	Args:
		sender: for From.
		to: for To.
		subject: for Subject.
		text: the body.
		headers: further headers; an underscore stands for a hyphen (`In_Reply_To="<1@x>"`).
	"""
	mail = EmailMessage()
	mail["From"], mail["To"], mail["Subject"] = sender, to, subject
	for name, value in headers.items():
		mail[name.replace("_", "-")] = value
	mail.set_content(text)
	return mail.as_bytes()


def connect_mailbox(frappe, server, sink, address, append_to=None, protocol="imap", **values):
	"""Make a mailbox on a Dovecot and an Email Account that reads it and sends through an SmtpSink.

	Args:
		frappe: the module, connected to a site.
		server: the Dovecot.
		sink: the SmtpSink.
		address: mail address of both; also the Email Account's name.
		append_to: doctype that incoming mails become.
		protocol: "imap" or "pop3".
		values: further fields of the Email Account.

	Returns:
		str: name of the Email Account, which is committed.
	"""
	server.add_user(address, PASSWORD)
	use_imap = protocol == "imap"
	account = frappe.get_doc(
		{
			"doctype": "Email Account",
			"email_account_name": address,
			"email_id": address,
			"password": PASSWORD,
			"enable_incoming": 1,
			"use_imap": int(use_imap),
			"email_server": LOOPBACK,
			"incoming_port": str(server.imap_port if use_imap else server.pop3_port),
			"use_ssl": 0,
			"email_sync_option": "UNSEEN",
			"initial_sync_count": "100",
			"append_to": append_to,
			"imap_folder": [{"folder_name": "INBOX", "append_to": append_to}] if use_imap else [],
			"enable_outgoing": 1,
			"smtp_server": LOOPBACK,
			"smtp_port": str(sink.port),
			"use_tls": 0,
			"no_smtp_authentication": 1,
			**values,
		}
	)
	account.insert()
	frappe.db.commit()
	return account.name
