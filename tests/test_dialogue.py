"""The dialogue with a reporter by mail: what leaves, to whom, and what the host sees of it."""

import smtplib
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from desk_fixtures import IT_MAILBOX, MAILBOX, make_account
from people import make_desk_without_mail, make_person

import frappe

from sv_helpdesk import access_log
from sv_helpdesk.access_log.errors import AccessLogError
from sv_helpdesk.helpdesk import conversation, intake, outbox
from sv_helpdesk.test_utils import make_message, make_report

pytest_plugins = ["mail_fixtures", "desk_fixtures"]
pytestmark = pytest.mark.commits

REPORTER = "reporter@uni.example"
ANSWER = "ZZANSWER wij bellen u donderdag"


def mail(subject: str = "ZZSUBJECT", sender: str = REPORTER, to: str = MAILBOX, **headers: str) -> bytes:
	message = EmailMessage()
	message["From"] = sender
	message["To"] = to
	message["Subject"] = subject
	for name, value in headers.items():
		message[name.replace("_", "-")] = value
	message.set_content("ZZBODY er is iets gebeurd")
	return message.as_bytes()


@pytest.fixture
def receive(ccp, imap_server):
	"""A function that delivers a mail to the CCP's mailbox, or another one, and has it read."""

	def deliver(raw: bytes, account=ccp):
		imap_server.deliver(account.email_id, raw)
		frappe.db.rollback()
		frappe.get_doc("Email Account", account.name).receive()
		frappe.db.rollback()

	return deliver


@pytest.fixture
def staff(ccp):
	"""The user id of somebody who works at the CCP."""
	user = make_person("eva", "SV CCP Staff", desk=ccp.desk)
	frappe.db.commit()
	return user


def sent(sink) -> list[EmailMessage]:
	return [message_from_bytes(mail.raw, policy=policy.default) for mail in sink.mails]


def messages(**filters) -> list:
	return frappe.get_all("SV Message", filters=filters, fields=["*"], order_by="creation asc")


def test_the_acknowledgement_goes_to_the_sender_alone_and_says_nothing(receive, smtp_sink):
	receive(mail(Message_ID="<first@uni.example>", Cc="colleague@uni.example"))
	assert outbox.send_waiting() == 1
	(mail_out,) = smtp_sink.mails
	assert list(mail_out.recipients) == [REPORTER]
	(content,) = sent(smtp_sink)
	assert content["In-Reply-To"] == "<first@uni.example>" and content["Auto-Submitted"] == "auto-replied"
	assert b"ZZSUBJECT" not in mail_out.raw and "112" in content.get_content()
	assert content["Subject"].startswith("Uw bericht ["), "in the reporter's language"
	assert outbox.send_waiting() == 0
	frappe.db.rollback()
	assert frappe.get_last_doc("SV Report").acknowledged_at


def test_an_answer_is_sent_and_the_reply_to_it_joins_the_case(receive, smtp_sink, staff):
	receive(mail(Message_ID="<first@uni.example>"))
	outbox.send_waiting()
	frappe.set_user(staff)
	incoming = messages(direction="Incoming")[0]
	outbox.reply(incoming.name, ANSWER)
	frappe.db.commit()
	frappe.set_user("Administrator")
	assert outbox.send_waiting() == 1
	answer = sent(smtp_sink)[-1]
	assert ANSWER in answer.get_content() and answer["In-Reply-To"] == "<first@uni.example>"
	receive(mail("Re: whatever", Message_ID="<second@uni.example>", In_Reply_To=answer["Message-ID"]))
	assert [row.report for row in messages(direction="Incoming")] == [incoming.report] * 2
	assert frappe.db.count("HD Ticket") == 1


def waiting(report: str) -> tuple:
	"""The clocks of the first talk and of the answer."""
	kinds = ("First talk", "Answer of the reporter")
	return tuple(
		frappe.db.get_value("SV Deadline", {"kind": kind, "document_name": report}, "status")
		for kind in kinds
	)


def test_the_deadlines_of_a_case_wait_once_a_question_has_really_left(receive, smtp_sink, staff):
	receive(mail(Message_ID="<first@uni.example>"))
	outbox.send_waiting()
	frappe.set_user(staff)
	incoming = messages(direction="Incoming")[0]
	(shown,) = [row for row in conversation.of_case(incoming.report) if row["name"] == incoming.name]
	assert shown["from_reporter"]
	outbox.reply(incoming.name, ANSWER)
	outbox.reply(incoming.name, ANSWER, asks_reporter=1)
	frappe.db.commit()
	frappe.set_user("Administrator")
	assert waiting(incoming.report) == ("Running", None)
	assert outbox.send_waiting() == 2
	assert waiting(incoming.report) == ("Paused", "Running")
	receive(mail("Re: whatever", Message_ID="<second@uni.example>", In_Reply_To="<first@uni.example>"))
	assert waiting(incoming.report) == ("Running", "Met")


def test_nobody_but_the_reporter_is_asked_something_that_deadlines_wait_for(receive, smtp_sink, staff):
	receive(mail(Message_ID="<first@uni.example>"))
	frappe.db.set_value("SV Party", {"party_role": "Reporter"}, "party_role", "Witness")
	frappe.db.commit()
	frappe.set_user(staff)
	incoming = messages(direction="Incoming")[0]
	with pytest.raises(frappe.ValidationError, match="isn't from the reporter"):
		outbox.reply(incoming.name, ANSWER, asks_reporter=1)
	assert outbox.reply(incoming.name, ANSWER)


def test_the_text_of_an_answer_is_in_no_table_before_and_after_it_is_sent(receive, smtp_sink, staff):
	receive(mail())
	frappe.set_user(staff)
	outbox.reply(messages(direction="Incoming")[0].name, ANSWER)
	frappe.db.commit()
	frappe.set_user("Administrator")
	for _moment in ("waiting", "sent"):
		for (table,) in frappe.db.sql("show tables"):
			rows = frappe.db.sql(f"select * from `{table}`")
			assert "ZZANSWER" not in repr(rows) and "ZZSUBJECT" not in repr(rows), table
		outbox.send_waiting()
	assert not frappe.db.count("Email Queue")


def test_a_refused_address_is_shown_as_failed_without_naming_it(receive, smtp_sink):
	receive(mail())
	smtp_sink.mode = smtp_sink.REFUSE_RECIPIENT
	assert outbox.send_waiting() == 0
	(row,) = messages(direction="Outgoing")
	assert (row.delivery_status, row.delivery_error) == ("Failed", "550")


def test_a_mail_server_that_is_away_is_tried_again_later(receive, smtp_sink):
	receive(mail())
	smtp_sink.mode = smtp_sink.TEMPORARY_FAILURE
	assert outbox.send_waiting() == 0
	(row,) = messages(direction="Outgoing")
	assert (row.delivery_status, row.delivery_error, row.attempts) == ("Waiting", "451", 1)
	assert row.next_attempt_at > frappe.utils.now_datetime()
	smtp_sink.mode = smtp_sink.ACCEPT
	assert outbox.send_waiting() == 0, "not before its time"
	frappe.db.set_value("SV Message", row.name, "next_attempt_at", frappe.utils.now_datetime())
	assert outbox.send_waiting() == 1


def test_a_message_that_can_not_be_sent_does_not_hold_up_the_others(receive, smtp_sink):
	receive(mail())
	receive(mail(sender="another@uni.example"))
	first = frappe.get_all("SV Report", order_by="creation asc", pluck="name")[0]
	make_desk_without_mail("without_mailbox")
	frappe.db.set_value("SV Report", first, "desk", "without_mailbox")
	frappe.db.commit()
	assert outbox.send_waiting() == 1
	assert list(smtp_sink.mails[0].recipients) == ["another@uni.example"]
	assert {row.delivery_status for row in messages(direction="Outgoing")} == {"Waiting", "Sent"}


def test_a_mail_that_was_taken_is_not_sent_again_when_the_goodbye_fails(receive, smtp_sink, monkeypatch):
	def broken_off(self):
		raise smtplib.SMTPServerDisconnected

	receive(mail())
	monkeypatch.setattr(smtplib.SMTP, "quit", broken_off)
	assert outbox.send_waiting() == 1
	assert messages(direction="Outgoing")[0].delivery_status == "Sent"


def test_a_mail_to_an_address_no_server_takes_is_not_shown_as_sent(receive, smtp_sink):
	receive(b"From: jan@uni.example.\nTo: %s\nSubject: x\n\nZZBODY\n" % MAILBOX.encode())
	assert outbox.send_waiting() == 0 and not smtp_sink.mails
	assert messages(direction="Outgoing")[0].delivery_status == "Failed"


def test_the_long_message_ids_of_exchange_still_thread(receive, smtp_sink):
	long_id = f"<{'AM0PR04MB' * 8}@AM0PR04MB12345.eurprd04.prod.outlook.com>"
	receive(mail(Message_ID=long_id))
	outbox.send_waiting()
	raw = smtp_sink.mails[0].raw
	assert b"In-Reply-To: " + long_id.encode() in raw and b"References: " + long_id.encode() in raw


def test_a_program_that_answers_every_mail_is_not_answered_for_ever(receive, smtp_sink):
	for number in range(intake.ACKNOWLEDGED_A_DAY + 3):
		receive(mail(f"Ticket {number} was made", sender="helpdesk@elsewhere.example"))
	assert outbox.send_waiting() == intake.ACKNOWLEDGED_A_DAY
	assert frappe.db.count("SV Report") == intake.ACKNOWLEDGED_A_DAY + 3


@pytest.mark.parametrize(
	"to",
	[
		f'"Service desk <{IT_MAILBOX}>, {MAILBOX}',
		f"Service desk (IT <{IT_MAILBOX}>, {MAILBOX}",
		f"{IT_MAILBOX} {MAILBOX}",
		f"{IT_MAILBOX}, {MAILBOX}.",
		f"{IT_MAILBOX}, '{MAILBOX}'",
		f"{IT_MAILBOX}, {MAILBOX}, {'(' * 5000}",
	],
)
def test_a_mail_to_both_is_sealed_however_badly_its_recipients_are_written(
	ccp, receive, imap_server, smtp_sink, to
):
	it = make_account("Service desk", IT_MAILBOX, imap_server, smtp_sink, default_outgoing=0)
	frappe.db.commit()
	receive(f"From: {REPORTER}\nTo: {to}\nSubject: ZZSUBJECT\nMessage-ID: <b@x>\n\nZZBODY\n".encode(), it)
	assert not frappe.db.count("Communication")
	assert frappe.db.count("SV Report") == 1


def test_what_the_system_does_is_nobodys_opening_and_a_mail_that_leaves_is_logged_once(receive, smtp_sink):
	begin = access_log.end()[0]
	receive(mail())
	smtp_sink.mode = smtp_sink.TEMPORARY_FAILURE
	outbox.send_waiting()
	smtp_sink.mode = smtp_sink.ACCEPT
	frappe.db.set_value(
		"SV Message", {"direction": "Outgoing"}, "next_attempt_at", frappe.utils.now_datetime()
	)
	assert outbox.send_waiting() == 1
	frappe.db.rollback()
	rows = frappe.get_all("SV Access Log", {"position": [">", begin]}, ["*"], order_by="position asc")
	(sent_message,) = messages(direction="Outgoing")
	assert [(row.action, row.document_name, row.from_address) for row in rows] == [
		("Delivered", sent_message.name, "command")
	]


def test_nothing_is_sent_while_the_log_can_not_be_continued(receive, smtp_sink):
	receive(mail())
	head = frappe.db.get_value("SV Access Log Head", "head", "row_hash")
	frappe.db.set_value("SV Access Log Head", "head", "row_hash", "0" * 64)
	try:
		with pytest.raises(AccessLogError):
			outbox.send_waiting()
	finally:
		frappe.db.set_value("SV Access Log Head", "head", "row_hash", head)
	assert not smtp_sink.mails and messages(direction="Outgoing")[0].delivery_status == "Waiting"


def test_a_message_registered_by_hand_is_shown_without_anything_active_in_it(ccp, staff):
	report = make_report(desk=ccp.desk)
	frappe.set_user(staff)
	make_message(
		report.name, body='<p>She called.</p><img src="x" onerror="alert(1)"><a href="javascript:1">x</a>'
	)
	(shown,) = conversation.of_case(report.name)
	assert "She called." in shown["body"]
	assert not any(active in shown["body"] for active in ("<img", "onerror", "javascript:"))


def test_only_staff_of_the_desk_answer(receive, ccp):
	receive(mail())
	outsider = make_person("finn", "SV CCP Staff")
	frappe.set_user(outsider)
	with pytest.raises(frappe.PermissionError):
		outbox.reply(messages(direction="Incoming")[0].name, ANSWER)


def test_an_undelivered_answer_is_shown_on_its_case(receive, smtp_sink):
	receive(mail())
	outbox.send_waiting()
	lost = sent(smtp_sink)[0]["Message-ID"]
	report = EmailMessage()
	report["From"] = "mailer-daemon@uni.example"
	report["To"] = MAILBOX
	report["Subject"] = "Undelivered Mail Returned to Sender"
	report["In-Reply-To"] = lost
	report.set_content("It could not be delivered.")
	receive(report.as_bytes())
	assert frappe.db.count("SV Report") == frappe.db.count("HD Ticket") == 1
	assert messages(direction="Outgoing")[0].delivery_status == "Bounced"
	assert "mail_not_delivered" in frappe.get_last_doc("SV Report").attention


@pytest.mark.parametrize("first", [MAILBOX, IT_MAILBOX])
def test_a_mail_to_both_mailboxes_is_one_sealed_case_whichever_is_read_first(
	ccp, receive, imap_server, smtp_sink, first
):
	it = make_account("Service desk", IT_MAILBOX, imap_server, smtp_sink, default_outgoing=0)
	frappe.db.commit()
	both = mail(to=f"{IT_MAILBOX}, {MAILBOX}", Message_ID="<both@uni.example>")
	for account in (ccp, it) if first == MAILBOX else (it, ccp):
		receive(both, account)
	assert frappe.db.count("SV Report") == frappe.db.count("HD Ticket") == 1
	assert not frappe.db.count("Communication")
	assert messages(direction="Incoming")[0].duplicates == 1


def test_a_mail_to_two_desks_is_a_case_of_each_and_answers_join_their_own(ccp, receive, smtp_sink):
	make_desk_without_mail("ombuds_test")
	frappe.db.set_value("SV Desk", "ombuds_test", "email_account", ccp.name)
	try:
		both = mail(to=f"{MAILBOX}, ombuds@uni.example", Message_ID="<two@uni.example>")
		first = intake.take_in(both, ccp.desk, ccp.name)
		second = intake.take_in(both, "ombuds_test", ccp.name)
		assert (first.kind, second.kind) == ("new", "new") and first.report != second.report
		more = mail("Re: ZZSUBJECT", In_Reply_To="<two@uni.example>", Message_ID="<three@uni.example>")
		assert intake.take_in(more, "ombuds_test", ccp.name).report == second.report
		number = frappe.db.get_value("SV Report", first.report, "case_number")
		elsewhere = intake.take_in(mail(f"[{number}]"), "ombuds_test", ccp.name)
		assert elsewhere.kind == "new"
		assert not frappe.db.get_value("SV Report", elsewhere.report, "attention"), "betrays nothing"
	finally:
		frappe.db.rollback()


def test_a_mail_to_the_it_desk_that_names_a_sealed_ticket_does_not_touch_it(
	ccp, receive, imap_server, smtp_sink
):
	receive(mail())
	ticket = frappe.get_last_doc("SV Report").ticket
	it = make_account("Service desk", IT_MAILBOX, imap_server, smtp_sink, default_outgoing=1)
	frappe.db.commit()
	receive(mail(f"Printer (#{ticket})", to=IT_MAILBOX), it)
	(text,) = frappe.get_all("Communication", filters={"sent_or_received": "Received"}, fields=["*"])
	assert str(text.reference_name) != ticket
	assert frappe.db.count("HD Ticket") == 2


@pytest.mark.parametrize("field", ["subject", "description", "raised_by", "resolution_details", "attachment"])
def test_nothing_readable_is_typed_into_a_sealed_ticket(receive, field):
	receive(mail())
	ticket = frappe.get_last_doc("HD Ticket")
	if not ticket.meta.has_field(field):
		pytest.skip(f"this Helpdesk has no {field}")
	ticket.set(field, "typed@uni.example")
	with pytest.raises(frappe.ValidationError, match="confidential case"):
		ticket.save()


def test_a_sealed_ticket_is_not_deleted(receive):
	receive(mail())
	with pytest.raises(frappe.ValidationError, match="can't be deleted"):
		frappe.delete_doc("HD Ticket", frappe.get_last_doc("HD Ticket").name)


def test_a_message_that_was_tampered_with_does_not_hide_the_others(receive, staff):
	from sv_helpdesk.helpdesk import conversation

	receive(mail(Message_ID="<first@uni.example>"))
	receive(mail("Re: ZZSUBJECT", Message_ID="<second@uni.example>", In_Reply_To="<first@uni.example>"))
	first, second = messages(direction="Incoming")
	frappe.db.set_value("SV Message", second.name, "body", first.body, update_modified=False)
	frappe.set_user(staff)
	shown = {message["name"]: message["body"] for message in conversation.of_case(first.report)}
	assert "ZZBODY" in shown[first.name] and "changed or moved" in shown[second.name]


def test_neither_comment_nor_mail_nor_file_of_the_host_is_put_on_a_case(receive):
	receive(mail())
	report = frappe.get_last_doc("SV Report").name
	on_case = {"reference_doctype": "SV Report", "reference_name": report, "content": "text"}
	attached = {"attached_to_doctype": "SV Report", "attached_to_name": report}
	for document in (
		{"doctype": "Communication", "subject": "x", **on_case},
		{"doctype": "Comment", "comment_type": "Comment", **on_case},
		{"doctype": "File", "file_name": "x.txt", "content": "x", **attached},
	):
		with pytest.raises(frappe.ValidationError, match="unencrypted"):
			frappe.get_doc(document).insert()


def test_neither_mail_nor_comment_nor_file_is_put_on_a_sealed_ticket(receive):
	receive(mail())
	ticket = frappe.get_last_doc("HD Ticket").name
	on_ticket = {"reference_doctype": "HD Ticket", "reference_name": str(ticket), "content": "text"}
	for document in (
		{"doctype": "Communication", "subject": "x", **on_ticket},
		{"doctype": "Comment", "comment_type": "Comment", **on_ticket},
		{
			"doctype": "HD Ticket Comment",
			"reference_ticket": ticket,
			"content": "x",
			"commented_by": "Administrator",
		},
		{
			"doctype": "File",
			"file_name": "x.txt",
			"content": "x",
			"attached_to_doctype": "HD Ticket",
			"attached_to_name": str(ticket),
		},
	):
		with pytest.raises(frappe.ValidationError, match="confidential case"):
			frappe.get_doc(document).insert()
