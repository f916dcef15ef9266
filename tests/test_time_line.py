"""The time line of a case has what its reader may see, in one order, and costs the same however long it is."""

import pytest
from grant_helpers import acting_as
from people import make_people
from table_world import SeatedTable
from test_costs import counted

import frappe
from frappe.utils import add_days, now_datetime

from sv_helpdesk.forms import neighbours, time_line
from sv_helpdesk.permissions.roles import BOARD, PRIVACY_OFFICER
from sv_helpdesk.test_utils import (
	make_deadline,
	make_desk,
	make_message,
	make_note,
	make_party,
	make_referral,
	make_report,
	make_user,
)
from sv_helpdesk.workflows.moving import move

# of the rules the desks and the grants, three for the tables; the line itself and the names of the people
MOST_FOR_A_TIME_LINE = 9


@pytest.fixture(scope="module")
def people():
	return make_people("timeline", *SeatedTable.ROLES)


@pytest.fixture
def table(people):
	frappe.set_user("Administrator")
	made = SeatedTable(*people)
	case = frappe.get_doc("SV Report", made.report)
	make_message(case.name, message_at=add_days(now_datetime(), -9), body="A secret word")
	make_note(case.name, talk_at=add_days(now_datetime(), -5), body="A secret word")
	make_referral(case)
	make_deadline(report=case.name, due_at=add_days(now_datetime(), 3))
	copy = frappe.get_doc({"doctype": "SV Complaint Copy", "report": case.name, "recipient": "Committee"})
	copy.given_at = now_datetime()
	copy.set_new_name()
	copy.db_insert()
	made.written = made.minutes()
	frappe.set_user("Administrator")
	return made


def line(user: str, report: str) -> list[dict]:
	with acting_as(user):
		return time_line.of_case(report)


def test_it_has_what_happened_and_what_is_due_newest_first(table):
	rows = line(table.staff, table.report)
	assert {row["doctype"] for row in rows} == {kind.doctype for kind in time_line.KINDS}
	assert [row["at"] for row in rows] == sorted((row["at"] for row in rows), reverse=True)
	table_row = next(row for row in rows if row["doctype"] == "SV Decision Table")
	assert frappe.db.get_value("SV Decision Table", table.name, "table_number") in table_row["what"]
	assert "A secret word" not in str(rows)


def test_a_step_is_told_with_its_title_and_by_whom(table):
	with acting_as(table.staff):
		report = make_report(desk=frappe.db.get_value("SV Report", table.report, "desk")).name
		move("SV Report", report, "acknowledge")
	row = next(row for row in line(table.staff, report) if row["doctype"] == "SV Step")
	assert row["what"].endswith("Acknowledge")
	assert row["who"] == frappe.utils.get_fullname(table.staff)


@pytest.mark.parametrize("part", ["hr", "member", "manager"])
def test_who_sits_at_the_table_sees_only_what_is_of_the_table(table, part):
	found = {row["doctype"] for row in line(getattr(table, part), table.report)}
	assert found and found <= {"SV Decision Table", "SV Step", "SV Deadline"}


def test_nobody_else_sees_anything_of_it(table):
	others = [table.outsider, make_user(BOARD), make_user(PRIVACY_OFFICER), make_user(None)]
	for user in others:
		assert line(user, table.report) == line(user, "not-there") == []


def test_the_accused_sees_nothing_although_they_convene_the_table(table):
	assert line(table.staff, table.report)
	make_party(table.report, "Accused", account=table.staff)
	assert line(table.staff, table.report) == []


def test_it_costs_the_same_however_much_happened(table):
	line(table.staff, table.report)
	with acting_as(table.staff), counted() as short:
		time_line.of_case(table.report)
	for _times in range(10):
		make_note(table.report)
		make_message(table.report)
	with acting_as(table.staff), counted() as long:
		assert len(time_line.of_case(table.report)) > 20
	assert short.statements <= MOST_FOR_A_TIME_LINE
	assert long.statements == short.statements


def test_a_case_leads_to_its_tables_and_a_table_to_its_cases(table):
	number = frappe.db.get_value("SV Decision Table", table.name, "table_number")
	with acting_as(table.staff):
		assert neighbours.of_case(table.report) == [{"name": table.name, "number": number}]
		assert [row.name for row in neighbours.of_table(table.name)] == [table.report]
	with acting_as(table.member):
		# the case itself is not theirs
		assert neighbours.of_table(table.name) == neighbours.of_case(table.report) == []
	make_party(table.report, "Accused", account=table.staff)
	with acting_as(table.staff):
		assert neighbours.of_table(table.name) == neighbours.of_case(table.report) == []


def test_who_works_at_one_desk_begins_cases_there(table):
	user = make_user()
	desk = make_desk(user).name
	with acting_as(user):
		assert neighbours.own_desk() == desk
	make_desk(user)
	with acting_as(user):
		assert neighbours.own_desk() is None
	with acting_as(make_user(None)):
		assert neighbours.own_desk() is None
