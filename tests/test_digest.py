"""Ordinary warnings are one digest a day, urgent ones are told at once, and none says what it is about."""

import pytest
from deadline_helpers import DAY, HOUR, NOW, bell, mails, make_clock, swept, told

import frappe

from sv_helpdesk.test_utils import make_decision_table, make_report

pytest_plugins = ["deadline_fixtures"]
pytestmark = pytest.mark.usefixtures("without_clocks", "outgoing")


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
