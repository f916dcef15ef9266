"""From a case that comes in to who is told: real clocks, real steps, the sweep."""

import pytest
from deadline_helpers import make_outgoing_account, told
from grant_helpers import desk_of
from test_clocks import at, clocks, question_in

import frappe
from frappe.utils import get_datetime, now_datetime

from sv_helpdesk.deadlines import answers, delivery, stages, sweep, with_reporter
from sv_helpdesk.permissions.roles import COORDINATOR
from sv_helpdesk.test_utils import (
	make_decision_table,
	make_message,
	make_note,
	make_report,
	make_user,
)
from sv_helpdesk.workflows.case import acknowledged


@pytest.fixture
def people():
	"""A desk with a coordinator, a stand-in and a handler."""
	make_outgoing_account()
	coordinator, stand_in, handler = make_user(COORDINATOR), make_user(), make_user()
	desk = desk_of(coordinator, stand_in, handler)
	return frappe._dict(desk=desk, coordinator=coordinator, stand_in=stand_in, handler=handler)


def new_case(people, **values):
	"""A case that came in on a Tuesday at three; it must be acknowledged by Wednesday at three."""
	with at("2026-11-24 15:00"):
		return make_report(
			desk=people.desk.name, handler=people.handler, received_at=now_datetime(), **values
		)


def told_at(moment: str, doc, kind: str) -> set[tuple[str, int]]:
	"""Who has been told which stage of a clock after a sweep at a moment."""
	now = get_datetime(moment)
	while sweep.batch(now):
		pass
	while delivery.deliver(now, set()):
		pass
	return {(user, stage) for user, stage, _urgent in told(clocks(doc)[kind].name)}


def test_an_acknowledgement_that_is_late_goes_up_from_the_handler_to_the_stand_in(people):
	case, kind = new_case(people), "Acknowledgement"
	# three quarters of its eight hours are over on Wednesday at one
	assert told_at("2026-11-25 12:55", case, kind) == set()
	assert told_at("2026-11-25 13:00", case, kind) == {(people.handler, 1)}
	assert told_at("2026-11-25 14:00", case, kind) == {(people.handler, 1), (people.handler, 2)}
	late = told_at("2026-11-25 15:00", case, kind)
	assert late >= {(people.handler, 3), (people.coordinator, 3)} and people.stand_in not in dict(late)
	assert told_at("2026-11-26 08:55", case, kind) == late
	assert (people.stand_in, 4) in told_at("2026-11-26 09:00", case, kind)


def test_what_is_done_in_time_is_told_no_more(people):
	case, kind = new_case(people), "Acknowledgement"
	assert told_at("2026-11-25 13:00", case, kind) == {(people.handler, 1)}
	with at("2026-11-25 13:30"):
		acknowledged(case.name)
	assert told_at("2026-12-09 12:00", case, kind) == {(people.handler, 1)}


def test_what_is_done_late_is_told_no_more(people):
	case, kind = new_case(people), "Acknowledgement"
	late = told_at("2026-11-25 15:00", case, kind)
	with at("2026-11-25 16:00"):
		acknowledged(case.name)
	assert told_at("2026-12-09 12:00", case, kind) == late
	assert clocks(case)[kind].breached_at == get_datetime("2026-11-25 15:00")


def test_a_talk_is_not_warned_about_while_the_reporter_is_waited_for_and_is_when_they_answer(people):
	case, kind = new_case(people), "First talk"
	with at("2026-11-25 10:00"):
		with_reporter.message_went(question_in(case))
	assert told_at("2026-12-09 12:00", case, kind) == set()
	with at("2026-12-10 10:00"):
		make_message(case.name)
	clock = clocks(case)[kind]
	assert told_at(str(clock.warn_at), case, kind) == {(people.handler, 1)}


def test_after_a_weekend_the_next_level_is_told_on_monday_when_the_desk_opens(people):
	with at("2026-11-26 15:00"):
		case = make_report(desk=people.desk.name, handler=people.handler, received_at=now_datetime())
	late = told_at("2026-11-27 15:00", case, "Acknowledgement")
	assert told_at("2026-11-29 12:00", case, "Acknowledgement") == late
	assert (people.stand_in, 4) in told_at("2026-11-30 09:00", case, "Acknowledgement")


def test_a_case_nobody_handles_yet_is_told_to_the_coordinator(people):
	with at("2026-11-24 15:00"):
		case = make_report(desk=people.desk.name, received_at=now_datetime())
	assert told_at("2026-11-25 13:00", case, "Acknowledgement") == {(people.coordinator, 1)}


def test_a_statutory_term_and_a_table_in_acute_danger_are_told_at_once(people):
	case = new_case(people, whistleblower_report=1)
	with at("2026-11-24 15:00"):
		table = make_decision_table(
			desk=people.desk.name, coordinator=people.coordinator, urgency="Acute danger"
		)
	kinds = {
		"Statutory acknowledgement": case,
		"Decision table convened (acute danger)": table,
	}
	for kind, doc in kinds.items():
		told_at(str(clocks(doc)[kind].warn_at), doc, kind)
		assert {urgent for _user, _stage, urgent in told(clocks(doc)[kind].name)} == {1}, kind


def test_who_handles_a_case_hears_once_that_no_answer_came_and_nobody_else_does(people):
	case, kind = new_case(people), "Answer of the reporter"
	with at("2026-11-25 15:00"):
		make_note(case.name)
		with_reporter.message_went(question_in(case))
	for moment in ("2026-12-09 15:00", "2026-12-09 15:05", "2026-12-14 09:00", "2026-12-21 09:00"):
		moment = get_datetime(moment)
		while answers.batch(moment, 100) or sweep.batch(moment) or delivery.deliver(moment, set()):
			pass
	notices = told(clocks(case)[kind].name)
	assert [(user, urgent) for user, stage, urgent in notices if stage == stages.LAPSED] == [
		(people.handler, 0)
	]
	assert {user for user, _stage, _urgent in notices} == {people.handler}
	told_in = frappe.get_all(
		"SV Deadline Notice", {"deadline": clocks(case)[kind].name, "stage": stages.LAPSED}, pluck="told_in"
	)
	assert all(told_in) and len(told_in) == 1
