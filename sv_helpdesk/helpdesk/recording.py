"""Stores what a mail says: as a new case, and as a message of one with its files."""

from datetime import datetime

from frappe.utils import convert_utc_to_system_timezone

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.helpdesk import from_outside, mailboxes
from sv_helpdesk.helpdesk.incoming_mail import IncomingMail
from sv_helpdesk.moments import this_minute, to_minute

EARLIER = "earlier_correspondence"


def make_case(mail: IncomingMail, desk: str, attention: list[str], earlier: bool = False):
	"""Insert the case that a mail begins, without a message; its reporter is who wrote, or whom the desk wrote to.

	Args:
	        mail: the first one.
	        desk: SV Desk it is addressed to, or which wrote it.
	        attention: codes of what staff should be warned of.
	        earlier: see intake.take_in.

	Returns: the SV Report.
	"""
	values = {
		"kind": "Report",
		"desk": desk,
		"first_desk": desk,
		"channel": "E-mail",
		"confidentiality": "Confidential",
		"received_at": _received_at(mail),
		"subject": mail.subject,
		"attention": "\n".join([EARLIER, *attention] if earlier else attention),
	}
	if earlier:
		# of what has such a key no clock starts, now or later
		values["import_key"] = f"{desk}/mail/{blind_index('content', mail.fingerprint)[:20]}"
	return from_outside.make_case(values, {"party_role": "Reporter", **_reporter(mail, earlier)})


def record(
	mail: IncomingMail, report: str, attention: list[str], automatic: int = 0, earlier: bool = False
) -> str:
	"""Store a mail that came in as a message of a case, with its files; return the message's name.

	Args:
	        mail: the mail.
	        report: name of the SV Report.
	        attention: as in `make_case`.
	        automatic: whether a program wrote it.
	        earlier: see intake.take_in.
	"""
	values = {
		"sender_index": blind_index("address", mail.sender),
		"attention": "\n".join(attention),
		"automatic": automatic,
	}
	return from_outside.add_message(report, _said(mail) | values, mail.attachments, taken_over=earlier)


def record_own(mail: IncomingMail, report: str) -> str:
	"""Store a mail that the desk wrote before this app as a message of a case; return the message's name.

	Args:
	        mail: the mail.
	        report: name of the SV Report.
	"""
	values = {"direction": "Outgoing", "recipient": ", ".join(mail.written_to)}
	return from_outside.add_message(report, _said(mail) | values, mail.attachments, taken_over=True)


def _said(mail: IncomingMail) -> dict:
	return {
		"channel": "E-mail",
		"message_at": _received_at(mail),
		"subject": mail.subject,
		"body": mail.body,
		"sender": mail.sender,
		"message_id": mail.message_id,
		"in_reply_to": mail.references[0] if mail.references else None,
		"message_index": blind_index("message", mail.message_id),
		"content_index": blind_index("content", mail.fingerprint),
	}


def _reporter(mail: IncomingMail, earlier: bool) -> dict[str, str]:
	ours = mailboxes.addresses() if earlier else {}
	if mail.sender in ours:
		return {"email_address": next((address for address in mail.written_to if address not in ours), "")}
	return {"person_name": mail.sender_name, "email_address": mail.sender}


def _received_at(mail: IncomingMail) -> datetime:
	"""Site time at which our mail server took the mail in; now, where a header is missing or in the future."""
	now = this_minute()
	if not mail.received_at:
		return now
	received = convert_utc_to_system_timezone(mail.received_at.replace(tzinfo=None)).replace(tzinfo=None)
	return min(to_minute(received), now)
