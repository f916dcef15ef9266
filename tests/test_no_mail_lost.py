"""Whatever dies during an intake: no mail lost, no half case, no file left behind."""

import imaplib
import os
import subprocess
import sys
import traceback
from email.message import EmailMessage
from pathlib import Path

import pytest
from desk_fixtures import MAILBOX
from people import make_person

import frappe

from dev import services
from dev.layout import TEST_SITE
from dev.steps import Steps
from sv_helpdesk.helpdesk import held_mail
from sv_helpdesk.helpdesk.email_account import IntakeError

pytest_plugins = ["mail_fixtures", "desk_fixtures"]
pytestmark = pytest.mark.commits

POINTS = (
	"before:sv_helpdesk.helpdesk.intake!take_in",
	"after:sv_helpdesk.crypto.data_keys!for_writing",
	"after:sv_helpdesk.crypto.files!store",
	"before:sv_helpdesk.helpdesk.sealed_ticket!create",
	"after:sv_helpdesk.helpdesk.sealed_ticket!create",
	"after:sv_helpdesk.helpdesk.intake!take_in",
	"before:sv_helpdesk.helpdesk.mailbox_reader!ImapReader.settle",
	"after:sv_helpdesk.helpdesk.mailbox_reader!ImapReader.settle",
)


def mail(number: int) -> bytes:
	message = EmailMessage()
	message["From"] = f"Reporter {number} <reporter{number}@uni.example>"
	message["To"] = MAILBOX
	message["Subject"] = f"Report {number}"
	message["Message-ID"] = f"<fault-{number}@uni.example>"
	message.set_content(f"Text of report {number}.")
	message.add_attachment(b"evidence %d" % number, maintype="image", subtype="png", filename="shot.png")
	return message.as_bytes()


def private_files() -> set[str]:
	return set(os.listdir(frappe.get_site_path("private", "files")))


def known_files() -> set[str]:
	return {name for name in frappe.get_all("File", pluck="file_name") if name.endswith(".bin")}


def receive(account) -> None:
	frappe.db.rollback()
	frappe.get_doc("Email Account", account.name).receive()


def cases() -> int:
	frappe.db.rollback()
	return frappe.db.count("SV Report")


def assert_whole(expected: int) -> None:
	"""Every case has its party, message, attachment and ticket, and every file its row."""
	assert cases() == expected
	for doctype in ("SV Party", "SV Attachment", "HD Ticket"):
		assert frappe.db.count(doctype) == expected, doctype
	assert frappe.db.count("SV Message", {"direction": "Incoming"}) == expected
	assert frappe.db.count("SV Report", {"ticket": ["is", "set"]}) == expected
	assert {name for name in private_files() if name.endswith(".bin")} == known_files()


def receive_doomed(account, point: str, how: str) -> subprocess.CompletedProcess:
	"""Read the mailbox in a process that dies at a point; see doomed_intake."""
	result = subprocess.run(
		[sys.executable, str(Path(__file__).with_name("doomed_intake.py"))],
		env={
			**os.environ,
			"DOOM_ACCOUNT": account.name,
			"DOOM_POINT": point,
			"DOOM_HOW": how,
			"PYTHONPATH": os.pathsep.join(sys.path),
		},
		capture_output=True,
		text=True,
		timeout=120,
	)
	assert "reached" in result.stdout, result.stderr[-2000:]
	assert "Text of report" not in result.stdout + result.stderr
	return result


@pytest.mark.parametrize("how", ["killed", "database"])
@pytest.mark.parametrize("point", POINTS)
def test_a_process_or_connection_that_dies_costs_nothing(ccp, imap_server, point, how):
	for number in (1, 2):
		imap_server.deliver(MAILBOX, mail(number))
	assert receive_doomed(ccp, point, how).returncode != 0 or how == "database"
	receive(ccp)
	assert_whole(2)
	assert all("S" in flags for flags, _raw in imap_server.messages(MAILBOX))


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
def test_a_database_server_that_is_killed_costs_nothing(ccp, imap_server, point):
	if frappe.local.site != TEST_SITE:
		pytest.skip("kills the database server, which only our own bench survives")
	for number in (1, 2):
		imap_server.deliver(MAILBOX, mail(number))
	frappe.db.close()
	receive_doomed(ccp, point, "server")
	services.start_storage(Steps("test"))
	frappe.connect()
	receive(ccp)
	assert_whole(2)
	assert all("S" in flags for flags, _raw in imap_server.messages(MAILBOX))


def test_the_server_marks_a_mail_only_after_its_commit(ccp, imap_server, monkeypatch):
	from sv_helpdesk.helpdesk.mailbox_reader import ImapReader

	imap_server.deliver(MAILBOX, mail(3))
	seen = []
	settle = ImapReader.settle

	def watch(self, handle):
		connection_of_another = frappe.db.get_connection() if hasattr(frappe.db, "get_connection") else None
		with connection_of_another.cursor() as cursor:
			cursor.execute("select count(*) from `tabSV Report`")
			seen.append(cursor.fetchone()[0])
		connection_of_another.close()
		settle(self, handle)

	monkeypatch.setattr(ImapReader, "settle", watch)
	receive(ccp)
	assert seen == [1]


def test_nothing_commits_before_the_end_of_an_intake(ccp, imap_server, monkeypatch):
	from sv_helpdesk.helpdesk import intake

	imap_server.deliver(MAILBOX, mail(4))
	inside = []
	take_in, commit = intake.take_in, frappe.db.commit

	def watched_take_in(*args, **options):
		inside.append("start")
		outcome = take_in(*args, **options)
		inside.append("end")
		return outcome

	def watched_commit(*args, **kwargs):
		if inside and inside[-1] != "end":
			inside.append("commit")
		commit(*args, **kwargs)

	monkeypatch.setattr(intake, "take_in", watched_take_in)
	monkeypatch.setattr(frappe.db, "commit", watched_commit)
	receive(ccp)
	assert inside == ["start", "end"]
	assert_whole(1)


def test_a_mail_that_can_not_be_processed_is_held_encrypted_and_can_be_taken_in_later(
	ccp, imap_server, monkeypatch
):
	from sv_helpdesk.helpdesk import sealed_ticket

	def broken(*args):
		raise ValueError("Text of report 5")

	imap_server.deliver(MAILBOX, mail(5))
	with monkeypatch.context() as broken_helpdesk:
		broken_helpdesk.setattr(sealed_ticket, "create", broken)
		receive(ccp)
	assert cases() == 0
	held = frappe.get_last_doc("SV Held Mail")
	assert (held.reason, held.error_type) == ("Could not be processed", "ValueError")
	content = Path(
		frappe.get_site_path("private", "files", frappe.db.get_value("File", held.file, "file_name"))
	)
	assert b"Text of report" not in content.read_bytes()
	for doctype in ("Unhandled Email", "Error Log"):
		assert "report 5" not in frappe.as_json(frappe.get_all(doctype, fields=["*"]))
	with pytest.raises(frappe.PermissionError):
		held_mail.take_in(held.name)
	frappe.set_user(make_person("hans", "SV CCP Staff", desk=ccp.desk))
	assert "Text of report 5" in held_mail.read(held.name)["body"]
	assert held_mail.take_in(held.name)
	with pytest.raises(frappe.ValidationError, match="dealt with already"):
		held_mail.take_in(held.name)
	frappe.db.commit()
	assert cases() == 1


def test_one_bad_mail_does_not_hold_up_the_next(ccp, imap_server, monkeypatch):
	from sv_helpdesk.helpdesk import incoming_mail

	read = incoming_mail.read
	monkeypatch.setattr(incoming_mail, "read", lambda raw: 1 / 0 if b"Text of report 6" in raw else read(raw))
	for number in (6, 7):
		imap_server.deliver(MAILBOX, mail(number))
	receive(ccp)
	assert cases() == 1
	assert frappe.db.count("SV Held Mail") == 1


def test_pop3_deletes_a_mail_only_after_its_commit(ccp, imap_server, monkeypatch):
	from sv_helpdesk.helpdesk import intake

	frappe.db.set_value("Email Account", ccp.name, {"use_imap": 0, "incoming_port": imap_server.pop3_port})
	frappe.db.commit()
	imap_server.deliver(MAILBOX, mail(8))

	def database_away(*args, **options):
		raise frappe.db.OperationalError(2006, "gone")

	with monkeypatch.context() as outage:
		outage.setattr(intake, "take_in", database_away)
		with pytest.raises(Exception, match="still on the mail server"):
			receive(ccp)
	assert len(imap_server.messages(MAILBOX)) == 1
	receive(ccp)
	assert_whole(1)
	assert imap_server.messages(MAILBOX) == []


def test_an_account_that_syncs_all_mails_remembers_where_it_was(ccp, imap_server):
	frappe.db.set_value("Email Account", ccp.name, "email_sync_option", "ALL")
	frappe.db.commit()
	imap_server.deliver(MAILBOX, mail(9))
	receive(ccp)
	receive(ccp)
	assert_whole(1)
	assert frappe.db.get_value("SV Message", {"direction": "Incoming"}, "duplicates") == 0
	imap_server.deliver(MAILBOX, mail(10))
	receive(ccp)
	assert_whole(2)


def test_the_mailbox_of_a_desk_that_is_not_in_use_is_never_read_in_clear(ccp, imap_server):
	imap_server.deliver(MAILBOX, mail(11))
	frappe.db.set_value("SV Desk", ccp.desk, "enabled", 0)
	frappe.db.commit()
	with pytest.raises(IntakeError, match="not in use"):
		receive(ccp)
	frappe.db.set_value("SV Desk", ccp.desk, "enabled", 1)
	frappe.db.commit()
	assert not frappe.db.count("Communication")
	receive(ccp)
	assert_whole(1)
	desk = frappe.get_doc("SV Desk", ccp.desk)
	desk.enabled = 0
	with pytest.raises(frappe.ValidationError, match="still has a mailbox"):
		desk.save()


def test_a_folder_that_is_not_there_is_said_and_the_others_are_read(ccp, imap_server):
	account = frappe.get_doc("Email Account", ccp.name)
	account.append("imap_folder", {"folder_name": "Meldingen", "append_to": "HD Ticket"})
	account.save()
	frappe.db.commit()
	imap_server.deliver(MAILBOX, mail(12))
	with pytest.raises(IntakeError, match="no folder Meldingen"):
		receive(ccp)
	assert_whole(1)


def test_a_pop3_mail_with_an_endless_line_is_read_as_any_other(ccp, imap_server):
	frappe.db.set_value("Email Account", ccp.name, {"use_imap": 0, "incoming_port": imap_server.pop3_port})
	frappe.db.commit()
	imap_server.deliver(MAILBOX, mail(13).replace(b"Text of report", b"Text " * 40_000 + b"of report"))
	imap_server.deliver(MAILBOX, mail(14))
	receive(ccp)
	assert_whole(2)


def test_what_the_mail_server_said_last_is_not_repeated_in_an_error(ccp, imap_server, monkeypatch):
	from sv_helpdesk.helpdesk.mailbox_reader import ImapReader

	def broken_off(self, uid):
		raise imaplib.IMAP4.abort("unexpected response: Text of report")

	imap_server.deliver(MAILBOX, mail(15))
	with monkeypatch.context() as outage:
		outage.setattr(ImapReader, "_fetch", broken_off)
		with pytest.raises(IntakeError) as error:
			receive(ccp)
	assert "Text of report" not in "".join(traceback.format_exception(error.value))
	receive(ccp)
	assert_whole(1)


def test_a_mail_that_no_program_can_take_apart_is_still_read_by_a_person(ccp, imap_server):
	nested = b"Content-Type: text/plain\n\nText of report 16\n"
	for level in range(1500):
		nested = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n%s" % (level, level, nested)
	imap_server.deliver(MAILBOX, b"From: a@uni.example\nTo: %s\n%s" % (MAILBOX.encode(), nested))
	receive(ccp)
	held = frappe.get_last_doc("SV Held Mail")
	frappe.set_user(make_person("hans", "SV CCP Staff", desk=ccp.desk))
	assert "Text of report 16" in held_mail.read(held.name)["body"]
