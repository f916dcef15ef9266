"""Clocks follow from what happens to documents, each with a reason in its history."""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import pytest
from time_machine import travel

import frappe
from frappe.utils import get_system_timezone, now_datetime

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.deadlines import answers, applying, with_reporter
from sv_helpdesk.leaving import hand_over
from sv_helpdesk.minutes import approvals
from sv_helpdesk.test_utils import (
	make_action,
	make_aftercare,
	make_aftercare_contact,
	make_calendar,
	make_decision_table,
	make_desk,
	make_message,
	make_minutes,
	make_note,
	make_party,
	make_referral,
	make_report,
	make_table_case,
	make_term,
	make_user,
)
from sv_helpdesk.workflows.case import acknowledged
from sv_helpdesk.workflows.moving import follow, move


def at(text: str):
	"""Stop the clock at a local time, such as 2026-11-24 15:00."""
	local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(get_system_timezone()))
	return travel(local.astimezone(timezone.utc), tick=False)


def clocks(doc, *statuses: str) -> dict:
	"""The clocks of a document by kind, those in one of these states or all."""
	rows = frappe.get_all(
		"SV Deadline",
		{"document_type": doc.doctype, "document_name": doc.name},
		["*"],
		order_by="creation asc",
	)
	return {row.kind: row for row in rows if not statuses or row.status in statuses}


def due(doc) -> dict[str, str]:
	return {kind: f"{row.due_at:%Y-%m-%d %H:%M}" for kind, row in clocks(doc).items()}


def states(doc) -> dict[str, str]:
	return {kind: row.status for kind, row in clocks(doc).items()}


def history(clock) -> list[tuple[str, str]]:
	rows = frappe.get_doc("SV Deadline", clock.name).history
	return [(row.event, row.cause) for row in rows]


def applied(term: str) -> int:
	"""Apply a term as the job does, without its commits."""
	return applying.move_batch(term, applying.candidates(term), {})


def history_of_all(doc) -> list[tuple[str, str]]:
	"""What happened to all clocks of a document."""
	names = frappe.get_all("SV Deadline", {"document_name": doc.name}, pluck="name", order_by="creation asc")
	return [row for name in names for row in history(frappe._dict(name=name))]


def question_in(case):
	"""A mail that asks the reporter of a case something and has left."""
	return frappe._dict(report=case.name, asks_reporter=1)


@pytest.fixture(autouse=True)
def _later():
	"""Whatever a test doesn't say the moment of happens when all of it is past."""
	with at("2027-01-04 12:00"):
		yield


@pytest.fixture
def case():
	"""A case that came in on a Tuesday at three."""
	with at("2026-11-24 15:00"):
		return make_report(received_at=now_datetime())


def test_a_new_case_starts_its_clocks(case):
	assert due(case) == {
		"Acknowledgement": "2026-11-25 15:00",
		"First talk": "2026-12-01 15:00",
		"Triage": "2026-12-01 15:00",
	}
	talk = clocks(case)["First talk"]
	assert (talk.report, talk.desk, talk.status, talk.stage) == (case.name, case.desk, "Running", 0)
	# three quarters of five days of eight hours
	assert talk.warn_at == talk.next_at == datetime(2026, 11, 30, 13)
	assert history(talk) == [("Started", "Registered")]
	assert frappe.db.get_value("SV Term", talk.term, "kind") == "First talk"


def test_a_case_that_was_put_in_as_it_once_was_starts_none():
	assert clocks(make_report(status="Handling")) == {}
	assert clocks(make_report(import_key="2024-1")) == {}


def test_without_a_term_no_clock_starts():
	frappe.db.set_value("SV Term", {"kind": "Triage"}, "valid_until", "2020-01-01")
	assert "Triage" not in clocks(make_report())


def test_acknowledging_meets_the_first_clock_and_no_other(case):
	with at("2026-11-25 10:00"):
		acknowledged(case.name)
	clock = clocks(case)["Acknowledgement"]
	assert (clock.status, clock.met_at) == ("Met", datetime(2026, 11, 25, 10))
	assert clock.next_at is None and clock.breached_at is None
	assert history(clock) == [("Started", "Registered"), ("Met", "Step taken")]
	assert set(clocks(case, "Running")) == {"First talk", "Triage"}


def test_an_acknowledgement_that_leaves_after_the_case_went_on_meets_its_clock_too(case):
	follow("SV Report", case.name, "triage")
	with at("2026-11-25 10:00"):
		acknowledged(case.name)
	assert states(case)["Acknowledgement"] == "Met"


def test_a_case_registered_with_its_acknowledgement_has_met_that_clock():
	moment = now_datetime()
	assert states(make_report(received_at=moment, acknowledged_at=moment))["Acknowledgement"] == "Met"


def test_what_is_met_too_late_says_since_when(case):
	with at("2026-11-30 10:00"):
		acknowledged(case.name)
	clock = clocks(case)["Acknowledgement"]
	assert (clock.status, clock.breached_at) == ("Met", datetime(2026, 11, 25, 15))


def test_a_talk_registered_afterwards_counts_from_when_it_was_held(case):
	frappe.db.set_value("SV Deadline", clocks(case)["First talk"].name, "status", "Breached")
	with at("2026-12-03 10:00"):
		make_note(case.name, talk_at="2026-11-30 10:00:00")
	talk = clocks(case)["First talk"]
	assert (talk.status, talk.met_at, talk.breached_at) == ("Met", datetime(2026, 11, 30, 10), None)
	assert history(talk)[-1] == ("Met", "Talk held")


def test_a_retracted_talk_is_still_to_be_held_unless_there_was_another():
	staff = make_user()
	case = make_report(desk=make_desk(staff).name, handler=staff, received_at="2026-11-24 15:00:00")
	frappe.set_user(staff)
	first, second = (make_note(case.name, talk_at="2026-11-25 10:00:00") for _each in range(2))
	first.retract("Another case")
	assert states(case)["First talk"] == "Met"
	second.retract("Another case")
	clock = clocks(case, "Running")["First talk"]
	assert clock.due_at == datetime(2026, 12, 1, 15)
	assert history(clock) == [("Started", "Details changed")]
	# what didn't happen is counted as kept nowhere
	assert clocks(case, "Met") == {}


def reported_case():
	"""A case of its handler, who is logged in, with its reporter."""
	staff = make_user()
	case = make_report(desk=make_desk(staff).name, handler=staff, received_at="2026-11-24 15:00:00")
	frappe.set_user(staff)
	return case, make_party(case.name).name


def correct(doc, **values):
	doc.reload()
	doc.update(values)
	doc.save()


@pytest.mark.parametrize("party_role", ["Witness", "Accused"])
def test_a_talk_with_somebody_else_is_not_the_first_one_with_the_reporter(party_role):
	case, reporter = reported_case()
	other = make_party(case.name, party_role)
	make_note(case.name, party=other.name, talk_at="2026-11-25 10:00:00")
	assert {states(case)[kind] for kind in ("First talk", "Acknowledgement")} == {"Running"}
	make_note(case.name, party=reporter, talk_at="2026-11-26 10:00:00")
	assert clocks(case, "Met")["First talk"].met_at == datetime(2026, 11, 26, 10)


def test_a_talk_that_turns_out_to_be_another_persons_is_still_to_be_held_with_the_reporter():
	case, reporter = reported_case()
	note = make_note(case.name, party=reporter, talk_at="2026-11-25 10:00:00")
	assert states(case)["First talk"] == "Met"
	correct(note, party=make_party(case.name, "Witness").name)
	assert clocks(case, "Running")["First talk"].due_at == datetime(2026, 12, 1, 15)
	correct(note, party=reporter)
	assert "First talk" not in clocks(case, "Running")


def test_a_talk_with_somebody_who_turns_out_to_be_the_reporter_is_the_first_one():
	case, _reporter = reported_case()
	other = make_party(case.name, "Witness")
	make_note(case.name, party=other.name, talk_at="2026-11-25 10:00:00")
	correct(other, party_role="Reporter")
	assert states(case)["First talk"] == "Met"
	correct(other, party_role="Witness")
	assert set(clocks(case, "Running")) >= {"First talk", "Acknowledgement"}


def test_a_note_that_was_no_talk_after_all_leaves_the_first_talk_to_be_held():
	case, _reporter = reported_case()
	note = make_note(case.name, talk_at="2026-11-25 10:00:00")
	correct(note, note_type="Working note")
	assert "First talk" in clocks(case, "Running")
	correct(note, note_type="Talk")
	assert "First talk" not in clocks(case, "Running")


def test_a_corrected_talk_was_held_when_it_really_was():
	case, reporter = reported_case()
	note = make_note(case.name, party=reporter, talk_at="2026-12-05 10:00:00")
	assert clocks(case)["First talk"].breached_at
	correct(note, talk_at="2026-11-25 10:00:00")
	talk = clocks(case)["First talk"]
	assert (talk.status, talk.met_at, talk.breached_at) == ("Met", datetime(2026, 11, 25, 10), None)
	assert history(talk)[-1] == ("Changed", "Details changed")


def test_when_the_first_of_two_talks_is_retracted_the_second_was_the_first():
	case, reporter = reported_case()
	first, _second = (
		make_note(case.name, party=reporter, talk_at=f"{day} 10:00:00")
		for day in ("2026-11-25", "2026-12-05")
	)
	first.retract("Another case")
	talk = clocks(case)["First talk"]
	assert (talk.status, talk.met_at) == ("Met", datetime(2026, 12, 5, 10))
	assert talk.breached_at == datetime(2026, 12, 1, 15)


def test_a_talk_of_a_settled_case_that_is_retracted_starts_nothing():
	case, _reporter = reported_case()
	note = make_note(case.name)
	for step in ("handle", "settle"):
		follow("SV Report", case.name, step)
	note.retract("Another case")
	assert clocks(case, "Running") == {}


def test_a_working_note_is_no_talk(case):
	make_note(case.name, note_type="Working note")
	assert states(case)["First talk"] == "Running"


@pytest.mark.parametrize("step", ["handle", "refer", "to_table"])
def test_triage_is_done_when_the_case_goes_on(case, step):
	follow("SV Report", case.name, step)
	assert states(case)["Triage"] == "Met"


def test_a_withdrawn_case_has_no_deadlines_left():
	case = make_report(whistleblower_report=1)
	follow("SV Report", case.name, "withdraw")
	assert set(states(case).values()) == {"Cancelled"}
	assert not [clock for clock in clocks(case).values() if clock.next_at]


def test_what_is_late_when_it_is_no_longer_needed_says_since_when(case):
	with at("2026-11-30 10:00"):
		with_reporter.message_went(question_in(case))
	with at("2026-12-04 10:00"):
		follow("SV Report", case.name, "withdraw")
	late, waiting = (clocks(case)[kind] for kind in ("Acknowledgement", "First talk"))
	assert (late.breached_at, late.cancelled_at) == (datetime(2026, 11, 25, 15), datetime(2026, 12, 4, 10))
	assert (waiting.breached_at, waiting.cancelled_at) == (None, datetime(2026, 12, 4, 10))


def test_waiting_for_the_reporter_pauses_what_needs_them(case):
	with at("2026-11-25 15:00"):
		with_reporter.message_went(question_in(case))
	paused = clocks(case)["First talk"]
	assert (paused.status, paused.next_at, paused.left_seconds) == ("Paused", None, 4 * 8 * 3600)
	assert states(case)["Acknowledgement"] == "Running"
	# a week later, over a weekend
	with at("2026-12-02 15:00"):
		make_message(case.name)
	resumed = clocks(case)["First talk"]
	assert (resumed.status, resumed.due_at) == ("Running", datetime(2026, 12, 8, 15))
	assert resumed.warn_at == resumed.next_at == datetime(2026, 12, 7, 13)
	assert [event for event, _cause in history(resumed)] == ["Started", "Paused", "Resumed"]


def test_a_pause_over_christmas_costs_no_working_time():
	with at("2026-12-22 15:00"):
		case = make_report(received_at=now_datetime())
	with at("2026-12-23 15:00"):
		with_reporter.message_went(question_in(case))
	with at("2026-12-27 12:00"):
		make_message(case.name)
	# four days were left; the week after Christmas has four before New Year
	assert clocks(case)["First talk"].due_at == datetime(2026, 12, 31, 17)


def test_a_message_that_asks_nothing_pauses_nothing(case):
	with at("2026-11-25 10:00"):
		with_reporter.message_went(frappe._dict(report=case.name, asks_reporter=0))
	assert "Paused" not in states(case).values() and "Answer of the reporter" not in states(case)


def test_an_answer_of_the_reporter_is_waited_for_ten_working_days_from_the_last_question(case):
	for day in ("2026-11-25", "2026-11-27"):
		with at(f"{day} 15:00"):
			with_reporter.message_went(question_in(case))
	assert due(case)["Answer of the reporter"] == "2026-12-11 15:00"
	assert set(clocks(case, "Running")) == {"Acknowledgement", "Answer of the reporter"}
	assert set(clocks(case, "Cancelled")) == {"Answer of the reporter"}
	with at("2026-12-02 15:00"):
		make_message(case.name)
	assert states(case)["Answer of the reporter"] == "Met"
	# nothing was paused twice
	assert history(clocks(case)["First talk"]) == [
		*(("Started", "Registered"), ("Paused", "Message sent"), ("Resumed", "Message received")),
	]


def test_what_somebody_else_writes_is_no_answer_of_the_reporter(case):
	address = "reporter@uni.example"
	make_party(case.name, email_address=address)
	make_party(case.name, "Accused", person_name="Sam Visser", email_address="accused@uni.example")
	with at("2026-11-25 15:00"):
		with_reporter.message_went(question_in(case))
	with at("2026-11-26 15:00"):
		for sender in ("accused@uni.example", "stranger@uni.example"):
			came_by_mail(case, sender)
		came_by_mail(case, address, automatic=1)
		make_message(case.name, sender="Sam Visser")
		make_message(case.name, direction="Outgoing")
		assert states(case)["First talk"] == "Paused"
		came_by_mail(case, address)
	assert (states(case)["First talk"], states(case)["Answer of the reporter"]) == ("Running", "Met")


def came_by_mail(case, sender: str, **values) -> None:
	message = frappe.new_doc("SV Message")
	message.flags.from_outside = True
	message.update(
		{"report": case.name, "direction": "Incoming", "channel": "E-mail", "body": "Text", **values}
	)
	message.sender_index = blind_index("address", sender)
	message.insert()


@pytest.mark.parametrize("step", ["settle", "withdraw"])
def test_no_answer_is_waited_for_once_a_case_has_ended(case, step):
	follow("SV Report", case.name, "handle")
	with_reporter.message_went(question_in(case))
	follow("SV Report", case.name, step)
	assert states(case)["Answer of the reporter"] == "Cancelled"
	with_reporter.message_went(question_in(case))
	assert not clocks(case, "Running")


def test_without_a_term_for_the_answer_nothing_waits_for_it(case):
	frappe.db.set_value("SV Term", {"kind": "Answer of the reporter"}, "valid_until", "2020-01-01")
	with at("2026-11-25 15:00"):
		with_reporter.message_went(question_in(case))
	assert "Paused" not in states(case).values()


def test_what_waits_for_an_answer_that_does_not_come_goes_on_once(case):
	with at("2026-11-25 15:00"):
		with_reporter.message_went(question_in(case))
	answers.batch(datetime(2026, 12, 9, 14, 55), 100)
	assert states(case)["First talk"] == "Paused"
	for _again in range(2):
		# the sweep was away for a while
		answers.batch(datetime(2026, 12, 11, 10), 100)
	answer, talk = clocks(case)["Answer of the reporter"], clocks(case)["First talk"]
	assert (answer.status, answer.next_at) == ("Lapsed", None)
	assert history(answer)[1:] == [("Lapsed", "No answer came")]
	assert (talk.status, talk.due_at) == ("Running", datetime(2026, 12, 15, 15))
	assert history(talk)[1:] == [("Paused", "Message sent"), ("Resumed", "No answer came")]
	with at("2026-12-11 12:00"):
		make_message(case.name)
	assert clocks(case)["First talk"].due_at == talk.due_at


def test_a_clock_that_is_out_of_time_does_not_wait(case):
	with at("2026-12-03 10:00"):
		with_reporter.message_went(question_in(case))
	assert states(case)["First talk"] == "Running"


def test_time_by_the_calendar_never_waits(case):
	values = {"calendar": "Calendar time", "due_at": "2026-12-06 23:59:59"}
	frappe.db.set_value("SV Deadline", clocks(case)["First talk"].name, values)
	with at("2026-11-25 15:00"):
		with_reporter.message_went(question_in(case))
	assert (states(case)["First talk"], due(case)["First talk"]) == ("Running", "2026-12-06 23:59")


def test_a_clock_is_looked_at_an_hour_before_it_is_due_however_short_its_term():
	desk = make_desk().name
	make_term("Acknowledgement", 2, "Working hours", desk=desk, valid_from="2026-11-01")
	with at("2026-11-24 09:00"):
		case = make_report(desk=desk, received_at=now_datetime())
		action = make_action(report=case.name, due_on="2026-11-24")
	clock = clocks(case)["Acknowledgement"]
	assert (clock.warn_at, clock.next_at) == (datetime(2026, 11, 24, 10, 30), datetime(2026, 11, 24, 10))
	# its day is over at midnight, the desk is not open then
	assert clocks(action)["Action"].next_at == datetime(2026, 11, 24, 16)


def test_a_clock_that_goes_on_is_looked_at_an_hour_before_it_is_due():
	desk = make_desk().name
	make_term("Triage", 2, "Working hours", desk=desk, valid_from="2026-11-01")
	with at("2026-11-24 09:00"):
		case = make_report(desk=desk, received_at=now_datetime())
		with_reporter.message_went(question_in(case))
	with at("2026-11-25 09:00"):
		make_message(case.name)
	clock = clocks(case)["Triage"]
	assert (clock.warn_at, clock.next_at) == (datetime(2026, 11, 25, 10, 30), datetime(2026, 11, 25, 10))


def test_what_is_met_while_it_waits_is_not_late(case):
	with at("2026-11-25 15:00"):
		with_reporter.message_went(question_in(case))
	with at("2026-12-30 15:00"):
		make_note(case.name, talk_at=now_datetime())
	talk = clocks(case)["First talk"]
	assert (talk.status, talk.breached_at, talk.paused_at) == ("Met", None, None)


def test_statutory_terms_are_for_whistleblower_reports_and_never_wait(case):
	assert "Statutory feedback" not in clocks(case)
	with at("2026-11-25 10:00"):
		case.reload()
		case.whistleblower_report = 1
		case.save()
		with_reporter.message_went(question_in(case))
	# without an acknowledgement the three months begin after its seven days
	assert {kind: when for kind, when in due(case).items() if "Statutory" in kind} == {
		"Statutory acknowledgement": "2026-12-01 23:59",
		"Statutory feedback": "2027-03-01 23:59",
	}
	assert states(case)["Statutory feedback"] == "Running"
	with at("2026-11-26 10:00"):
		acknowledged(case.name)
	assert clocks(case)["Statutory acknowledgement"].status == "Met"
	feedback = clocks(case)["Statutory feedback"]
	assert feedback.due_at == datetime(2027, 2, 26, 23, 59, 59)
	assert history(feedback)[-1][0] == "Changed"


def test_a_talk_is_no_statutory_acknowledgement_but_feedback_is_told_by_its_moment():
	case = make_report(whistleblower_report=1)
	make_note(case.name)
	assert states(case)["Statutory acknowledgement"] == "Running"
	case.reload()
	case.feedback_given_at = now_datetime()
	case.save()
	assert states(case)["Statutory feedback"] == "Met"


def test_feedback_that_was_not_given_after_all_is_still_to_be_given():
	case = make_report(whistleblower_report=1, received_at="2026-11-24 15:00:00")
	correct(case, feedback_given_at=now_datetime())
	due_at = clocks(case)["Statutory feedback"].due_at
	correct(case, feedback_given_at=None)
	assert clocks(case, "Running")["Statutory feedback"].due_at == due_at
	assert "Statutory feedback" not in clocks(case, "Met")
	correct(case, feedback_given_at=now_datetime())
	assert "Statutory feedback" not in clocks(case, "Running")


def test_a_corrected_moment_of_feedback_says_whether_it_was_in_time():
	case = make_report(whistleblower_report=1, received_at="2026-09-01 15:00:00")
	for moment, breached_at in (
		("2027-01-03 10:00:00", datetime(2026, 12, 8, 23, 59, 59)),
		("2026-12-01 10:00:00", None),
	):
		correct(case, feedback_given_at=moment)
		clock = clocks(case)["Statutory feedback"]
		assert (clock.status, str(clock.met_at), clock.breached_at) == ("Met", moment, breached_at)
	assert history(clock)[-1] == ("Changed", "Details changed")


def test_a_case_that_is_no_whistleblower_report_after_all_has_no_statutory_terms():
	case = make_report(whistleblower_report=1)
	case.reload()
	case.whistleblower_report = 0
	case.save()
	assert states(case)["Statutory feedback"] == "Cancelled"
	case.reload()
	case.whistleblower_report = 1
	case.save()
	assert set(clocks(case, "Running")) >= {"Statutory feedback", "Statutory acknowledgement"}


@pytest.mark.parametrize("end", ["settle", "withdraw"])
def test_a_reopened_case_has_clocks_again_for_what_is_still_to_be_done(case, end):
	make_term("Settlement", 20, valid_from="2026-11-01")
	with at("2026-11-25 10:00"):
		follow("SV Report", case.name, "handle")
		follow("SV Report", case.name, end)
	assert not clocks(case, "Running")
	with at("2026-12-14 10:00"):
		follow("SV Report", case.name, "reopen")
	running = clocks(case, "Running")
	# the talk wasn't held and nobody acknowledged; what triage decides was decided
	assert set(running) == {"Acknowledgement", "First talk", "Settlement"}
	assert running["First talk"].started_at == datetime(2026, 12, 14, 10)
	assert running["First talk"].due_at == datetime(2026, 12, 21, 10)
	assert history(running["First talk"]) == [("Started", "Step taken")]


def test_what_was_done_before_a_case_is_reopened_stays_done(case):
	make_term("Settlement", 20, valid_from="2026-11-01")
	with at("2026-11-25 10:00"):
		acknowledged(case.name)
		make_note(case.name)
		for step in ("handle", "settle", "close"):
			follow("SV Report", case.name, step)
	follow("SV Report", case.name, "reopen")
	assert set(clocks(case, "Running")) == {"Settlement"}
	make_note(case.name)
	follow("SV Report", case.name, "settle")
	assert clocks(case, "Running") == {}


def test_a_corrected_moment_of_receipt_leaves_what_began_with_the_reopening(case):
	for step in ("handle", "settle", "reopen"):
		follow("SV Report", case.name, step)
	correct(case, received_at="2026-11-23 15:00:00")
	assert clocks(case, "Running")["First talk"].started_at == datetime(2027, 1, 4, 12)


@pytest.mark.parametrize("step", ["triage", "handle", "refer", "to_table"])
def test_the_acknowledgement_the_law_asks_for_is_met_also_when_the_case_went_on(step):
	with at("2026-11-24 15:00"):
		staff = make_user()
		desk = make_desk(staff)
		case = make_report(received_at=now_datetime(), desk=desk.name, whistleblower_report=1)
		follow("SV Report", case.name, step)
		frappe.set_user(staff)
	with at("2026-11-26 10:00"):
		status = move("SV Report", case.name, "acknowledge").status
	assert status == frappe.db.get_value("SV Report", case.name, "status") != "Acknowledged"
	clock = clocks(case)["Statutory acknowledgement"]
	assert (clock.status, clock.met_at) == ("Met", datetime(2026, 11, 26, 10))
	assert clocks(case)["Statutory feedback"].due_at == datetime(2027, 2, 26, 23, 59, 59)


def test_an_acknowledgement_by_mail_that_left_after_the_case_was_settled_counts_as_well():
	case = make_report(whistleblower_report=1)
	for step in ("handle", "settle"):
		follow("SV Report", case.name, step)
	acknowledged(case.name)
	assert states(case)["Statutory acknowledgement"] == "Met"
	assert frappe.db.get_value("SV Report", case.name, "status") == "Settled"


def test_settling_leaves_the_statutory_term_until_the_reporter_was_told(case):
	case.reload()
	case.whistleblower_report = 1
	case.save()
	for step in ("handle", "settle"):
		follow("SV Report", case.name, step)
	assert states(case)["First talk"] == "Cancelled"
	assert states(case)["Statutory feedback"] == "Running"


def test_a_corrected_moment_of_receipt_moves_its_clocks(case):
	case.reload()
	case.received_at = "2026-11-23 15:00:00"
	case.save()
	assert due(case)["First talk"] == "2026-11-30 15:00"
	assert history(clocks(case)["First talk"])[-1] == ("Changed", "Details changed")


def test_a_corrected_moment_of_receipt_says_by_which_term_its_clocks_go(case):
	own = make_term("Triage", 2, desk=case.desk, valid_from="2026-11-01", valid_until="2026-11-23")
	case.reload()
	case.received_at = "2026-11-23 15:00:00"
	case.save()
	clock = clocks(case)["Triage"]
	assert (clock.term, clock.due_at) == (own.name, datetime(2026, 11, 25, 15))


def test_saving_again_changes_no_clock(case):
	before = clocks(case)
	case.reload()
	case.power_relation = 1
	case.save()
	assert clocks(case) == before


def test_what_two_wrote_into_a_history_at_once_costs_a_clock_no_waiting(case):
	with at("2026-11-25 15:00"):
		with_reporter.message_went(question_in(case))
	with at("2026-11-27 15:00"):
		make_message(case.name)
	row = {"parent": clocks(case)["Triage"].name, "event": "Resumed"}
	# whoever comes second may not see yet how long it has become
	frappe.db.set_value("SV Deadline Event", row, "idx", 1)
	correct(case, received_at="2026-11-23 15:00:00")
	assert due(case)["Triage"] == "2026-12-02 15:00"


def test_a_clock_that_waited_keeps_that_when_its_start_is_corrected(case):
	with at("2026-11-25 15:00"):
		with_reporter.message_went(question_in(case))
	with at("2026-11-27 15:00"):
		make_message(case.name)
	assert due(case)["First talk"] == "2026-12-03 15:00"
	case.reload()
	case.received_at = "2026-11-23 15:00:00"
	case.save()
	assert due(case)["First talk"] == "2026-12-02 15:00"


def test_a_clock_that_was_moved_while_it_waited_has_waited_no_longer_for_that(case):
	with at("2026-11-25 15:00"):
		with_reporter.message_went(question_in(case))
	for received_at, message_at in (
		("2026-11-23 15:00:00", "2026-11-27 15:00"),
		("2026-11-24 15:00:00", None),
	):
		correct(case, received_at=received_at)
		if message_at:
			with at(message_at):
				make_message(case.name)
			assert due(case)["First talk"] == "2026-12-02 15:00"
	# two days later than without waiting
	assert due(case)["First talk"] == "2026-12-03 15:00"


def test_the_clocks_of_a_case_are_its_handlers():
	user, other = make_user(), make_user()
	case = make_report(desk=make_desk(user, other).name, handler=user)
	assert {clock.deadline_owner for clock in clocks(case).values()} == {user}
	referral = make_referral(case)
	follow("SV Referral", referral.name, "offer")
	assert clocks(referral)["Hand-over accepted"].deadline_owner == user
	case.reload()
	case.handler = other
	case.save()
	running = [clock for doc in (case, referral) for clock in clocks(doc, "Running").values()]
	assert {clock.deadline_owner for clock in running} == {other} and len(running) == 4
	# what was done stays with who did it
	assert clocks(case)["Triage"].deadline_owner == user


def test_who_takes_over_a_colleagues_cases_takes_over_their_clocks():
	lead, leaver, successor = make_user("SV Coordinator"), make_user(), make_user()
	desk = make_desk(
		leaver,
		successor,
		members=[{"user": lead, "desk_role": "Coordinator"}, {"user": leaver}, {"user": successor}],
	)
	case = make_report(desk=desk.name, handler=leaver)
	action = make_action(report=case.name, action_owner=leaver)
	frappe.set_user(lead)
	hand_over.hand_over(desk.name, leaver, successor)
	owners = {clock.deadline_owner for doc in (case, action) for clock in clocks(doc).values()}
	assert owners == {successor}


def test_a_hand_over_waits_for_its_answer_and_then_for_its_end(case):
	referral = make_referral(case)
	assert clocks(referral) == {}
	with at("2026-11-24 15:00"):
		follow("SV Referral", referral.name, "offer")
	assert due(referral) == {
		"Hand-over accepted": "2026-11-27 15:00",
		"Hand-over completed": "2026-12-08 15:00",
	}
	follow("SV Referral", referral.name, "accept")
	assert states(referral) == {"Hand-over accepted": "Met", "Hand-over completed": "Running"}
	follow("SV Referral", referral.name, "complete")
	assert states(referral)["Hand-over completed"] == "Met"


@pytest.mark.parametrize("step", ["decline", "withdraw"])
def test_a_hand_over_that_comes_to_nothing_has_no_deadlines(case, step):
	referral = make_referral(case)
	follow("SV Referral", referral.name, "offer")
	follow("SV Referral", referral.name, step)
	assert set(states(referral).values()) == {"Cancelled"}


def test_a_table_is_convened_in_time_and_sooner_in_danger():
	with at("2026-11-24 15:00"):
		table = make_decision_table()
	assert due(table) == {"Decision table convened": "2026-12-01 15:00"}
	with at("2026-11-25 15:00"):
		table.reload()
		table.urgency = "Acute danger"
		table.save()
	assert states(table)["Decision table convened"] == "Cancelled"
	assert due(table)["Decision table convened (acute danger)"] == "2026-11-26 15:00"
	follow("SV Decision Table", table.name, "convene")
	assert states(table)["Decision table convened (acute danger)"] == "Met"


def test_a_table_that_was_decided_on_earlier_counts_from_the_end_of_that_day():
	with at("2026-11-24 15:00"):
		table = make_decision_table(opened_on="2026-11-23")
	assert due(table) == {"Decision table convened": "2026-11-30 17:00"}
	with at("2026-11-25 15:00"):
		table.reload()
		table.opened_on = "2026-11-24"
		table.save()
	assert due(table) == {"Decision table convened": "2026-12-01 15:00"}


def test_a_table_that_is_acute_for_a_while_has_no_more_time_than_before():
	table = None
	for when, urgency in (
		("2026-11-24 15:00", "Normal"),
		("2026-11-25 15:00", "Acute danger"),
		("2026-11-26 10:00", "Normal"),
		("2026-11-26 11:00", "Acute danger"),
	):
		with at(when):
			if not table:
				table = make_decision_table()
			table.reload()
			table.urgency = urgency
			table.save()
			running = {kind: f"{row.due_at:%d %H:%M}" for kind, row in clocks(table, "Running").items()}
		if urgency == "Normal":
			assert running == {"Decision table convened": "01 15:00"}
		else:
			assert running == {"Decision table convened (acute danger)": "26 15:00"}


def test_a_table_that_is_called_off_and_taken_up_again_starts_anew():
	table = make_decision_table()
	follow("SV Decision Table", table.name, "call_off")
	assert states(table) == {"Decision table convened": "Cancelled"}
	follow("SV Decision Table", table.name, "resume")
	assert set(clocks(table, "Running")) == {"Decision table convened"}


def test_a_table_that_was_taken_up_again_counts_from_then_however_urgent_it_was():
	with at("2026-11-24 15:00"):
		table = make_decision_table()
		follow("SV Decision Table", table.name, "call_off")
	with at("2026-12-07 15:00"):
		follow("SV Decision Table", table.name, "resume")
	for when, urgency in (("2026-12-08 15:00", "Acute danger"), ("2026-12-09 10:00", "Normal")):
		with at(when):
			table.reload()
			table.urgency = urgency
			table.save()
	assert clocks(table, "Running")["Decision table convened"].due_at == datetime(2026, 12, 14, 15)


def test_minutes_that_are_begun_late_are_late_once():
	with at("2026-11-24 17:00"):
		table = make_decision_table(status="Convened", first_meeting_at="2026-11-24 15:00:00")
		follow("SV Decision Table", table.name, "run")
	with at("2026-12-07 10:00"):
		minutes = make_minutes(table.name, meeting_at="2026-11-24 15:00:00")
	assert clocks(table, "Cancelled")["Minutes written"].breached_at is None
	assert due(minutes) == {"Minutes written": "2026-11-27 15:00"}


def test_a_draft_of_a_table_that_was_called_off_waits_until_it_is_taken_up_again():
	with at("2026-11-24 17:00"):
		table = make_decision_table(status="Running", first_meeting_at="2026-11-24 15:00:00")
		minutes = make_minutes(table.name, meeting_at="2026-11-24 15:00:00")
		follow("SV Decision Table", table.name, "call_off")
	assert states(minutes) == {"Minutes written": "Cancelled"}
	with at("2026-12-07 15:00"):
		follow("SV Decision Table", table.name, "resume")
	clock = clocks(minutes, "Running")["Minutes written"]
	assert clock.due_at == datetime(2026, 12, 10, 15)
	assert history(clock) == [("Started", "Step taken")]


def test_taking_up_a_table_starts_no_second_clock_of_its_draft():
	table = make_decision_table()
	minutes = make_minutes(table.name)
	frappe.db.set_value("SV Decision Table", table.name, "status", "Called off")
	follow("SV Decision Table", table.name, "resume")
	assert len(history_of_all(minutes)) == 1


def test_minutes_are_written_after_the_meeting_and_then_approved():
	with at("2026-11-24 17:00"):
		table = make_decision_table(status="Convened", first_meeting_at="2026-11-24 15:00:00")
		follow("SV Decision Table", table.name, "run")
	assert due(table) == {"Minutes written": "2026-11-27 15:00"}
	with at("2026-11-25 10:00"):
		minutes = make_minutes(table.name, meeting_at="2026-11-24 15:00:00")
	# the draft has a clock of its own from then on
	assert states(table) == {"Minutes written": "Cancelled"}
	assert due(minutes) == {"Minutes written": "2026-11-27 15:00"}
	with at("2026-11-26 15:00"):
		follow("SV Minutes", minutes.name, "submit", approve_by="2026-12-10")
	assert states(minutes) == {"Minutes written": "Met", "Minutes approved": "Running"}
	assert due(minutes)["Minutes approved"] == "2026-12-10 23:59"
	with at("2026-11-30 15:00"):
		follow("SV Minutes", minutes.name, "send_back")
	assert states(minutes) == {"Minutes written": "Running", "Minutes approved": "Cancelled"}
	assert due(minutes)["Minutes written"] == "2026-12-03 15:00"


def test_a_corrected_meeting_moves_the_clock_that_began_with_it_and_no_other():
	with at("2026-11-24 17:00"):
		table = make_decision_table(status="Running", first_meeting_at="2026-11-24 15:00:00")
		minutes = make_minutes(table.name, meeting_at="2026-11-24 15:00:00")
		minutes.reload()
		minutes.meeting_at = "2026-11-23 15:00:00"
		minutes.save()
	assert due(minutes) == {"Minutes written": "2026-11-26 15:00"}
	follow("SV Minutes", minutes.name, "submit", approve_by="2026-12-10")
	with at("2026-11-30 15:00"):
		follow("SV Minutes", minutes.name, "send_back")
		minutes.reload()
		minutes.meeting_at = "2026-11-20 15:00:00"
		minutes.save()
	assert due(minutes)["Minutes written"] == "2026-12-03 15:00"
	assert clocks(minutes)["Minutes approved"].status == "Cancelled"


def test_a_corrected_meeting_leaves_a_correction_its_time():
	with at("2026-11-24 17:00"):
		table = make_decision_table(status="Running", first_meeting_at="2026-11-24 15:00:00")
		first = make_minutes(table.name, meeting_at="2026-11-24 15:00:00")
	with at("2026-12-07 15:00"):
		correction = make_minutes(table.name, meeting_at="2026-11-24 15:00:00", corrects=first.name)
	with at("2026-12-08 15:00"):
		correction.reload()
		correction.meeting_at = "2026-11-23 15:00:00"
		correction.save()
	assert due(correction) == {"Minutes written": "2026-12-10 15:00"}


def test_an_action_is_due_at_the_end_of_its_day(case):
	with at("2026-11-24 15:00"):
		action = make_action(report=case.name, due_on="2026-12-24")
	clock = clocks(action)["Action"]
	assert (clock.due_at, clock.desk) == (datetime(2026, 12, 24, 23, 59, 59), case.desk)
	# not earlier than a week before
	assert clock.warn_at == datetime(2026, 12, 17, 23, 59, 59)
	action.reload()
	action.due_on = "2026-12-31"
	action.save()
	assert due(action) == {"Action": "2026-12-31 23:59"}
	follow("SV Action", action.name, "finish")
	assert states(action) == {"Action": "Met"}
	follow("SV Action", action.name, "resume")
	assert set(clocks(action, "Running")) == {"Action"}
	follow("SV Action", action.name, "drop")
	assert clocks(action, "Running") == {}


def test_a_day_that_is_far_off_or_past_breaks_nothing(case):
	assert due(make_action(report=case.name, due_on="2999-01-01")) == {"Action": "2999-01-01 23:59"}
	assert due(make_action(report=case.name, due_on="2020-01-01")) == {"Action": "2020-01-01 23:59"}


def test_an_aftercare_contact_is_held_by_its_day(case):
	plan = make_aftercare(case.name)
	contact = make_aftercare_contact(plan.name, make_user(), planned_on="2026-12-24")
	assert due(contact) == {"Aftercare contact": "2026-12-24 23:59"}
	assert clocks(contact)["Aftercare contact"].report == case.name
	follow("SV Aftercare Contact", contact.name, "put_off", planned_on="2027-01-15")
	assert due(contact) == {"Aftercare contact": "2027-01-15 23:59"}
	follow("SV Aftercare Contact", contact.name, "hold")
	assert states(contact) == {"Aftercare contact": "Met"}


def test_a_contact_registered_afterwards_was_held_when_it_was(case):
	with at("2026-11-24 15:00"):
		contact = make_aftercare_contact(make_aftercare(case.name).name, make_user(), planned_on="2026-11-26")
		contact.reload()
		contact.held_at = "2026-11-24 14:00:00"
		contact.save()
	# nobody has said yet how it went
	assert states(contact) == {"Aftercare contact": "Running"}
	with at("2026-11-30 10:00"):
		follow("SV Aftercare Contact", contact.name, "hold", held_at="2026-11-26 14:00:00")
	clock = clocks(contact)["Aftercare contact"]
	assert (clock.met_at, clock.breached_at) == (datetime(2026, 11, 26, 14), None)


def test_a_settlement_registered_afterwards_was_settled_when_it_was():
	desk = make_desk().name
	make_term("Settlement", 5, desk=desk, valid_from="2026-11-01")
	with at("2026-11-24 15:00"):
		case = make_report(desk=desk, received_at=now_datetime())
		follow("SV Report", case.name, "handle")
	with at("2026-12-03 10:00"):
		follow("SV Report", case.name, "settle", settled_at="2026-11-30 10:00:00")
	clock = clocks(case)["Settlement"]
	assert (clock.met_at, clock.breached_at) == (datetime(2026, 11, 30, 10), None)


def test_a_table_that_a_person_convenes_has_met_its_clock():
	staff, manager = make_user(), make_user("SV Manager")
	desk = make_desk(staff).name
	table = make_decision_table(desk=desk)
	make_table_case(table.name, make_report(desk=desk, status="Handling").name)
	frappe.set_user(staff)
	seats = {"manager": manager, "coordinator": staff, "first_meeting_at": now_datetime()}
	move("SV Decision Table", table.name, "convene", seats)
	assert states(table) == {"Decision table convened": "Met"}


@pytest.fixture
def closing_desk():
	"""A desk whose calendar somebody makes unusable past its form."""
	calendar = make_calendar(closing_days=[{"from_date": "2026-11-30"}])
	return frappe._dict(name=make_desk(calendar=calendar.name).name, calendar=calendar.name)


def closes_for_good(desk):
	frappe.db.set_value("SV Closing Day", {"parent": desk.calendar}, "to_date", "2060-01-01")


def test_a_desk_that_never_opens_again_keeps_no_case_and_no_mail_out(closing_desk):
	with at("2026-11-24 15:00"):
		case = make_report(desk=closing_desk.name, received_at=now_datetime())
		with_reporter.message_went(question_in(case))
		closes_for_good(closing_desk)
		make_message(case.name)
		assert states(case)["First talk"] == "Running"
		other = make_report(desk=closing_desk.name, received_at=now_datetime())
	# as in office hours
	assert due(other)["First talk"] == "2026-12-01 15:00"


def test_a_desk_that_is_open_too_little_for_a_term_keeps_no_case_out():
	hours = [{"weekday": "Monday", "opens_at": "09:00", "closes_at": "10:00"}]
	desk = make_desk(calendar=make_calendar(hours=hours).name).name
	make_term("Triage", 2000, "Working hours", desk=desk, valid_from="2026-11-01")
	assert set(clocks(make_report(desk=desk))) == {"Acknowledgement", "First talk", "Triage"}
	assert not frappe.local.message_log


def test_a_desk_that_is_open_too_little_to_go_on_keeps_no_mail_out():
	with at("2026-11-24 15:00"):
		calendar = make_calendar()
		desk = make_desk(calendar=calendar.name).name
		make_term("Settlement", 2000, "Working hours", desk=desk, valid_from="2026-11-01")
		case = make_report(desk=desk, received_at=now_datetime())
		with_reporter.message_went(question_in(case))
		calendar.reload()
		calendar.hours = []
		calendar.append("hours", {"weekday": "Monday", "opens_at": "09:00", "closes_at": "10:00"})
		calendar.save()
		# who changes opening hours is told that clocks stay
		frappe.clear_messages()
		make_message(case.name)
	assert states(case)["Settlement"] == "Running"
	assert not frappe.local.message_log


def test_a_desk_that_is_open_too_little_keeps_no_minutes_from_approval():
	hours = [{"weekday": "Monday", "opens_at": "09:00", "closes_at": "10:00"}]
	desk = make_desk(calendar=make_calendar(hours=hours).name).name
	make_term("Minutes approved", 2000, "Working hours", desk=desk, valid_from="2026-11-01")
	minutes = make_minutes(make_decision_table(desk=desk).name)
	assert approvals.term(minutes) > now_datetime().date()
	assert not frappe.local.message_log


def test_a_changed_term_moves_no_clock_until_somebody_asks(case):
	term = frappe.get_doc("SV Term", clocks(case)["Triage"].term)
	with at("2026-11-25 10:00"):
		term.amount = 7
		term.save()
		assert due(case)["Triage"] == "2026-12-01 15:00"
		assert applied(term.name) >= 1
	assert due(case)["Triage"] == "2026-12-03 15:00"
	assert due(case)["First talk"] == "2026-12-01 15:00"
	clock = clocks(case)["Triage"]
	assert history(clock)[-1] == ("Changed", "Term changed")
	assert (clock.stage, clock.next_at) == (0, clock.warn_at)


def test_a_term_of_one_desk_moves_the_clocks_of_that_desk_only(case):
	with at("2026-11-25 10:00"):
		other = make_report(received_at=now_datetime())
		own = make_term("Triage", 2, desk=case.desk, valid_from="2026-11-01")
		assert applied(own.name) == 1
		# the common one no longer holds there
		common = clocks(other)["Triage"].term
		applied(common)
	assert due(case)["Triage"] == "2026-11-26 15:00"
	assert due(other)["Triage"] == "2026-12-02 10:00"
	assert clocks(case)["Triage"].term == own.name


def test_a_clock_that_was_late_runs_again_with_a_longer_term(case):
	name = clocks(case)["Triage"].name
	late = {
		"status": "Breached",
		"stage": 3,
		"due_at": "2026-12-01 15:00:00",
		"breached_at": "2026-12-01 15:00:00",
		"next_at": "2026-12-03 09:00:00",
	}
	for when, state in (("2026-12-04 10:00", "Breached"), ("2026-12-02 10:00", "Running")):
		frappe.db.set_value("SV Deadline", name, late)
		with at(when):
			term = frappe.get_doc("SV Term", clocks(case)["Triage"].term)
			term.amount = 7
			term.save()
			applied(term.name)
		clock = clocks(case)["Triage"]
		assert clock.status == state
		assert (clock.stage, bool(clock.breached_at)) == ((3, True) if state == "Breached" else (0, False))


def test_a_clock_that_waits_has_more_left_with_a_longer_term(case):
	with at("2026-11-25 15:00"):
		with_reporter.message_went(question_in(case))
		frappe.db.set_value("SV Term", clocks(case)["Triage"].term, "amount", 6)
		applied(clocks(case)["Triage"].term)
	clock = clocks(case)["Triage"]
	assert (clock.status, clock.left_seconds, clock.next_at) == ("Paused", 5 * 8 * 3600, None)


def test_a_clock_that_was_asked_to_go_by_another_term_keeps_it_when_its_start_is_corrected(case):
	with at("2026-12-01 10:00"):
		longer = make_term("Triage", 9, desk=case.desk, valid_from="2026-12-01")
		assert applied(longer.name) == 1
		correct(case, received_at="2026-11-24 14:00:00")
	clock = clocks(case)["Triage"]
	assert (clock.term, clock.due_at) == (longer.name, datetime(2026, 12, 7, 14))


def test_a_term_that_is_applied_twice_moves_each_clock_once(case):
	with at("2026-11-25 15:00"):
		with_reporter.message_went(question_in(case))
	with at("2026-11-27 15:00"):
		make_message(case.name)
		term = clocks(case)["Triage"].term
		frappe.db.set_value("SV Term", term, "amount", 7)
		assert [applied(term) > 0, applied(term)] == [True, 0]
	clock = clocks(case)["Triage"]
	assert due(case)["Triage"] == "2026-12-07 15:00"
	assert [event for event, _cause in history(clock)].count("Changed") == 1


def test_a_changed_term_leaves_the_day_that_approvers_were_told():
	with at("2026-11-24 15:00"):
		table = make_decision_table(status="Running")
		minutes = make_minutes(table.name)
		follow("SV Minutes", minutes.name, "submit", approve_by="2026-12-10")
		for term in frappe.get_all("SV Term", {"kind": "Minutes approved"}, pluck="name"):
			frappe.db.set_value("SV Term", term, "amount", 3)
			assert applied(term) == 0
	assert due(minutes)["Minutes approved"] == "2026-12-10 23:59"


def test_applying_a_term_to_many_clocks_takes_as_many_statements_as_to_one():
	def statements(number: int) -> int:
		desk = make_desk().name
		for _number in range(number):
			make_report(desk=desk)
		own, asked, run = make_term("Triage", 7, desk=desk), [], frappe.db.sql
		frappe.db.sql = lambda query, *args, **kwargs: asked.append(query) or run(query, *args, **kwargs)
		try:
			assert applied(own.name) == number
		finally:
			frappe.db.sql = run
		return len(asked)

	with at("2026-11-24 15:00"):
		assert statements(1) == statements(6)


def test_only_who_may_change_terms_applies_them(case, monkeypatch):
	queued = []
	monkeypatch.setattr(frappe, "enqueue", lambda method, **values: queued.append(values.get("term")))
	term = clocks(case)["Triage"].term
	frappe.set_user(make_user())
	said = set()
	for name in (term, "not there"):
		with pytest.raises(frappe.PermissionError) as refused:
			applying.apply_to_running(name)
		said.add(str(refused.value))
	assert len(said) == 1
	assert term not in queued
	frappe.set_user(make_user("SV Coordinator"))
	applying.apply_to_running(term)
	assert queued[-1] == term
