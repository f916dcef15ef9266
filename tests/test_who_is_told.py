"""Who is asked or assigned something hears that there is something, and nothing more."""

import pytest

import frappe
from frappe.utils import add_days, today

from sv_helpdesk.permissions import seats
from sv_helpdesk.permissions.roles import CCP_STAFF, HR_ADVISOR, MANAGER, TABLE_MEMBER
from sv_helpdesk.test_utils import (
	make_aftercare,
	make_decision_table,
	make_desk,
	make_party,
	make_report,
	make_table_case,
	make_user,
)

AT_A_TABLE, TO_DO = "Something at a decision table waits for you.", "There is something for you to do."


def new_action(table: str, owner: str):
	values = {"decision_table": table, "action_owner": owner, "due_on": today()}
	return frappe.get_doc({"doctype": "SV Action", **values}).insert()


def new_contact(plan: str, holder: str, days: int = 1):
	values = {"aftercare": plan, "held_by": holder, "planned_on": add_days(today(), days)}
	return frappe.get_doc({"doctype": "SV Aftercare Contact", **values}).insert()


class World:
	"""A desk whose colleague makes a table on a case."""

	def __init__(self):
		self.staff, self.manager = make_user(CCP_STAFF), make_user(MANAGER)
		self.member, self.hr = make_user(TABLE_MEMBER), make_user(HR_ADVISOR)
		self.desk = make_desk(self.staff).name
		self.report = make_report(desk=self.desk, status="Handling", handler=self.staff).name
		frappe.set_user(self.staff)
		self.table = make_decision_table(desk=self.desk, coordinator=self.staff).name
		make_table_case(self.table, self.report)

	def save(self, **values) -> None:
		frappe.set_user(self.staff)
		table = frappe.get_doc("SV Decision Table", self.table)
		for member in values.pop("members", ()):
			table.append("members", {"user": member, "capacity": "Member"})
		table.update(values).save()


def told(user: str) -> list[tuple]:
	"""Return what somebody was told and what it opens, in order."""
	rows = frappe.get_all(
		"Notification Log",
		{"for_user": user},
		["subject", "document_type", "document_name", "type", "email_content"],
		order_by="creation asc",
	)
	assert all(row.type == "Alert" and not row.email_content for row in rows)
	return [(row.subject, row.document_type, row.document_name) for row in rows]


@pytest.fixture
def world():
	return World()


def test_who_is_invited_hears_of_it_once_without_a_way_into_the_table(world):
	world.save(members=[world.member])
	assert told(world.member) == [(AT_A_TABLE, None, None)]
	world.save(members=[world.hr])
	assert len(told(world.member)) == len(told(world.hr)) == 1


def test_the_manager_who_is_named_hears_of_it_and_who_names_themselves_doesnt(world):
	world.save(manager=world.manager)
	world.save(urgency="Acute danger")
	assert told(world.manager) == [(AT_A_TABLE, "SV Decision Table", world.table)]
	assert told(world.staff) == []


@pytest.mark.parametrize("answer", ["accept_seat", "decline_seat"])
def test_who_convenes_hears_that_a_seat_was_accepted_or_declined(world, answer):
	world.save(members=[world.member])
	frappe.set_user(world.member)
	getattr(seats, answer)(world.table, *((True,) if answer == "accept_seat" else ()))
	assert told(world.staff) == [(AT_A_TABLE, "SV Decision Table", world.table)]


def test_without_a_coordinator_who_runs_the_desk_hears_of_an_answer(world):
	world.save(members=[world.member], coordinator=None)
	desk = frappe.get_doc("SV Desk", world.desk)
	desk.members[0].db_set("desk_role", "Coordinator")
	frappe.set_user(world.member)
	seats.decline_seat(world.table)
	assert told(world.staff) == [(AT_A_TABLE, "SV Decision Table", world.table)]


def test_a_coordinator_who_turned_out_to_be_the_accused_hears_of_nothing(world):
	world.save(members=[world.member])
	frappe.set_user("Administrator")
	make_party(world.report, "Accused", account=world.staff)
	before = told(world.staff)
	frappe.set_user(world.member)
	seats.decline_seat(world.table)
	assert told(world.staff) == before


def test_who_has_to_do_an_action_hears_of_it_and_who_takes_it_over_too(world):
	action = new_action(world.table, world.hr)
	assert told(world.hr) == [(TO_DO, "SV Action", action.name)]
	action.due_on = add_days(today(), 3)
	action.save()
	action.action_owner = world.member
	action.save()
	assert len(told(world.hr)) == 1
	assert told(world.member) == [(TO_DO, "SV Action", action.name)]
	new_action(world.table, world.staff)
	assert told(world.staff) == []


def test_who_has_to_keep_contact_hears_of_the_contacts_of_one_plan_once(world):
	plan = make_aftercare(world.report).name
	first = new_contact(plan, world.hr)
	new_contact(plan, world.hr, days=20)
	assert told(world.hr) == [(TO_DO, "SV Aftercare Contact", first.name)]
	other = make_aftercare(world.report, meant_for="Team").name
	new_contact(other, world.hr)
	assert len(told(world.hr)) == 2


def test_it_is_also_mailed_without_a_word_of_it(world, monkeypatch):
	jobs = []
	monkeypatch.setattr(frappe, "enqueue", lambda method, **values: jobs.append((method, values)))
	world.save(members=[world.member])
	new_action(world.table, world.hr)
	mailed = [values["users"] for method, values in jobs if method == "sv_helpdesk.notices.mail"]
	assert mailed == [[world.member], [world.hr]]


def test_in_the_language_of_who_is_told(world):
	frappe.db.set_value("User", world.hr, "language", "nl")
	frappe.clear_document_cache("User", world.hr)
	new_action(world.table, world.hr)
	assert told(world.hr)[0][0] == "Er is iets voor u te doen."
