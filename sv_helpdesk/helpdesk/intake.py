"""From one mail to a sealed ticket and an encrypted case.

Nothing here commits: all of it lands, or none. Clear text stays in memory; what is
inserted is encrypted before the first statement that carries it.
"""

from dataclasses import dataclass
from datetime import timedelta

import frappe
from frappe.utils import now_datetime

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.helpdesk import from_outside, held_mail, incoming_mail, mailboxes, outbox, recording, threads
from sv_helpdesk.helpdesk.incoming_mail import IncomingMail

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


def take_in(
	raw: bytes, desk: str, mailbox: str | None, by_hand: bool = False, earlier: bool = False
) -> Outcome:
	"""Make of one mail what it is: a new case, a message of a known case, or a held mail.

	Args:
	        raw: the mail as the server holds it.
	        desk: SV Desk it is addressed to.
	        mailbox: Email Account it was read from.
	        by_hand: somebody decided that this is a message, whatever its headers say.
	        earlier: it was dealt with before this app: nobody is answered, nothing is due and no queue shows it; what
	                the desk itself wrote is among it.
	"""
	be_quiet()
	mail = incoming_mail.read(raw)
	# one mail at a time for each desk: the same mail may come from two mailboxes at once
	frappe.db.get_value("SV Desk", desk, "name", for_update=True)
	if duplicate := _count_duplicate(mail, desk, earlier):
		return duplicate
	if earlier and mailboxes.addresses().get(mail.sender) == desk and not mail.is_doubtful:
		return _take_in_own(mail, desk)
	if mail.is_delivery_report and not by_hand:
		return _take_in_bounce(mail, raw, desk, mailbox, earlier)
	report, attention = threads.case_of(mail, desk)
	if mail.is_auto_reply and not by_hand:
		if report:
			message = recording.record(mail, report, attention, automatic=1, earlier=earlier)
			return Outcome("appended", report, message)
		held = held_mail.hold(raw, desk, mailbox, held_mail.AUTOMATIC_REPLY, mail, earlier=earlier)
		return Outcome("held", message=held)
	attention += _warnings(mail, desk)
	if report:
		message = recording.record(mail, report, attention, earlier=earlier)
		if attention:
			from_outside.flag(report, attention)
		return Outcome("appended", report, message)
	if earlier:
		report = recording.make_case(mail, desk, attention, earlier=True)
		return Outcome("new", report.name, recording.record(mail, report.name, attention, earlier=True))
	return _new_case(mail, desk, attention)


def _new_case(mail: IncomingMail, desk: str, attention: list[str]) -> Outcome:
	report = recording.make_case(mail, desk, attention)
	message = recording.record(mail, report.name, attention)
	from_outside.queue(report)
	if mail.sender and not mail.is_generated and not _answers_itself(mail):
		outbox.acknowledge(report, mail)
	return Outcome("new", report.name, message)


def _take_in_own(mail: IncomingMail, desk: str) -> Outcome:
	"""What the desk wrote itself went out in the case it refers to; else it is the first of a case."""
	if report := threads.case_of_own(mail, desk):
		return Outcome("appended", report, recording.record_own(mail, report))
	report = recording.make_case(mail, desk, [], earlier=True).name
	return Outcome("new", report, recording.record_own(mail, report))


def _answers_itself(mail: IncomingMail) -> bool:
	"""Tell whether so many mails of this address came today that a program may be answering our answers."""
	today = {
		"sender_index": blind_index("address", mail.sender),
		"direction": "Incoming",
		"creation": [">", now_datetime() - timedelta(days=1)],
	}
	return frappe.db.count("SV Message", today) > ACKNOWLEDGED_A_DAY


def _count_duplicate(mail: IncomingMail, desk: str, earlier: bool) -> Outcome | None:
	"""The same mail again (two mailboxes, a fetch after a crash): count it on the first one.

	Each desk has its own: a mail to two desks is a case at both (R3). What an old folder has, too, didn't come again.
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
		again = (row.duplicates or 0) + (not earlier)
		frappe.db.set_value("SV Message", row.name, "duplicates", again, update_modified=False)
		return Outcome("duplicate", row.report, row.name)
	held = {"content_index": content, "desk": desk}
	if name := frappe.db.get_value("SV Held Mail", held, for_update=True):
		return Outcome("duplicate", message=name)
	return None


def _take_in_bounce(mail: IncomingMail, raw: bytes, desk: str, mailbox: str, earlier: bool) -> Outcome:
	"""A delivery report: shown on the case whose mail could not be delivered, else held."""
	indexes = [blind_index("message", message_id) for message_id in mail.reported_ids]
	ours = indexes and frappe.db.get_value(
		"SV Message", {"message_index": ["in", indexes], "direction": "Outgoing"}, ["name", "report"]
	)
	if not ours or not threads.of_desk(ours[1], desk):
		held = held_mail.hold(raw, desk, mailbox, held_mail.DELIVERY_FAILURE, mail, earlier=earlier)
		return Outcome("held", message=held)
	message, report = ours
	frappe.db.set_value("SV Message", message, "delivery_status", "Bounced")
	from_outside.flag(report, ["mail_not_delivered"])
	return Outcome("bounce", report, recording.record(mail, report, [], automatic=1, earlier=earlier))


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
