"""From one mail to a sealed ticket and an encrypted case.

Nothing here commits: all of it lands, or none. Clear text stays in memory; what is
inserted is encrypted before the first statement that carries it.
"""

from dataclasses import dataclass
from datetime import timedelta

import frappe
from frappe.utils import convert_utc_to_system_timezone, now_datetime

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.helpdesk import from_outside, held_mail, incoming_mail, outbox, threads
from sv_helpdesk.helpdesk.incoming_mail import IncomingMail
from sv_helpdesk.moments import this_minute, to_minute

UNKNOWN_SENDER_REFERS = "unknown_sender_refers_to_case"
SAME_ID_OTHER_CONTENT = "same_message_id_other_content"
NO_SENDER = "no_sender_address"
GENERATED = "sent_by_a_program"
# another helpdesk confirms each mail it gets with one of its own, and ours would confirm that
ACKNOWLEDGED_A_DAY = 5


@dataclass(frozen=True)
class Outcome:
	"""What became of a mail.

	kind: "new" or "appended" case message, "duplicate", "bounce", "held".
	report, message: names of the documents, where there are any.
	"""

	kind: str
	report: str | None = None
	message: str | None = None


def take_in(raw: bytes, desk: str, mailbox: str | None, by_hand: bool = False) -> Outcome:
	"""Make of one mail what it is: a new case, a message of a known case, or a held mail.

	Args:
	        raw: the mail as the server holds it.
	        desk: SV Desk it is addressed to.
	        mailbox: Email Account it was read from.
	        by_hand: somebody decided that this is a message, whatever its headers say.
	"""
	be_quiet()
	mail = incoming_mail.read(raw)
	# one mail at a time for each desk: the same mail may come from two mailboxes at once
	frappe.db.get_value("SV Desk", desk, "name", for_update=True)
	if duplicate := _count_duplicate(mail, desk):
		return duplicate
	if mail.is_delivery_report and not by_hand:
		return _take_in_bounce(mail, raw, desk, mailbox)
	report, attention = threads.case_of(mail, desk)
	if mail.is_auto_reply and not by_hand:
		if report:
			message = _record(mail, report, attention, automatic=1)
			return Outcome("appended", report, message)
		return Outcome("held", message=held_mail.hold(raw, desk, mailbox, held_mail.AUTOMATIC_REPLY, mail))
	attention += _warnings(mail, desk)
	if report:
		message = _record(mail, report, attention)
		if attention:
			from_outside.flag(report, attention)
		return Outcome("appended", report, message)
	return _new_case(mail, desk, attention)


def _new_case(mail: IncomingMail, desk: str, attention: list[str]) -> Outcome:
	report = from_outside.make_case(
		{
			"kind": "Report",
			"desk": desk,
			"first_desk": desk,
			"channel": "E-mail",
			"confidentiality": "Confidential",
			"received_at": _received_at(mail),
			"subject": mail.subject,
			"attention": "\n".join(attention),
		},
		{"party_role": "Reporter", "person_name": mail.sender_name, "email_address": mail.sender},
	)
	message = _record(mail, report.name, attention)
	from_outside.queue(report)
	if mail.sender and not mail.is_generated and not _answers_itself(mail):
		outbox.acknowledge(report, mail)
	return Outcome("new", report.name, message)


def _answers_itself(mail: IncomingMail) -> bool:
	"""Tell whether so many mails of this address came today that a program may be answering our answers."""
	today = {
		"sender_index": blind_index("address", mail.sender),
		"direction": "Incoming",
		"creation": [">", now_datetime() - timedelta(days=1)],
	}
	return frappe.db.count("SV Message", today) > ACKNOWLEDGED_A_DAY


def _record(mail: IncomingMail, report: str, attention: list[str], automatic: int = 0) -> str:
	"""Store the mail as a message of a case, with its files; return the message's name."""
	values = {
		"channel": "E-mail",
		"message_at": _received_at(mail),
		"subject": mail.subject,
		"body": mail.body,
		"sender": mail.sender,
		"message_id": mail.message_id,
		"in_reply_to": mail.references[0] if mail.references else None,
		"sender_index": blind_index("address", mail.sender),
		"message_index": blind_index("message", mail.message_id),
		"content_index": blind_index("content", mail.fingerprint),
		"attention": "\n".join(attention),
		"automatic": automatic,
	}
	return from_outside.add_message(report, values, mail.attachments)


def _count_duplicate(mail: IncomingMail, desk: str) -> Outcome | None:
	"""The same mail again (two mailboxes, a fetch after a crash): count it on the first one.

	Each desk has its own: a mail to two desks is a case at both (R3).
	"""
	content = blind_index("content", mail.fingerprint)
	message, report = frappe.qb.DocType("SV Message"), frappe.qb.DocType("SV Report")
	known = (
		frappe.qb.from_(message)
		.inner_join(report)
		.on(report.name == message.report)
		.select(message.name, message.report, message.duplicates)
		.where((message.content_index == content) & (report.desk == desk))
		.limit(1)
		.for_update()
		.run(as_dict=True)
	)
	if known:
		(row,) = known
		frappe.db.set_value(
			"SV Message", row.name, "duplicates", (row.duplicates or 0) + 1, update_modified=False
		)
		return Outcome("duplicate", row.report, row.name)
	held = {"content_index": content, "desk": desk}
	if name := frappe.db.get_value("SV Held Mail", held, for_update=True):
		return Outcome("duplicate", message=name)
	return None


def _take_in_bounce(mail: IncomingMail, raw: bytes, desk: str, mailbox: str) -> Outcome:
	"""A delivery report: shown on the case whose mail could not be delivered, else held."""
	indexes = [blind_index("message", message_id) for message_id in mail.reported_ids]
	ours = indexes and frappe.db.get_value(
		"SV Message", {"message_index": ["in", indexes], "direction": "Outgoing"}, ["name", "report"]
	)
	if not ours or not threads.of_desk(ours[1], desk):
		return Outcome("held", message=held_mail.hold(raw, desk, mailbox, held_mail.DELIVERY_FAILURE, mail))
	message, report = ours
	frappe.db.set_value("SV Message", message, "delivery_status", "Bounced")
	from_outside.flag(report, ["mail_not_delivered"])
	return Outcome("bounce", report, _record(mail, report, [], automatic=1))


def _warnings(mail: IncomingMail, desk: str) -> list[str]:
	warnings = []
	if not mail.sender:
		warnings.append(NO_SENDER)
	if mail.is_generated:
		warnings.append(GENERATED)
	same_id = {"message_index": blind_index("message", mail.message_id)}
	reports = frappe.get_all("SV Message", filters=same_id, pluck="report") if mail.message_id else []
	if any(threads.of_desk(report, desk) for report in reports):
		warnings.append(SAME_ID_OTHER_CONTENT)
	return warnings


def _received_at(mail: IncomingMail):
	"""Site time at which our mail server took the mail in; now, where a header is missing or in the future."""
	now = this_minute()
	if not mail.received_at:
		return now
	received = convert_utc_to_system_timezone(mail.received_at.replace(tzinfo=None)).replace(tzinfo=None)
	return min(to_minute(received), now)
