"""Ordinary warnings are one digest a day, urgent ones are told at once, and none says what it is about."""

import pytest
from deadline_helpers import DAY, HOUR, NOW, bell, mails, make_clock, swept, told

import frappe

from sv_helpdesk.deadlines import delivery, sweep
from sv_helpdesk.test_utils import make_decision_table, make_party, make_report, make_table_case

pytest_plugins = ["deadline_fixtures"]
SOMEBODY_ELSE = "Something in a case of your desk needs another colleague."
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


def test_what_is_hidden_between_warning_and_telling_is_not_counted_and_alone_not_told(people):
	cases = [make_report(desk=people.desk.name, handler=people.handler) for _each in range(3)]
	for case in cases:
		make_clock(case, people.handler)
	while sweep.batch(NOW):
		pass
	make_party(cases[0].name, "Accused", account=people.handler)
	delivery.deliver(NOW, set())
	assert bell(people.handler) == ["2 things wait for you. Look at your agenda."]
	assert "2 things" in mails(people.handler)[0]


def test_who_is_told_of_nothing_else_than_what_became_hidden_hears_nothing(people, case):
	for due_at in (NOW, NOW + 4 * HOUR):
		make_clock(case, people.handler, due_at)
	while sweep.batch(NOW):
		pass
	make_party(case.name, "Accused", account=people.handler)
	assert delivery.deliver(NOW, set())
	assert bell(people.handler) == mails(people.handler) == []


def test_a_number_that_was_told_counts_no_longer_what_became_hidden(people):
	cases = [make_report(desk=people.desk.name, handler=people.handler) for _each in range(3)]
	for case in cases:
		make_clock(case, people.handler)
	make_clock(cases[0], people.handler, NOW)
	swept()
	assert bell(people.handler) == [
		"One thing can't wait any longer. Look at your agenda.",
		"3 things wait for you. Look at your agenda.",
	]
	before, at_coordinator = mails(people.handler), bell(people.coordinator)
	make_party(cases[0].name, "Accused", account=people.handler)
	assert bell(people.handler) == ["2 things wait for you. Look at your agenda."]
	assert mails(people.handler) == before
	assert bell(people.coordinator) == [*at_coordinator, SOMEBODY_ELSE]


def test_a_number_that_was_told_counts_no_longer_a_table_on_what_became_hidden(people, case):
	table = make_decision_table(desk=people.desk.name, coordinator=people.coordinator)
	make_table_case(table.name, case.name)
	for document in (table, make_report(desk=people.desk.name)):
		make_clock(document, people.coordinator)
	swept()
	assert bell(people.coordinator) == ["2 things wait for you. Look at your agenda."]
	make_party(case.name, "Accused", account=people.coordinator)
	assert bell(people.coordinator) == ["One thing waits for you. Look at your agenda."]


def test_a_correction_keeps_read_what_was_read(people):
	cases = [make_report(desk=people.desk.name, handler=people.handler) for _each in range(2)]
	for case in cases:
		make_clock(case, people.handler)
	swept()
	frappe.db.set_value("Notification Log", {"for_user": people.handler}, "read", 1)
	make_party(cases[0].name, "Accused", account=people.handler)
	assert bell(people.handler) == []
