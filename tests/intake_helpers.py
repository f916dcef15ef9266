"""A desk, an IT mailbox and real mail servers of a test's own on the site under test."""

from contextlib import contextmanager

import frappe

from dev import institution
from dev.intake import Surroundings
from dev.mailserver import Dovecot, SmtpSink

DESK = "meldpunt@intake.example"
IT = "it@intake.example"
TEAM = "Intake test"
WORKER = institution.Person("", "Roos Intake", "roos@intake.example", ("SV CCP Staff", "Agent"), "intake")


@contextmanager
def surroundings(folder, desk_first=False):
	"""Mail servers, two mailboxes and a desk of this test's own on the test site."""
	dovecot = Dovecot(folder / "dovecot")
	frappe.set_user("Administrator")
	in_test, frappe.flags.in_test = frappe.flags.in_test, False
	try:
		with SmtpSink() as sink, dovecot:
			for address in (DESK, IT):
				dovecot.add_user(address, institution.MAILBOX_PASSWORD)
			ports = institution.MailPorts(dovecot.imap_port, dovecot.pop3_port, sink.port)
			institution.make_people((WORKER,))
			institution.make_team(TEAM, [WORKER.user])
			institution.make_mailbox(IT, ports, default=True)
			institution.make_mailbox(DESK, ports)
			institution.make_desk("intake", "Intake", "Other", "Whole desk", (WORKER,))
			frappe.db.set_value("SV Desk", "intake", {"enabled": 1, "email_account": DESK, "hd_team": TEAM})
			frappe.db.commit()
			frappe.clear_document_cache("SV Desk", "intake")
			accounts = [DESK, IT] if desk_first else [IT, DESK]
			yield Surroundings(dovecot, sink, accounts, WORKER.user, TEAM)
	finally:
		frappe.db.rollback()
		frappe.set_user("Administrator")
		frappe.db.set_value("SV Desk", "intake", {"enabled": 0, "email_account": None})
		for account in (DESK, IT):
			frappe.delete_doc_if_exists("Email Account", account, force=True)
		frappe.db.commit()
		frappe.flags.in_test = in_test
		dovecot.remove()
