"""Mails that leave a case: kept encrypted, built and sent in our own job.

Frappe's Email Queue keeps the text of what it sends for weeks; nothing of ours enters it.
An outgoing SV Message is Waiting until the mail server has taken it. After a crash it may
be sent twice, with the same Message-ID, but never not at all.
"""

import smtplib
from contextlib import suppress
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.utils import cint, get_datetime, now_datetime
from frappe.utils.background_jobs import enqueue as enqueue_job

from sv_helpdesk import access_log
from sv_helpdesk.crypto import blind_index
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.deadlines import with_reporter
from sv_helpdesk.helpdesk import clean_html
from sv_helpdesk.moments import this_minute
from sv_helpdesk.permissions import may_use_report
from sv_helpdesk.reporting import codes
from sv_helpdesk.social_safety import reporters
from sv_helpdesk.workflows import case

MAX_ATTEMPTS = 8
# Python would break an id that is too long for a line into encoded words, which no mail program takes
# for an id; Exchange makes such ids
UNFOLDED_IDS = SMTP.clone(max_line_length=998)
FIRST_PAUSE_MINUTES = 5


def acknowledge(report, mail) -> None:
	"""Put the desk's acknowledgement into the outbox: no content, to the sender alone.

	Args:
	        report: the new SV Report.
	        mail: the IncomingMail it came from.
	"""
	desk = frappe.get_cached_doc("SV Desk", report.desk)
	texts = [text for text in (desk.acknowledgement_nl, desk.acknowledgement_en) if text]
	_put(report, mail.sender, mail.message_id, clean_html.from_text("\n\n".join(texts)), acknowledgement=1)


@frappe.whitelist(methods=["POST"])
def reply(message: str, text: str, asks_reporter: bool | int | str = False) -> str:
	"""Answer a message of a case; the mail is sent by our job.

	Args:
	        message: name of the incoming SV Message that is answered.
	        text: plain text.
	        asks_reporter: whether it asks the reporter something; the desk's deadlines wait for the answer.

	Returns: the name of the new outgoing SV Message.

	Raises:
	        frappe.PermissionError: the user may not work on this case.
	        frappe.ValidationError: no text, no address to answer to, or a question to somebody else than a reporter.
	"""
	be_quiet()
	# what isn't there is refused like what is somebody else's
	if not may_use_report(frappe.db.get_value("SV Message", message, "report") or "", frappe.session.user):
		frappe.throw(_("You have no right to answer in this case."), frappe.PermissionError)
	incoming = frappe.get_doc("SV Message", message)
	if not text.strip():
		frappe.throw(_("There is no text to send. Write your answer first."))
	sender, on_page = incoming.opened("sender"), _is_read_on_page(incoming)
	if not (sender or on_page) or incoming.direction != "Incoming" or incoming.automatic:
		frappe.throw(_("This message has no address to answer to. Answer another message of the case."))
	asks = cint(asks_reporter)
	if asks and not reporters.wrote(incoming):
		frappe.throw(
			_(
				"This message isn't from the reporter. Send your answer without saying that it asks them something."
			)
		)
	report = frappe.get_doc("SV Report", incoming.report)
	if on_page:
		return lay_ready(report, text, asks_reporter=asks)
	answered = incoming.opened("message_id")
	return _put(report, sender, answered, clean_html.from_text(text), asks_reporter=asks)


def lay_ready(report, text: str, acknowledgement: int = 0, asks_reporter: int = 0) -> str:
	"""Put a message where the reporter finds it who comes back to the reporting page; that is all the sending.

	Args:
	        report: the SV Report.
	        text: plain text.
	        acknowledgement: whether it is the desk's acknowledgement of receipt.
	        asks_reporter: as in `reply`.

	Returns: the name of the new outgoing SV Message.
	"""
	message = _insert(
		report,
		{
			"channel": "Web form",
			"body": clean_html.from_text(text),
			"acknowledgement": acknowledgement,
			"asks_reporter": asks_reporter,
			"delivery_status": "Sent",
		},
	)
	_has_gone(message, report)
	return message.name


def _is_read_on_page(incoming) -> bool:
	"""Tell whether a message came by the reporting page, and its writer can still come back."""
	return incoming.is_of_page() and codes.is_open(incoming.report)


def enqueue() -> None:
	"""Send what is waiting in a job of its own, after this transaction."""
	enqueue_job(
		"sv_helpdesk.helpdesk.outbox.send_waiting",
		queue="short",
		job_name="sv_outbox",
		enqueue_after_commit=True,
	)


def send_waiting() -> int:
	"""Send every message that is due, one transaction each; return how many were sent."""
	be_quiet()
	# while the log can't be continued nothing leaves: what was sent would not be marked as sent
	access_log.end()
	sent = 0
	while name := _claim():
		sent += _send(frappe.get_doc("SV Message", name))
		frappe.db.commit()
	frappe.db.rollback()
	return sent


def _put(
	report, recipient: str, answers: str, body: str, acknowledgement: int = 0, asks_reporter: int = 0
) -> str:
	domain = _mailbox(report.desk).email_id.partition("@")[2]
	message_id = f"{frappe.generate_hash(length=32)}@{domain}"
	message = _insert(
		report,
		{
			"channel": "E-mail",
			"subject": f"{_('Your message', lang=report.language)} [{report.case_number}]",
			"body": body,
			"recipient": recipient,
			"message_id": message_id,
			"in_reply_to": answers,
			"message_index": blind_index("message", message_id),
			"acknowledgement": acknowledgement,
			"asks_reporter": asks_reporter,
			"delivery_status": "Waiting",
			"next_attempt_at": now_datetime(),
		},
	)
	enqueue()
	return message.name


def _insert(report, values: dict):
	message = frappe.new_doc("SV Message")
	message.update(
		{
			"report": report.name,
			"direction": "Outgoing",
			"message_at": this_minute(),
			"author": None if values["acknowledgement"] else frappe.session.user,
			**values,
		}
	)
	message.flags.from_outbox = True
	# the right to answer was checked by `reply`; the acknowledgement has no user
	message.insert(ignore_permissions=True)
	return message


def _claim() -> str | None:
	"""Lock and return one due message; those another worker holds are passed over."""
	message = frappe.qb.DocType("SV Message")
	rows = (
		frappe.qb.from_(message)
		.select(message.name)
		.where((message.delivery_status == "Waiting") & (message.next_attempt_at <= now_datetime()))
		.orderby(message.next_attempt_at)
		.limit(1)
		.for_update(skip_locked=True)
		.run()
	)
	return rows[0][0] if rows else None


def _send(message) -> bool:
	if cint(frappe.conf.mute_emails) or frappe.flags.mute_emails:
		return _postpone(message, "muted")
	try:
		# whatever is wrong with one message, also a desk without a mailbox, must not hold up the others
		report = frappe.get_doc("SV Report", message.report)
		account = _mailbox(report.desk)
		content = _build(message, frappe.get_cached_doc("SV Desk", report.desk), account)
		server = account.get_smtp_server()
		# named, for smtplib would take no address out of a To that is no proper one, and call that sent
		server.session.send_message(content, to_addrs=[message.open_for_delivery("recipient")])
	except smtplib.SMTPRecipientsRefused as error:
		code = next(iter(error.recipients.values()))[0]
		return _postpone(message, str(code)) if 400 <= code < 500 else _fail(message, str(code))
	except smtplib.SMTPResponseException as error:
		code = error.smtp_code
		return _postpone(message, str(code)) if 400 <= code < 500 else _fail(message, str(code))
	except Exception as error:
		# no log of it: its text could hold the address or the mail
		frappe.clear_messages()
		return _postpone(message, type(error).__name__)
	# the mail server has it; a goodbye that fails must not send it again
	with suppress(Exception):
		server.quit()
	message.db_set({"delivery_status": "Sent", "delivery_error": "", "attempts": message.attempts + 1})
	_has_gone(message, report)
	return True


def _has_gone(message, report) -> None:
	access_log.record("Delivered", "SV Message", message.name, message.report)
	if message.acknowledgement and not report.acknowledged_at:
		case.acknowledged(report.name)
	with_reporter.message_went(message)


def _build(message, desk, account) -> EmailMessage:
	content = EmailMessage(policy=UNFOLDED_IDS)
	content["From"] = formataddr((desk.reply_name or desk.title, account.email_id))
	content["To"] = message.open_for_delivery("recipient")
	content["Subject"] = message.open_for_delivery("subject")
	content["Date"] = format_datetime(
		get_datetime(message.message_at).replace(tzinfo=ZoneInfo(frappe.utils.get_system_timezone()))
	)
	content["Message-ID"] = f"<{message.open_for_delivery('message_id')}>"
	if answered := message.open_for_delivery("in_reply_to"):
		content["In-Reply-To"] = content["References"] = f"<{answered}>"
	if message.acknowledgement:
		content["Auto-Submitted"] = "auto-replied"
		content["X-Auto-Response-Suppress"] = "All"
	content.set_content(clean_html.to_text(message.open_for_delivery("body")))
	return content


def _postpone(message, error: str) -> bool:
	attempts = message.attempts + 1
	if attempts >= MAX_ATTEMPTS:
		return _fail(message, error)
	pause = timedelta(minutes=FIRST_PAUSE_MINUTES * 2 ** (attempts - 1))
	message.db_set({"attempts": attempts, "delivery_error": error, "next_attempt_at": now_datetime() + pause})
	return False


def _fail(message, error: str) -> bool:
	message.db_set({"delivery_status": "Failed", "delivery_error": error, "attempts": message.attempts + 1})
	return False


def _mailbox(desk: str):
	return frappe.get_doc("Email Account", frappe.db.get_value("SV Desk", desk, "email_account"))
