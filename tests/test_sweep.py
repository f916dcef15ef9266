"""What is due of all clocks is told in time, to whom it concerns and to nobody else."""

import re
from pathlib import Path

import pytest
from deadline_helpers import (
	DAY,
	HOUR,
	NOW,
	TOMORROW,
	bell,
	mails,
	make_clock,
	make_outgoing_account,
	state,
	told,
)
from grant_helpers import acting_as, adviser, advisers_desk, desk_of

import frappe

from sv_helpdesk import notices
from sv_helpdesk.deadlines import absence, delivery, sweep
from sv_helpdesk.permissions.roles import COORDINATOR
from sv_helpdesk.test_utils import make_decision_table, make_party, make_report, make_user

pytestmark = pytest.mark.usefixtures("without_clocks")


@pytest.fixture(autouse=True)
def _outgoing():
	make_outgoing_account()


@pytest.fixture
def people():
	"""A desk with a coordinator, a stand-in, a handler and a colleague."""
	coordinator, stand_in, handler, colleague = (
		make_user(COORDINATOR),
		make_user(),
		make_user(),
		make_user(),
	)
	desk = desk_of(coordinator, stand_in, handler, colleague)
	return frappe._dict(
		desk=desk, coordinator=coordinator, stand_in=stand_in, handler=handler, colleague=colleague
	)


@pytest.fixture
def case(people):
	return make_report(desk=people.desk.name, handler=people.handler)


def swept(now=NOW) -> None:
	"""One sweep as the job does it, without its commits."""
	while sweep.batch(now, 100):
		pass
	while delivery.deliver(now):
		pass


def away(people, user: str, stand_in: str | None = None, until=NOW + DAY) -> None:
	desk = frappe.get_doc("SV Desk", people.desk.name)
	row = next(row for row in desk.members if row.user == user)
	row.update({"absent_from": NOW.date(), "absent_until": until.date(), "stand_in": stand_in})
	desk.save()


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


def test_who_is_absent_is_stood_in_for(people, case):
	away(people, people.handler, people.colleague)
	clock = make_clock(case, people.handler)
	swept()
	assert told(clock) == {(people.colleague, 1, 0)}


def test_who_is_back_is_told_again(people, case):
	away(people, people.handler, people.colleague, until=NOW)
	clock = make_clock(case, people.handler, next_at=NOW + 3 * DAY)
	swept(NOW + 3 * DAY)
	assert (people.handler, 3, 1) in told(clock)
	assert people.colleague not in {user for user, *_rest in told(clock)}


def test_without_a_stand_in_who_is_there_the_coordinator_is_told_and_without_anybody_who_is_absent(
	people, case
):
	away(people, people.handler)
	clock = make_clock(case, people.handler)
	swept()
	assert told(clock) == {(people.coordinator, 1, 0)}
	for user in (people.coordinator, people.stand_in):
		away(people, user)
	clock = make_clock(case, people.handler)
	swept()
	assert told(clock) == {(people.handler, 1, 0)}


def test_whoever_works_at_a_desk_says_themselves_when_they_are_away(people, case):
	with acting_as(people.handler):
		absence.announce(people.desk.name, str(NOW.date()), str(NOW.date()), people.colleague)
	clock = make_clock(case, people.handler)
	swept()
	assert told(clock) == {(people.colleague, 1, 0)}
	with acting_as(people.handler):
		absence.announce(people.desk.name)
	clock = make_clock(case, people.handler)
	swept()
	assert told(clock) == {(people.handler, 1, 0)}


def test_nobody_is_away_from_another_desk_without_an_end_or_stood_in_for_by_a_stranger(people):
	stranger, day = make_user(), str(NOW.date())
	with acting_as(stranger), pytest.raises(frappe.PermissionError):
		absence.announce(people.desk.name, day, day)
	with acting_as(people.handler):
		for days in ((day, ""), ("", day), (day, str((NOW - DAY).date()))):
			with pytest.raises(frappe.ValidationError, match="beginning or end"):
				absence.announce(people.desk.name, *days)
		for stand_in in (stranger, people.handler):
			with pytest.raises(frappe.ValidationError, match="doesn't work here"):
				absence.announce(people.desk.name, day, day, stand_in)


def test_a_stand_in_who_may_not_see_the_case_is_told_nothing():
	coordinator, handler, other = make_user(COORDINATOR), adviser(), adviser()
	desk = advisers_desk(coordinator, handler, other)
	people = frappe._dict(desk=desk)
	case = make_report(desk=desk.name, handler=handler)
	away(people, handler, other)
	clock = make_clock(case, handler)
	swept()
	# at a desk whose handlers alone read, nobody else may be told
	assert told(clock) == {(handler, 1, 0)}
	swept(NOW + 9 * DAY)
	assert {user for user, *_rest in told(clock)} == {handler}


@pytest.mark.parametrize("denied", ["handler", "coordinator", "stand_in"])
def test_whoever_a_case_is_denied_to_is_told_nothing_of_it(people, case, denied):
	make_party(case.name, "Accused", account=people[denied])
	clock = make_clock(case, people.handler)
	for moment in (NOW, NOW + 4 * HOUR, TOMORROW, TOMORROW + DAY):
		swept(moment)
	reached = {user for user, *_rest in told(clock)}
	assert reached == {people.handler, people.coordinator, people.stand_in} - {people[denied]}
	assert bell(people[denied]) == mails(people[denied]) == []


def test_a_denied_stand_in_is_told_nothing(people, case):
	make_party(case.name, "Accused", account=people.colleague)
	away(people, people.handler, people.colleague)
	clock = make_clock(case, people.handler)
	swept()
	assert told(clock) == {(people.coordinator, 1, 0)}


def test_somebody_of_another_desk_or_without_a_role_is_told_nothing(people, case):
	stranger, nobody = make_user(), make_user(None)
	desk_of(stranger)
	for owner in (stranger, nobody):
		clock = make_clock(case, owner)
		swept()
		assert told(clock) == {(people.coordinator, 1, 0)}


@pytest.mark.parametrize("kind", ["Statutory acknowledgement", "Statutory feedback"])
def test_a_statutory_term_is_always_told_at_once(people, case, kind):
	clock = make_clock(case, people.handler, kind=kind, calendar="Calendar time")
	swept()
	assert told(clock) == {(people.handler, 1, 1)}


def test_a_table_in_acute_danger_is_always_told_at_once(people):
	for urgency, at_once in (("Acute danger", 1), ("Normal", 0)):
		table = make_decision_table(desk=people.desk.name, coordinator=people.coordinator, urgency=urgency)
		clock = make_clock(table, people.coordinator, kind="Decision table convened")
		swept()
		assert told(clock) == {(people.coordinator, 1, at_once)}


def test_ordinary_warnings_are_one_digest_a_day_and_one_mail(people):
	for number in range(3):
		make_clock(make_report(desk=people.desk.name, handler=people.handler), people.handler)
		swept(NOW + number * HOUR / 6)
	assert bell(people.handler) == ["3 things wait for you. Look at your agenda."]
	assert len(mails(people.handler)) == 1
	make_clock(make_report(desk=people.desk.name, handler=people.handler), people.handler, NOW + 9 * DAY)
	swept(NOW + DAY)
	assert len(mails(people.handler)) >= 2


def test_urgent_ones_are_told_at_once_however_many_digests_there_were(people, case):
	make_clock(case, people.handler)
	swept()
	make_clock(case, people.handler, NOW)
	swept()
	assert bell(people.handler) == [
		"One thing waits for you. Look at your agenda.",
		"One thing can't wait any longer. Look at your agenda.",
	]
	assert len(mails(people.handler)) == 2


def test_what_is_told_says_nothing_of_the_case(people):
	case = make_report(desk=people.desk.name, handler=people.handler, narrative="The corridor at night")
	clock = make_clock(case, people.handler, kind="First talk")
	swept(NOW + 9 * DAY)
	sent = " ".join([*mails(people.handler), *mails(people.coordinator)])
	assert sent.count("wait any longer") >= 2
	for secret in (case.case_number, case.name, clock, "corridor", "First talk", "talk", people.desk.title):
		assert secret not in sent.replace("=\n", "")
	rows = frappe.get_all(
		"Notification Log", {"for_user": people.handler}, ["document_type", "document_name"]
	)
	assert [(row.document_type, row.document_name) for row in rows] == [(None, None)]


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
