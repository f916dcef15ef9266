"""Warnings reach whom they concern, or who stands in, and nobody without a right to the matter."""

import pytest
from deadline_helpers import DAY, HOUR, NOW, TOMORROW, bell, mails, make_clock, swept, told
from grant_helpers import acting_as, adviser, advisers_desk, desk_of

import frappe

from sv_helpdesk.deadlines import absence
from sv_helpdesk.permissions.roles import COORDINATOR
from sv_helpdesk.test_utils import make_party, make_report, make_user

pytest_plugins = ["deadline_fixtures"]
pytestmark = pytest.mark.usefixtures("without_clocks", "outgoing")


def away(people, user: str, stand_in: str | None = None, until=NOW + DAY) -> None:
	desk = frappe.get_doc("SV Desk", people.desk.name)
	row = next(row for row in desk.members if row.user == user)
	row.update({"absent_from": NOW.date(), "absent_until": until.date(), "stand_in": stand_in})
	desk.save()


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


@pytest.mark.parametrize("day", ["0001-01-01", "2031-02-30", "tomorrow", "99999999999999"])
def test_an_absence_of_days_that_do_not_exist_is_refused_in_one_sentence(people, day):
	with acting_as(people.handler):
		for days in ((day, str(NOW.date())), (str(NOW.date()), day)):
			with pytest.raises(frappe.ValidationError, match="is not a day that exists"):
				absence.announce(people.desk.name, *days)


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
