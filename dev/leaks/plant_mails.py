"""What comes by real mail: an ordinary ticket of the IT helpdesk, and the case `ccp2` with its sealed ticket."""

from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

import frappe
from frappe.utils import cstr

from dev.institution import DESK_ADDRESS, IT_ADDRESS, MAILBOX_PASSWORD, MailPorts, make_institution
from dev.intake import do_jobs, read_mailbox
from dev.leaks.canaries import HOST
from dev.leaks.planter import Planter
from dev.mailserver import Dovecot, SmtpSink

WRITER = "rietje.kolk@buiten.example"
BY_MAIL = "ccp2"


@contextmanager
def jobs_at_once() -> Iterator[None]:
	"""Do at once what follows from a new user: a worker's process for each of them would take a minute."""
	frappe.flags.in_test = True
	try:
		yield
	finally:
		frappe.flags.in_test = False


class Post:
	"""The institution's mail servers; a context manager. Helpdesk 1.9 makes no ticket when its mail can't leave."""

	def __init__(self, folder: Path):
		"""Make them.

		Args:
			folder: empty folder of this run.
		"""
		self.dovecot, self.sink = Dovecot(folder / "dovecot"), SmtpSink()

	def __enter__(self) -> "Post":
		self.sink.__enter__()
		self.dovecot.__enter__()
		for address in (DESK_ADDRESS, IT_ADDRESS):
			self.dovecot.add_user(address, MAILBOX_PASSWORD)
		with jobs_at_once():
			make_institution(MailPorts(self.dovecot.imap_port, self.dovecot.pop3_port, self.sink.port))
		return self

	def __exit__(self, *exc_info) -> None:
		self.dovecot.__exit__(*exc_info)
		self.sink.__exit__(*exc_info)
		self.dovecot.remove()

	def bring(self, to: str, mail: EmailMessage) -> None:
		"""Deliver a mail and read the mailbox."""
		mail["To"], mail["Date"] = to, formatdate()
		self.dovecot.deliver(to, mail.as_bytes())
		read_mailbox(to)


def plant_mails(planter: Planter, post: Post) -> None:
	"""Send both mails and a second one to the case; the same person writes to the helpdesk and to the desk."""
	helpdesk = "helpdesk/HD Ticket/by mail"
	mail = _mail(WRITER, f"Printer {planter.word(f'{helpdesk}/subject', HOST)}", planter.word(helpdesk, HOST))
	post.bring(IT_ADDRESS, mail)
	ticket = frappe.get_last_doc("HD Ticket")
	planter.documents[helpdesk] = ("HD Ticket", cstr(ticket.name))
	place = f"{BY_MAIL}/SV Message/by mail"
	mail = _mail(
		f"{planter.word(f'{place}/sender')} <{WRITER}>",
		f"Melding {planter.word(f'{place}/subject')}",
		f"{planter.word(f'{place}/body')} is wat er gebeurde.\n",
	)
	attachment = f"{BY_MAIL}/SV Attachment/by mail"
	content = f"{planter.word(f'{attachment}/content')} staat in het bestand\n".encode() * 3
	name = f"{planter.word(f'{attachment}/original_name')}.txt"
	mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
	first = mail["Message-ID"]
	post.bring(DESK_ADDRESS, mail)
	_take_in(planter)
	again = f"{BY_MAIL}/SV Message/second mail"
	mail = _mail(WRITER, "Re: Melding", f"{planter.word(f'{again}/body')} kwam er nog bij.\n")
	mail["In-Reply-To"] = first
	post.bring(DESK_ADDRESS, mail)
	held = _mail(
		f"{planter.word(f'{BY_MAIL}/SV Held Mail/automatic/sender')}@buiten.example",
		planter.word(f"{BY_MAIL}/SV Held Mail/automatic/subject"),
		planter.word(f"{BY_MAIL}/SV Held Mail/automatic/body"),
	)
	held["Auto-Submitted"] = "auto-replied"
	post.bring(DESK_ADDRESS, held)
	for doctype, label in (("SV Held Mail", "automatic"), ("SV Message", "second mail")):
		newest = frappe.get_last_doc(
			doctype, filters={"direction": "Incoming"} if doctype == "SV Message" else None
		)
		planter.take_in(BY_MAIL, label, newest)
	do_jobs()


def _mail(sender: str, subject: str, text: str) -> EmailMessage:
	mail = EmailMessage()
	mail["From"], mail["Subject"], mail["Message-ID"] = sender, subject, make_msgid(domain="buiten.example")
	mail.set_content(text)
	return mail


def _take_in(planter: Planter) -> None:
	"""Register what the desk's mail became."""
	report = planter.take_in(BY_MAIL, "case", frappe.get_last_doc("SV Report", filters={"channel": "E-mail"}))
	planter.documents[f"{BY_MAIL}/HD Ticket/ticket"] = ("HD Ticket", report.ticket)
	for doctype, label in (("SV Message", "by mail"), ("SV Party", "reporter"), ("SV Attachment", "by mail")):
		filters = {"report": report.name, **({"direction": "Incoming"} if doctype == "SV Message" else {})}
		planter.take_in(BY_MAIL, label, frappe.get_last_doc(doctype, filters=filters))
	file = frappe.db.get_value("SV Attachment", {"report": report.name}, "file")
	planter.documents[f"{BY_MAIL}/File/by mail"] = ("File", file)
	planter.registry.add(file, f"{BY_MAIL}/File/by mail/name")
