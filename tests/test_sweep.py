"""What is due of all clocks is told in time, once, and in order."""

import re
from pathlib import Path

import pytest
from deadline_helpers import DAY, HOUR, NOW, TOMORROW, bell, mails, make_clock, state, swept, told

import frappe

from sv_helpdesk import notices
from sv_helpdesk.deadlines import desk_time, sweep
from sv_helpdesk.deadlines.desk_calendars import office_hours
from sv_helpdesk.test_utils import make_report

pytest_plugins = ["deadline_fixtures"]
pytestmark = pytest.mark.usefixtures("without_clocks", "outgoing")


def test_a_clock_is_told_to_its_owner_then_the_coordinator_then_the_stand_in(people, case):
	clock = make_clock(case, people.handler)
	swept(NOW)
	assert told(clock) == {(people.handler, 1, 0)}
	assert state(clock) == (1, "Running", NOW + 3 * HOUR)
	swept(NOW + 3 * HOUR)
	assert told(clock) == {(people.handler, 1, 0), (people.handler, 2, 0)}
	swept(NOW + 4 * HOUR)
	assert told(clock) >= {(people.handler, 3, 1), (people.coordinator, 3, 1)}
	assert state(clock) == (3, "Breached", TOMORROW)
	assert frappe.db.get_value("SV Deadline", clock, "breached_at") == NOW + 4 * HOUR
	swept(TOMORROW)
	newest = {row for row in told(clock) if row[1] == 4}
	assert newest == {(people.handler, 4, 0), (people.coordinator, 4, 0), (people.stand_in, 4, 1)}
	assert people.colleague not in {user for user, *_rest in told(clock)}


def test_the_history_of_a_clock_says_what_the_sweep_did(people, case):
	clock, other = make_clock(case, people.handler), make_clock(case, people.handler)
	for moment in (NOW, NOW + 3 * HOUR, NOW + 4 * HOUR, NOW + 4 * HOUR, TOMORROW, TOMORROW + DAY):
		swept(moment)
	for name in (clock, other):
		rows = frappe.get_doc("SV Deadline", name).history
		assert [(row.idx, row.event, row.happened_at) for row in rows] == [
			(1, "Warned", NOW),
			(2, "Warned", NOW + 3 * HOUR),
			(3, "Breached", NOW + 4 * HOUR),
			(4, "Escalated", TOMORROW),
			(5, "Escalated", TOMORROW + DAY),
		]
		assert {(row.cause, row.due_at) for row in rows} == {("Time passed", NOW + 4 * HOUR)}


def test_nothing_is_told_before_its_time_nor_twice(people, case):
	clock = make_clock(case, people.handler)
	swept(NOW - HOUR)
	assert told(clock) == set()
	for _again in range(3):
		swept(NOW)
	assert told(clock) == {(people.handler, 1, 0)}
	assert bell(people.handler) == ["One thing waits for you. Look at your agenda."]


def test_a_clock_that_is_set_back_tells_nothing_twice(people, case):
	clock = make_clock(case, people.handler)
	swept(NOW + 4 * HOUR)
	before = told(clock)
	for moment in (NOW, NOW - DAY, NOW + 4 * HOUR):
		swept(moment)
	assert told(clock) == before
	assert len(mails(people.handler)) == 1


def test_after_an_outage_a_clock_is_told_once_with_its_present_stage(people, case):
	clock = make_clock(case, people.handler)
	swept(NOW + 9 * DAY)
	assert told(clock) == {(people.handler, 3, 1), (people.coordinator, 3, 1)}
	assert len(bell(people.handler)) == len(mails(people.handler)) == 1


def test_what_was_missed_is_told_in_the_order_in_which_it_would_have_been(people):
	missed = [NOW + 3 * DAY, NOW, NOW + DAY]
	cases = [make_report(desk=people.desk.name, handler=people.handler) for _each in missed]
	clocks = [
		make_clock(case, people.handler, due, next_at=due) for case, due in zip(cases, missed, strict=True)
	]
	order = []
	while sweep.batch(NOW + 9 * DAY, 1):
		order += [clock for clock in clocks if told(clock) and clock not in order]
	assert order == [clocks[1], clocks[2], clocks[0]]


def test_a_clock_that_waits_or_has_stopped_is_told_to_nobody(people, case):
	for status in ("Paused", "Met", "Cancelled"):
		clock = make_clock(case, people.handler, status=status)
		swept(NOW + 9 * DAY)
		assert told(clock) == set()
		assert state(clock) == (0, status, None)


def test_without_the_key_file_a_sweep_waits_and_loses_nothing(people, case, monkeypatch):
	clock = make_clock(case, people.handler)
	with monkeypatch.context() as without_keys:
		without_keys.setattr(sweep.key_ring, "is_usable", lambda: False)
		assert sweep.run(NOW) == 0
	assert told(clock) == set()
	swept()
	assert told(clock) == {(people.handler, 1, 0)}


def test_the_database_is_never_asked_what_time_it_is():
	asked = re.compile(
		r"\b(now|sysdate|curdate|curtime|current_\w+|utc_\w+|localtime\w*)\s*\(", re.IGNORECASE
	)
	files = [*Path(sweep.__file__).parent.glob("*.py"), Path(notices.__file__)]
	assert [file.name for file in files if asked.search(file.read_text())] == []


def test_a_moved_clock_is_warned_about_anew(people, case):
	clock = make_clock(case, people.handler)
	swept()
	later = NOW + 7 * DAY
	frappe.db.set_value(
		"SV Deadline", clock, {"due_at": later + DAY, "stage": 0, "next_at": later, "warn_at": later}
	)
	swept(later)
	rows = frappe.get_all("SV Deadline Notice", {"deadline": clock}, pluck="stage", order_by="noted_at asc")
	assert rows == [1, 1]


def test_a_desk_whose_calendar_fails_in_any_way_keeps_no_warning_from_others(people, case, monkeypatch):
	other = make_report(handler=people.handler)

	def calendar_of(desk):
		if desk == other.desk:
			raise RuntimeError
		return office_hours()

	monkeypatch.setattr(desk_time, "calendar_of", calendar_of)
	clocks = [make_clock(document, people.handler) for document in (other, case)]
	swept()
	assert [state(clock) for clock in clocks] == [(1, "Running", NOW + 3 * HOUR)] * 2
