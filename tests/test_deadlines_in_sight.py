"""Deadlines in sight: what is due first comes first, for who may see it, in one statement for a page."""

import json
from datetime import datetime, timedelta

import pytest
from grant_helpers import acting_as
from table_world import SeatedTable

import frappe
from frappe.utils import cstr, now_datetime

from sv_helpdesk.deadlines import sight, telling
from sv_helpdesk.deadlines.in_words import in_words
from sv_helpdesk.minutes import approvals
from sv_helpdesk.permissions.roles import (
	CCP_STAFF,
	CONFIDENTIAL_ADVISER,
	COORDINATOR,
	HR_ADVISOR,
	TABLE_MEMBER,
)
from sv_helpdesk.test_utils import (
	make_action,
	make_consent,
	make_deadline,
	make_decision_table,
	make_desk,
	make_party,
	make_referral,
	make_report_without_clocks,
	make_user,
)
from sv_helpdesk.workflows import agenda

pytestmark = pytest.mark.usefixtures("without_clocks")
NOON = datetime(2026, 11, 24, 12)


@pytest.fixture
def staff():
	return make_user(CCP_STAFF)


@pytest.fixture
def case(staff):
	return make_report_without_clocks(desk=make_desk(staff).name, handler=staff)


def clock(case, kind: str, days: float, **values):
	due = now_datetime() + timedelta(days=days)
	watched = {"document_type": "SV Report", "document_name": case.name, "report": case.name}
	return make_deadline(kind=kind, started_at=due - timedelta(days=20), due_at=due, **{**watched, **values})


def seen(user: str, doctype: str, *names: str) -> dict[str, list[str]]:
	"""What somebody sees of the clocks of documents: their kinds, by document."""
	with acting_as(user):
		found = sight.of(doctype, json.dumps(names))
	return {name: [row["kind"] for row in rows] for name, rows in found.items()}


@pytest.mark.parametrize(
	("seconds", "words"),
	[
		(0, "due in 0 min."),
		(119 * 60 + 59, "due in 119 min."),
		(2 * 3600, "due in 2 hours"),
		(2 * 86400 - 1, "due in 47 hours"),
		(2 * 86400, "due in 2 days"),
		(-1, "0 min. late"),
		(-3 * 3600 - 59, "3 hours late"),
		(-4 * 86400, "4 days late"),
	],
)
def test_how_long_it_is_is_said_in_words(seconds, words):
	assert in_words(NOON + timedelta(seconds=seconds), NOON) == words


def test_a_case_shows_what_is_due_first_on_top_and_what_waits_last(staff, case):
	clock(case, "First talk", 4)
	clock(case, "Triage", -1, status="Breached")
	clock(case, "Acknowledgement", -9, status="Paused")
	clock(case, "Action", -8, document_type="SV Action", document_name="of this case")
	clock(case, "Hand-over accepted", -3, status="Met")
	clock(case, "Hand-over completed", 3, status="Cancelled")
	assert seen(staff, "SV Report", case.name) == {
		case.name: ["Action", "Triage", "First talk", "Acknowledgement"]
	}


def test_a_clock_says_how_late_it_is_and_when_it_becomes_urgent(staff, case):
	for kind, days, status, warned in (
		("Triage", -3, "Running", -5),
		("First talk", 4, "Running", -1),
		("Settlement", 9, "Running", 5),
		("Acknowledgement", 1, "Paused", -1),
	):
		clock(case, kind, days, status=status, warn_at=now_datetime() + timedelta(days=warned))
	with acting_as(staff):
		rows = sight.of("SV Report", json.dumps([case.name]))[case.name]
	assert [row["colour"] for row in rows] == ["red", "orange", "blue", "gray"]
	assert [row["words"] for row in rows] == ["3 days late", "due in 3 days", "due in 8 days", "waits"]


def test_who_may_not_see_a_case_sees_no_clock_of_it(staff, case):
	clock(case, "Triage", 1)
	stranger = make_user(CCP_STAFF)
	make_desk(stranger)
	assert seen(stranger, "SV Report", case.name) == {}
	assert seen(make_user(None), "SV Report", case.name) == {}
	with acting_as(stranger):
		assert sight.soonest("SV Report") == []


def test_a_case_that_became_hidden_shows_no_clock(staff, case):
	clock(case, "Triage", 1, deadline_owner=staff)
	assert seen(staff, "SV Report", case.name)
	make_party(case.name, "Accused", account=staff)
	assert seen(staff, "SV Report", case.name) == {}
	with acting_as(staff):
		assert sight.of_person(staff) == []


def test_who_carries_an_action_out_sees_its_clock_and_no_other_of_the_case(case):
	adviser = make_user(HR_ADVISOR)
	action = make_action(report=case.name, action_owner=adviser).name
	mine = {"document_type": "SV Action", "document_name": action, "deadline_owner": adviser}
	clock(case, "Action", 1, **mine)
	clock(case, "Triage", 1, deadline_owner=adviser)
	assert seen(adviser, "SV Action", action) == {action: ["Action"]}
	assert seen(make_user(HR_ADVISOR), "SV Action", action) == {}
	with acting_as(adviser):
		assert [row["kind"] for row in sight.of_person(adviser)] == ["Action"]
	assert seen(adviser, "SV Report", case.name) == {}
	assert seen(adviser, "SV Deadline", frappe.db.get_value("SV Deadline", {"kind": "Action"})) == {}


def test_the_desk_that_is_asked_sees_until_when_a_hand_over_waits(case):
	asked = make_user(CCP_STAFF)
	desk = make_desk(asked).name
	consent = make_consent(case.name, make_party(case.name).name, to_desk=desk, recipient="").name
	values = {"target": "Ombuds officer", "target_desk": desk, "consent": consent, "status": "Offered"}
	referral = make_referral(case, **values).name
	clock(case, "Hand-over accepted", 1, document_type="SV Referral", document_name=referral)
	assert seen(asked, "SV Referral", referral) == {referral: ["Hand-over accepted"]}
	assert seen(asked, "SV Report", case.name) == {}


def test_who_sits_at_a_table_sees_its_clocks(staff):
	member = make_user(TABLE_MEMBER)
	table = make_decision_table(desk=make_desk(staff).name, members=[{"user": member, "capacity": "Member"}])
	watched = {"document_type": "SV Decision Table", "document_name": table.name}
	make_deadline(kind="Minutes written", decision_table=table.name, **watched)
	assert seen(member, "SV Decision Table", table.name) == {}
	table.members[0].db_set("accepted_at", now_datetime())
	assert seen(member, "SV Decision Table", table.name) == {table.name: ["Minutes written"]}


def test_a_list_can_begin_with_what_is_overdue(staff, case):
	later, none = (make_report_without_clocks(desk=case.desk, handler=staff) for _ in range(2))
	clock(later, "Triage", -5)
	clock(case, "Triage", 1)
	clock(case, "First talk", -9)
	clock(none, "Triage", -20, status="Paused")
	with acting_as(staff):
		assert sight.soonest("SV Report") == [case.name, later.name]


def test_other_doctypes_have_no_clocks_to_ask_for(staff, case):
	clock(case, "Triage", 1)
	with acting_as(staff):
		assert sight.of("User", json.dumps([staff])) == {}
		assert sight.soonest("SV Report` where 1=1 -- ") == []


@pytest.mark.parametrize(
	"names", ["", "none", "5", "null", "true", '"name"', "{}", '[null, ["name"], {"name": 1}]']
)
def test_what_names_no_documents_shows_nothing(staff, case, names):
	clock(case, "Triage", 1)
	with acting_as(staff):
		assert sight.of("SV Report", names) == {}


def test_a_page_of_many_rows_takes_as_many_statements_as_one_row(staff, case):
	others = [make_report_without_clocks(desk=case.desk, handler=staff) for _ in range(5)]
	for report in (case, *others):
		clock(report, "Triage", 1)

	def statements(*names: str) -> int:
		asked = []
		run = frappe.db.sql
		frappe.db.sql = lambda query, *args, **kwargs: (
			asked.append(cstr(query)) or run(query, *args, **kwargs)
		)
		try:
			assert len(seen(staff, "SV Report", *names)) == len(names)
		finally:
			frappe.db.sql = run
		return len([query for query in asked if "tabSV Deadline" in query])

	assert statements(case.name) == statements(case.name, *(report.name for report in others)) == 1


def test_somebodys_agenda_says_what_they_have_to_do_in_time(staff, case):
	colleague = make_user(COORDINATOR)
	clock(case, "First talk", 2, deadline_owner=staff)
	clock(case, "Triage", -2, deadline_owner=staff, status="Breached")
	clock(case, "Settlement", 1, deadline_owner=colleague)
	clock(case, "Acknowledgement", -3, deadline_owner=staff, status="Met")
	with acting_as(staff):
		deadlines = agenda.mine()["deadlines"]
	assert [(row["kind"], row["number"], row["colour"]) for row in deadlines] == [
		("Triage", case.case_number, "red"),
		("First talk", case.case_number, "blue"),
	]


def agenda_of(user: str) -> list[tuple[str, str]]:
	"""Kind and whose it is of each clock in somebody's agenda."""
	with acting_as(user):
		return [(row["kind"], row["whose"]) for row in agenda.mine()["deadlines"]]


def join(desk: str, user: str, desk_role: str = "Member") -> None:
	"""Have somebody work at a desk from now on."""
	doc = frappe.get_doc("SV Desk", desk)
	doc.append("members", {"user": user, "desk_role": desk_role})
	doc.save()


def tell(user: str, clock, told: bool = True) -> None:
	"""Have somebody been told of a clock."""
	moment = now_datetime()
	telling.write([(frappe.generate_hash(length=10), user, clock.name, 3, 1)], moment)
	if told:
		frappe.db.set_value("SV Deadline Notice", {"deadline": clock.name, "user": user}, "told_at", moment)


def test_who_was_told_of_somebody_elses_clock_finds_it_in_their_agenda_and_whose_it_is(staff, case):
	coordinator = make_user(COORDINATOR)
	join(case.desk, coordinator)
	join(case.desk, make_user(COORDINATOR), "Coordinator")
	triage = clock(case, "Triage", -2, deadline_owner=staff, status="Breached")
	nobodys = clock(case, "First talk", -1)
	clock(case, "Settlement", -9, deadline_owner=staff)
	assert agenda_of(coordinator) == []
	for of_others in (triage, nobodys):
		tell(coordinator, of_others, told=False)
	assert agenda_of(coordinator) == []
	for of_others in (triage, nobodys):
		tell(coordinator, of_others)
	assert agenda_of(coordinator) == [("Triage", "of Somebody"), ("First talk", "of nobody yet")]
	assert ("Triage", "") in agenda_of(staff)
	triage.db_set("status", "Met")
	assert agenda_of(coordinator) == [("First talk", "of nobody yet")]
	make_party(case.name, "Accused", account=coordinator)
	assert agenda_of(coordinator) == []


def test_what_nobody_keeps_yet_is_in_the_agenda_of_who_runs_the_desk(staff, case):
	coordinator, stand_in, elsewhere = make_user(COORDINATOR), make_user(CCP_STAFF), make_user(COORDINATOR)
	join(case.desk, coordinator, "Coordinator")
	join(case.desk, stand_in, "Stand-in")
	join(make_desk().name, elsewhere, "Coordinator")
	triage = clock(case, "Triage", 5, desk=case.desk)
	clock(case, "First talk", 5, desk=case.desk, deadline_owner=staff)
	clock(case, "Acknowledgement", 5, desk=case.desk, status="Met")
	assert agenda_of(coordinator) == agenda_of(stand_in) == [("Triage", "of nobody yet")]
	assert agenda_of(staff) == [("First talk", "")]
	assert agenda_of(elsewhere) == agenda_of(make_user(None)) == []
	make_party(case.name, "Accused", account=coordinator)
	assert agenda_of(coordinator) == []
	triage.db_set("deadline_owner", staff)
	assert agenda_of(stand_in) == []


def test_where_nobody_runs_the_desk_what_nobody_keeps_is_in_the_agenda_of_all_who_may_see_it(staff, case):
	colleague, adviser = make_user(CCP_STAFF), make_user(CONFIDENTIAL_ADVISER)
	join(case.desk, colleague)
	clock(case, "Triage", 5, desk=case.desk)
	assert agenda_of(staff) == agenda_of(colleague) == [("Triage", "of nobody yet")]
	alone = make_desk(adviser, visibility="Handler only").name
	clock(make_report_without_clocks(desk=alone), "Triage", 5, desk=alone)
	assert agenda_of(adviser) == []


def test_the_desk_that_is_asked_finds_a_hand_over_without_the_name_of_who_asks(staff, case):
	asked = make_user(CCP_STAFF)
	desk = make_desk(asked).name
	consent = make_consent(case.name, make_party(case.name).name, to_desk=desk, recipient="").name
	values = {"target": "Ombuds officer", "target_desk": desk, "consent": consent, "status": "Offered"}
	referral = make_referral(case, **values)
	about = {"document_type": "SV Referral", "document_name": referral.name, "deadline_owner": staff}
	for kind in ("Hand-over accepted", "Hand-over completed"):
		tell(asked, clock(case, kind, 1, **about))
	assert agenda_of(asked) == [
		("Hand-over accepted", "for your desk to do"),
		("Hand-over completed", "for your desk to do"),
	]
	colleague = make_user(CCP_STAFF)
	join(desk, colleague)
	referral.db_set({"status": "Accepted", "accepted_by": colleague})
	assert agenda_of(asked) == [
		("Hand-over accepted", "of a colleague"),
		("Hand-over completed", "of a colleague"),
	]
	frappe.db.set_value("SV Consent", consent, "withdrawn_at", now_datetime())
	assert agenda_of(asked) == []


def test_minutes_leave_the_agenda_of_who_has_approved_them():
	table = SeatedTable()
	minutes = table.submitted()
	frappe.set_user("Administrator")
	about = {"document_type": "SV Minutes", "document_name": minutes, "decision_table": table.name}
	running = make_deadline(kind="Minutes approved", deadline_owner=table.manager, **about)
	for user in (table.member, table.hr):
		tell(user, running)
	for user in (table.member, table.manager):
		with acting_as(user):
			approvals.approve(minutes)
	assert agenda_of(table.member) == []
	assert agenda_of(table.hr) == agenda_of(table.manager) == [("Minutes approved", "")]


def test_a_list_is_asked_for_what_is_late_due_this_week_or_waits_for_the_reporter(staff, case):
	others = [make_report_without_clocks(desk=case.desk, handler=staff) for _number in range(3)]
	clock(case, "Triage", -1)
	clock(others[0], "Triage", 0.001)
	clock(others[1], "Triage", 8)
	clock(others[2], "Answer of the reporter", -1)
	with acting_as(staff):
		found = {
			question: sight.soonest("SV Report", question) for question in (*sight.QUESTIONS, "any other")
		}
	assert found == {
		"late": [case.name],
		"this week": [case.name, others[0].name],
		"waits for the reporter": [others[2].name],
		"any other": [one.name for one in (case, others[2], others[0], others[1])],
	}
	with acting_as(make_user(CCP_STAFF)):
		assert not any(sight.soonest("SV Report", question) for question in sight.QUESTIONS)
