"""Two change the same clock at once: whoever comes second sees what the first has done."""

from datetime import datetime

import pytest
from pymysql.err import OperationalError

import frappe

from sv_helpdesk.deadlines import applying, following, with_reporter
from sv_helpdesk.test_utils import make_message, make_note, make_report, make_term

pytestmark = pytest.mark.commits


@pytest.fixture
def elsewhere():
	"""Runs a statement in another connection, and commits it."""
	connection = frappe.db.get_connection()

	def run(statement: str, *values) -> None:
		with connection.cursor() as cursor:
			cursor.execute(statement, values)
		connection.commit()

	run.connection = connection
	yield run
	connection.close()


@pytest.fixture
def case():
	case = make_report()
	frappe.db.commit()
	# what this transaction has looked at once it goes on seeing as it was then
	frappe.db.sql("select count(*) from `tabSV Deadline`")
	return case


def talk_was_held(case, elsewhere) -> None:
	"""The first talk is registered by somebody else, at this moment."""
	elsewhere(
		"update `tabSV Deadline` set `status` = 'Met', `met_at` = '2026-03-02 11:00', `next_at` = null"
		" where `document_name` = %s and `kind` = 'First talk'",
		case.name,
	)


def first_talk(case):
	frappe.db.commit()
	fields = ["status", "met_at", "next_at", "started_at"]
	return frappe.db.get_value(
		"SV Deadline", {"document_name": case.name, "kind": "First talk"}, fields, as_dict=True
	)


def test_a_clock_that_somebody_else_has_just_met_is_not_paused(case, elsewhere):
	talk_was_held(case, elsewhere)
	with_reporter.message_went(frappe._dict(report=case.name, asks_reporter=1))
	clock = first_talk(case)
	assert (clock.status, clock.met_at, clock.next_at) == ("Met", datetime(2026, 3, 2, 11), None)


def test_a_clock_that_somebody_else_has_just_met_is_neither_moved_nor_cancelled(case, elsewhere):
	talk_was_held(case, elsewhere)
	case.reload()
	case.received_at = "2026-03-01 10:00:00"
	case.save()
	assert first_talk(case).status == "Met"
	frappe.db.sql("select count(*) from `tabSV Deadline`")
	following.step_taken(case, "withdraw")
	assert first_talk(case).status == "Met"


def test_a_changed_term_revives_no_clock_that_somebody_has_met_meanwhile(case, elsewhere):
	own = make_term("First talk", 7, desk=case.desk)
	frappe.db.commit()
	names = applying.candidates(own.name)
	assert len(names) == 1
	talk_was_held(case, elsewhere)
	assert applying.move_batch(own.name, names, {}) == 0
	assert first_talk(case).status == "Met"


def test_a_term_is_applied_in_batches_and_what_is_done_stays_done(case, monkeypatch):
	monkeypatch.setattr(applying, "BATCH", 1)
	cases = [case, *(make_report(desk=case.desk) for _number in range(2))]
	own = make_term("Triage", 7, desk=case.desk)
	frappe.db.commit()
	move_batch, batches = applying.move_batch, []

	def dies_in_the_third(term, names, desks):
		batches.append(names)
		if len(batches) == 3:
			raise ConnectionError
		return move_batch(term, names, desks)

	monkeypatch.setattr(applying, "move_batch", dies_in_the_third)
	with pytest.raises(ConnectionError):
		applying.move_running(own.name)
	frappe.db.rollback()
	moved = {"document_name": ["in", [case.name for case in cases]], "kind": "Triage", "term": own.name}
	assert frappe.db.count("SV Deadline", moved) == 2
	monkeypatch.setattr(applying, "move_batch", move_batch)
	assert applying.move_running(own.name) == 1
	assert frappe.db.count("SV Deadline", moved) == 3


def test_a_question_that_leaves_while_its_case_is_settled_waits_for_no_answer(case, elsewhere):
	elsewhere("update `tabSV Report` set `status` = 'Settled' where `name` = %s", case.name)
	with_reporter.message_went(frappe._dict(report=case.name, asks_reporter=1))
	assert not frappe.db.exists("SV Deadline", {"document_name": case.name, "kind": "Answer of the reporter"})


@pytest.mark.parametrize(
	"happens",
	[
		lambda case: with_reporter.message_went(frappe._dict(report=case.name, asks_reporter=1)),
		lambda case: make_message(case.name),
		lambda case: make_note(case.name),
	],
)
def test_a_case_is_locked_with_its_clocks_as_by_a_step(case, elsewhere, happens):
	happens(case)
	with pytest.raises(OperationalError, match="timeout"):
		elsewhere("select `name` from `tabSV Report` where `name` = %s for update nowait", case.name)
	elsewhere.connection.rollback()
	frappe.db.rollback()
