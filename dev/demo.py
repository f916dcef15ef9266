"""What the demo site holds, and who can log in there.

The machine's own Python imports this file too (for the logins), so Frappe and the app are imported inside functions.
"""

from email.utils import format_datetime, localtime

from dev.institution import PASSWORD, PEOPLE
from dev.layout import ROOT

MAILS = ROOT / "fixtures" / "mails"
REPORTED_AT = "ccp"
CASES = ROOT / "fixtures" / "um2024_cases.json"
LOGINS = tuple((person.function, person.user, PASSWORD) for person in PEOPLE)


def load_demo(site: str) -> None:
	"""Fill a fresh demo site: institution, the cases of 2024, and the mails of fixtures/mails by the real mail path.

	Called once, with Frappe connected to it and the mail servers of dev/demo_mail.py running.

	Args:
		site: name of the site.
	"""
	import frappe

	from dev.institution import make_institution, open_reporting_page
	from sv_helpdesk.reports.taking_over import take_over

	make_institution(_mail_ports())
	open_reporting_page(REPORTED_AT)
	take_over(CASES)
	frappe.db.commit()
	_take_in_mails()


def point_mailboxes(site: str) -> None:
	"""Put the ports that the mail servers have now into the site's Email Accounts.

	Args:
		site: name of the site.
	"""
	import frappe

	from dev.institution import DESK_ADDRESS, IT_ADDRESS

	mail = _mail_ports()
	for address in (DESK_ADDRESS, IT_ADDRESS):
		now = {"incoming_port": str(mail.imap), "smtp_port": str(mail.smtp), "enable_incoming": 1}
		frappe.db.set_value("Email Account", address, now)
		frappe.clear_document_cache("Email Account", address)


def print_logins() -> None:
	"""Print a line per role: role, user and password."""
	for role, user, password in LOGINS:
		print(f"  {role:32} {user:44} {password}")


def _mail_ports():
	from dev import demo_mail
	from dev.institution import MailPorts

	ports = demo_mail.ports()
	return MailPorts(ports["imap"], ports["pop3"], ports["smtp"])


def _take_in_mails() -> None:
	from dev import demo_mail
	from dev.institution import DESK_ADDRESS, IT_ADDRESS
	from dev.intake import do_jobs, mailboxes_of, read_mailbox
	from dev.intake_manifest import Manifest
	from dev.mailserver import Dovecot

	addresses = Manifest(DESK_ADDRESS, IT_ADDRESS, {})
	dovecot = Dovecot(demo_mail.FOLDER / "dovecot")
	for file in sorted(MAILS.glob("*.eml")):
		raw = file.read_bytes()
		for address in mailboxes_of(raw, addresses):
			# as any mail server does; the mails arrive today, whenever they were written
			dovecot.deliver(
				address, f"Received: by {address}; {format_datetime(localtime())}\n".encode() + raw
			)
	for address in (IT_ADDRESS, DESK_ADDRESS):
		read_mailbox(address)
	do_jobs()
