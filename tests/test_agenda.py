"""Somebody's agenda: their cases, what waits for them and what they wait for, and nothing hidden from them."""

from table_world import SeatedTable

import frappe

from sv_helpdesk.minutes import approvals
from sv_helpdesk.permissions.roles import CCP_STAFF, CONFIDENTIAL_ADVISER, TABLE_MEMBER
from sv_helpdesk.test_utils import (
	make_action,
	make_aftercare,
	make_aftercare_contact,
	make_consent,
	make_decision_table,
	make_desk,
	make_party,
	make_referral,
	make_report,
	make_user,
)
from sv_helpdesk.workflows.agenda import mine
from sv_helpdesk.workflows.moving import move

PARTS = ("cases", "tables", "for_me", "for_others", "signals", "deadlines")
NOTHING = {part: [] for part in PARTS}


def agenda_of(user: str) -> dict:
	frappe.set_user(user)
	try:
		return mine()
	finally:
		frappe.set_user("Administrator")


def names(rows: list[dict]) -> list[str]:
	return [row["name"] for row in rows]


def test_who_handles_cases_finds_them_and_what_they_wait_for():
	staff, adviser = make_user(CCP_STAFF), make_user(CONFIDENTIAL_ADVISER)
	desk, advisers = make_desk(staff).name, make_desk(adviser, visibility="Handler only").name
	report = make_report(desk=desk, handler=staff, status="Referred")
	make_report(desk=desk, handler=staff, status="Closed", main_category="bullying")
	consent = make_consent(report.name, make_party(report.name).name, to_desk=advisers, recipient="").name
	offered = make_referral(
		report, target="Ombuds officer", target_desk=advisers, consent=consent, status="Offered"
	).name
	agenda = agenda_of(staff)
	assert names(agenda["cases"]) == [report.name]
	assert [(row["name"], row["number"]) for row in agenda["for_others"]] == [(offered, report.case_number)]
	assert agenda["for_me"] == []
	[waiting] = agenda_of(adviser)["for_me"]
	# the day on which it was offered is not the day on which it is due
	assert (waiting["name"], waiting["due"]) == (offered, None)


def test_what_is_due_first_comes_first_and_what_has_no_day_last():
	member = make_user(TABLE_MEMBER)
	table = make_decision_table(members=[{"user": member, "capacity": "Member"}])
	late = make_action(decision_table=table.name, action_owner=member, due_on="2026-02-01").name
	later = make_action(decision_table=table.name, action_owner=member, due_on="2026-03-01").name
	make_action(decision_table=table.name, action_owner=member, status="Done")
	plan = make_aftercare(make_report().name).name
	contact = make_aftercare_contact(plan, member, planned_on="2026-02-15").name
	assert names(agenda_of(member)["for_me"]) == [late, contact, later, table.name]


def test_a_case_that_became_hidden_is_in_no_agenda():
	staff = make_user(CCP_STAFF)
	report = make_report(desk=make_desk(staff).name, handler=staff, status="Handling")
	action = make_action(report=report.name, action_owner=staff).name
	assert names(agenda_of(staff)["for_me"]) == [action]
	make_party(report.name, "Accused", account=staff)
	assert agenda_of(staff) == NOTHING


def test_who_has_no_role_of_ours_has_an_empty_agenda():
	assert agenda_of(make_user(None)) == NOTHING


def test_who_writes_minutes_finds_the_draft_and_nobody_else_does():
	table = SeatedTable()
	draft = table.minutes()
	number = frappe.db.get_value("SV Decision Table", table.name, "table_number")
	waiting = [(row["name"], row["number"], row["status"]) for row in agenda_of(table.staff)["for_me"]]
	assert (draft, number, "Draft") in waiting
	assert draft not in names(agenda_of(table.member)["for_me"])


def test_who_has_not_approved_minutes_finds_them_until_they_have():
	table = SeatedTable()
	minutes = table.submitted()
	asked = (table.manager, table.member, table.hr)
	for user in asked:
		assert minutes in names(agenda_of(user)["for_me"])
	for user in (table.staff, table.outsider):
		assert minutes not in names(agenda_of(user)["for_me"])
	frappe.set_user(table.member)
	approvals.approve(minutes)
	assert minutes not in names(agenda_of(table.member)["for_me"])
	frappe.set_user(table.member)
	move("SV Minutes", minutes, "send_back", reason="Something is missing")
	frappe.set_user(table.staff)
	move("SV Minutes", minutes, "submit")
	assert minutes in names(agenda_of(table.member)["for_me"])


def test_a_seat_that_is_not_accepted_yet_shows_no_minutes():
	table = SeatedTable()
	minutes = table.submitted()
	frappe.db.set_value("SV Table Member", {"parent": table.name, "user": table.hr}, "accepted_at", None)
	assert minutes not in names(agenda_of(table.hr)["for_me"])


def test_who_convenes_tables_finds_those_under_way():
	table = SeatedTable()
	assert names(agenda_of(table.staff)["tables"]) == [table.name]
	assert agenda_of(table.manager)["tables"] == []
	frappe.db.set_value("SV Decision Table", table.name, "status", "Settled")
	assert agenda_of(table.staff)["tables"] == []


def test_a_contact_of_ones_own_case_bears_the_number_of_its_plan():
	staff = make_user(CCP_STAFF)
	report = make_report(desk=make_desk(staff).name, handler=staff)
	plan = make_aftercare(report.name)
	contact = make_aftercare_contact(plan.name, staff, planned_on="2026-02-15").name
	numbers = {row["name"]: row["number"] for row in agenda_of(staff)["for_me"]}
	assert numbers[contact] == numbers[plan.name] == plan.plan_number
