"""A desk with a real mailbox, for tests of the mail path."""

import pytest

import frappe

MAILBOX = "sociale-veiligheid@uni.example"
IT_MAILBOX = "servicedesk@uni.example"
PASSWORD = "not-a-secret"


def make_account(name: str, address: str, server, sink, **settings):
	"""Return an Email Account that reads `address` from Dovecot and sends through the sink."""
	server.add_user(address, PASSWORD)
	_remove_account(address)
	account = frappe.new_doc("Email Account")
	account.update(
		{
			"email_account_name": name,
			"email_id": address,
			"password": PASSWORD,
			"enable_incoming": 1,
			"email_server": "127.0.0.1",
			"use_imap": 1,
			"use_ssl": 0,
			"use_starttls": 0,
			"incoming_port": server.imap_port,
			"email_sync_option": "UNSEEN",
			"imap_folder": [{"folder_name": "INBOX", "append_to": "HD Ticket"}],
			"append_to": "HD Ticket",
			"enable_outgoing": 1,
			"smtp_server": "127.0.0.1",
			"smtp_port": sink.port,
			"no_smtp_authentication": 1,
			**settings,
		}
	)
	account.insert(ignore_if_duplicate=True)
	return account


def make_desk(account) -> str:
	"""Return the name of a CCP desk whose mailbox is `account`."""
	if frappe.db.exists("SV Desk", "ccp"):
		desk = frappe.get_doc("SV Desk", "ccp")
	else:
		desk = frappe.new_doc("SV Desk")
		desk.code = "ccp"
	desk.update(
		{
			"title": "Concerns & Complaints Point",
			"desk_type": "Concerns and complaints point",
			"enabled": 1,
			"visibility": "Whole desk",
			"email_account": account.name,
			"reply_name": "CCP",
		}
	)
	desk.save()
	return desk.name


@pytest.fixture
def ccp(imap_server, smtp_sink):
	"""The CCP's Email Account (IMAP) with its desk, on a site without cases; taken away afterwards."""
	empty_desks()
	default = frappe.db.get_value("Email Account", {"default_outgoing": 1})
	account = make_account("CCP", MAILBOX, imap_server, smtp_sink)
	account.desk = make_desk(account)
	frappe.db.commit()
	yield account
	frappe.db.rollback()
	empty_desks()
	if default:
		# a test may have made another account the default, which takes it from this one
		frappe.db.set_value("Email Account", default, "default_outgoing", 1)
		frappe.db.commit()


def empty_desks() -> None:
	"""Remove every case, mail, ticket and mailbox that a test of the mail path committed."""
	for doctype in (
		*("SV Report", "SV Party", "SV Message", "SV Attachment", "SV Held Mail", "SV Data Key", "SV Denied"),
		*("HD Ticket", "Communication", "Email Queue", "Unhandled Email", "Error Log"),
	):
		frappe.db.delete(doctype)
	frappe.db.sql("update `tabSV Desk` set email_account = null")
	for address in (MAILBOX, IT_MAILBOX):
		_remove_account(address)
	frappe.db.commit()
	frappe.clear_cache()


def _remove_account(address: str) -> None:
	for name in frappe.get_all("Email Account", filters={"email_id": address}, pluck="name"):
		frappe.db.delete("IMAP Folder", {"parent": name})
		frappe.db.delete("Email Account", {"name": name})
