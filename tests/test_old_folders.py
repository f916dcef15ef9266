"""An old folder of a desk's mailbox is taken in as earlier correspondence: sealed, answered to nobody, and left as it is."""

import imaplib
import mailbox as mailbox_file

import pytest
from desk_fixtures import MAILBOX, PASSWORD, empty_desks, make_account, make_desk
from grant_helpers import acting_as
from mail_helpers import make_mail

import frappe

from dev.mailserver import Dovecot, SmtpSink
from sv_helpdesk.deadlines import with_reporter
from sv_helpdesk.helpdesk import held_mail, intake
from sv_helpdesk.importing import api, mail_files, mails, running
from sv_helpdesk.permissions.roles import COORDINATOR
from sv_helpdesk.test_utils import make_user

pytestmark = pytest.mark.commits

EMPTIED = ("SV Report", "SV Party", "SV Message", "SV Held Mail", "SV Deadline", "SV Import")
FOLDER, TITLE = "Archief &AOkA6Q-n", "Archief één"
ASKS = "vraagster@thuis.example"


def old_mail(sender: str, day: int, number: int, answers: int = 0, **headers) -> bytes:
	"""Return a mail of March 2023."""
	if answers:
		headers |= {
			"In_Reply_To": f"<{answers}@oud.example>",
			"References": f"<1@oud.example> <{answers}@oud.example>",
		}
	return make_mail(
		sender=sender,
		to=ASKS if sender == MAILBOX else MAILBOX,
		subject=f"Zorgen {number}",
		text=f"Quibberdyflap {number}",
		Date=f"{day:02} Mar 2023 10:00:00 +0100",
		Message_ID=f"<{number}@oud.example>",
		**headers,
	)


# moved into the folder later than they were written
THREAD = (
	old_mail(ASKS, 9, 3, answers=2),
	old_mail(MAILBOX, 5, 2, answers=1),
	old_mail(ASKS, 1, 1),
	old_mail("ander@thuis.example", 20, 4),
	old_mail("weg@thuis.example", 21, 5, Auto_Submitted="auto-replied"),
)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
	"""A desk with a real mailbox for all tests here, and its coordinator."""
	frappe.set_user("Administrator")
	empty_desks()
	default = frappe.db.get_value("Email Account", {"default_outgoing": 1})
	server = Dovecot(tmp_path_factory.mktemp("mail") / "dovecot")
	try:
		with SmtpSink() as sink, server:
			account = make_account("CCP", MAILBOX, server, sink)
			account.desk, account.server = make_desk(account), server
			account.coordinator = make_user(COORDINATOR)
			desk = frappe.get_doc("SV Desk", account.desk)
			desk.set("members", [{"user": account.coordinator, "desk_role": "Coordinator"}])
			desk.acknowledgement_nl = "Wij hebben uw bericht ontvangen."
			desk.save()
			frappe.db.commit()
			yield account
	finally:
		server.remove()
		frappe.db.rollback()
		frappe.set_user("Administrator")
		empty_desks()
		if default:
			frappe.db.set_value("Email Account", default, "default_outgoing", 1)
			frappe.db.commit()


@pytest.fixture
def folder(world):
	"""The desk's mailbox with an old folder, on a site without cases."""
	for doctype in EMPTIED:
		frappe.db.delete(doctype)
	frappe.db.commit()
	with mailbox(world.server) as connection:
		connection.delete(f'"{FOLDER}"')
		connection.create(f'"{FOLDER}"')
	put(world.server, *THREAD)
	return world


def mailbox(server):
	connection = imaplib.IMAP4("127.0.0.1", server.imap_port)
	connection.login(MAILBOX, PASSWORD)
	return connection


def put(server, *raw_mails: bytes) -> None:
	with mailbox(server) as connection:
		for raw in raw_mails:
			connection.append(f'"{FOLDER}"', None, None, raw)


def flags(server) -> list[bytes]:
	with mailbox(server) as connection:
		connection.select(f'"{FOLDER}"', readonly=True)
		return connection.fetch("1:*", "(FLAGS)")[1]


def begin(folder) -> str:
	with acting_as(folder.coordinator):
		name = api.take_in_folder(folder.desk, FOLDER)
	frappe.db.commit()
	return name


def numbers(name: str) -> tuple:
	return frappe.db.get_value("SV Import", name, ["status", "total", "cases", "added", "known", "held"])


def cases() -> list:
	return frappe.get_all(
		"SV Report",
		fields=["name", "received_at", "status", "ticket", "attention"],
		order_by="received_at asc",
	)


def test_a_folder_becomes_a_case_for_each_correspondence_and_stays_as_it_was(folder):
	before = flags(folder.server)
	with acting_as(folder.coordinator):
		assert api.folders(folder.desk) == [{"name": FOLDER, "title": TITLE, "mails": 5}]
	name = begin(folder)
	running.run()
	assert numbers(name) == ("Done", 5, 2, 2, 0, 1)
	first, second = cases()
	assert (
		str(first.received_at) == "2023-03-01 10:00:00" and str(second.received_at) == "2023-03-20 10:00:00"
	)
	assert {(case.status, case.ticket, case.attention) for case in (first, second)} == {
		("New", None, "earlier_correspondence")
	}
	said = frappe.get_all(
		"SV Message", {"report": first.name}, ["direction", "message_at"], order_by="message_at asc"
	)
	assert [row.direction for row in said] == ["Incoming", "Outgoing", "Incoming"]
	assert not frappe.db.count("SV Deadline") and not frappe.db.count("HD Ticket")
	assert not frappe.db.count("SV Message", {"delivery_status": "Waiting"})
	assert flags(folder.server) == before
	assert frappe.db.count(
		"SV Access Log", {"report": first.name, "action": "Imported", "user": folder.coordinator}
	)
	assert not frappe.db.get_value("SV Import", name, "file")
	assert not frappe.db.get_value("SV Data Key", {"reference": name}, "wrapped_key")
	assert not frappe.db.exists("File", {"attached_to_name": name})


def test_what_was_taken_in_before_is_known_again(folder):
	begin(folder)
	running.run()
	put(folder.server, old_mail(ASKS, 2, 6, answers=1))
	again = begin(folder)
	running.run()
	assert numbers(again) == ("Done", 6, 0, 1, 5, 0)
	assert len(cases()) == 2
	assert not frappe.db.count("SV Message", {"duplicates": [">", 0]})


def test_a_job_that_dies_goes_on_where_it_was(folder, monkeypatch):
	name = begin(folder)
	taken = []

	def dying(raw, *args, **options):
		if len(taken) == 2:
			raise SystemExit
		taken.append(raw)
		return intake_once(raw, *args, **options)

	intake_once = mails.take_in_or_hold
	monkeypatch.setattr(mails, "take_in_or_hold", dying)
	with pytest.raises(SystemExit):
		running.run()
	frappe.db.rollback()
	assert numbers(name) == ("Running", 5, 1, 1, 0, 0)
	monkeypatch.undo()
	running.run()
	assert numbers(name) == ("Done", 5, 2, 2, 0, 1)


def test_who_leads_the_desk_stops_it_and_what_was_taken_in_stays(folder, monkeypatch):
	name = begin(folder)
	taken = mails.take_in_or_hold

	def stopping(*args, **options):
		taken(*args, **options)
		with acting_as(folder.coordinator):
			api.stop(name)
		frappe.db.commit()

	monkeypatch.setattr(mails, "take_in_or_hold", stopping)
	running.run()
	assert numbers(name) == ("Stopped", 5, 1, 0, 0, 0)
	running.run()
	assert len(cases()) == 1


def test_a_folder_that_is_not_there_and_one_that_is_read_anyway_are_refused(folder):
	with acting_as(folder.coordinator):
		for name in ("INBOX", "Elsewhere", 'x" (\\Seen)'):
			with pytest.raises(frappe.ValidationError, match="no such folder"):
				api.take_in_folder(folder.desk, name)


def test_while_the_mail_server_is_away_it_waits(folder):
	name = begin(folder)
	folder.server.stop()
	running.run()
	assert numbers(name)[0] == "Running"
	with acting_as(folder.coordinator), pytest.raises(frappe.ValidationError, match="can't be looked into"):
		api.folders(folder.desk)
	folder.server.start()
	running.run()
	assert numbers(name)[0] == "Done"


def test_a_held_mail_of_an_old_folder_is_answered_to_nobody_when_it_is_taken_in(folder):
	begin(folder)
	running.run()
	held = frappe.get_all("SV Held Mail", {"status": "Held"}, ["name", "earlier"])
	assert [row.earlier for row in held] == [1]
	with acting_as(folder.coordinator):
		report = held_mail.take_in(held[0].name)
	assert frappe.db.get_value("SV Report", report, ["ticket", "import_key"])[0] is None
	assert not frappe.db.count("SV Message", {"report": report, "direction": "Outgoing"})


def test_a_mail_that_comes_today_goes_on_as_ever_after_an_old_folder(folder):
	begin(folder)
	running.run()
	first = cases()[0].name
	outcome = intake.take_in(old_mail(ASKS, 30, 9, answers=2), folder.desk, folder.name)
	assert (outcome.kind, outcome.report) == ("appended", first)
	# nobody outside writes in the desk's own name
	forged = intake.take_in(old_mail(MAILBOX, 30, 10, answers=2), folder.desk, folder.name)
	assert forged.kind == "new"
	frappe.db.rollback()


def test_an_old_mail_of_a_case_of_today_lets_no_deadline_go_on(folder, monkeypatch):
	went_on = []
	live = intake.take_in(THREAD[2], folder.desk, folder.name)
	monkeypatch.setattr(with_reporter, "_of_case", lambda *args: went_on.append(args))
	answer = old_mail(ASKS, 2, 7, answers=1)
	assert intake.take_in(answer, folder.desk, folder.name, earlier=True).report == live.report
	assert not went_on
	intake.take_in(old_mail(ASKS, 2, 8, answers=1), folder.desk, folder.name)
	assert went_on
	frappe.db.rollback()


def test_mails_in_files_are_taken_in_on_the_server_and_passed_over_the_second_time(folder, tmp_path):
	for number, raw in enumerate(THREAD):
		(tmp_path / f"{number}.eml").write_bytes(raw)
	box = mailbox_file.mbox(tmp_path / "old.mbox")
	for raw in THREAD:
		box.add(raw)
	box.close()
	assert mail_files.take_in(tmp_path, folder.desk) == {"new": 2, "appended": 2, "held": 1}
	assert mail_files.take_in(tmp_path / "old.mbox", folder.desk) == {"duplicate": 5}
	assert len(cases()) == 2
