"""A desk at which something is open stays in use: who switches it off is told how much, and nothing that is hidden from them."""

import pytest
from complaint_world import Complaint
from grant_helpers import acting_as, case_of, desk_of, told
from subject_world import ADDRESS, NAME, register
from test_leaving import by_two_persons, close
from test_rows_of_a_case import put, table_on

import frappe
from frappe.utils import add_days, getdate, today

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.leaving import appointing, in_use_again
from sv_helpdesk.permissions import denied_list
from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR, PRIVACY_OFFICER
from sv_helpdesk.subject_access import registering
from sv_helpdesk.test_utils import make_party, make_user

ASKED = {"kind": "Access", "received_on": today(), "person_name": NAME, "addresses": ADDRESS}


@pytest.fixture
def coordinator():
	return make_user(COORDINATOR)


@pytest.fixture
def staff():
	return make_user(CCP_STAFF)


@pytest.fixture
def desk(coordinator, staff):
	return desk_of(coordinator, None, staff)


def switch_off(desk, user: str) -> None:
	with acting_as(user):
		doc = frappe.get_doc("SV Desk", desk.name)
		doc.enabled = 0
		doc.save()


def refused(desk, user: str) -> str:
	with pytest.raises(frappe.ValidationError) as refusal:
		switch_off(desk, user)
	assert frappe.db.get_value("SV Desk", desk.name, "enabled")
	return str(refusal.value)


def test_a_desk_with_nothing_open_is_switched_off(desk, coordinator, staff):
	for status in ("Closed", "Withdrawn"):
		frappe.db.set_value("SV Report", case_of(desk, staff), "status", status)
	switch_off(desk, coordinator)
	assert not frappe.db.get_value("SV Desk", desk.name, "enabled") and told(staff) == []


def test_each_kind_of_thing_that_is_open_is_counted_and_nothing_else_is_said(desk, coordinator, staff):
	held = case_of(desk, staff)
	frappe.db.set_value("SV Report", held, {"status": "Closed", "legal_hold": 1})
	cases = [case_of(desk, staff) for _number in range(2)]
	table_on(desk, cases[0])
	register(desk.name, staff)
	put("SV Held Mail", desk=desk.name, status="Held")
	put("SV Held Mail", desk=desk.name, status="Set aside")
	said = refused(desk, coordinator)
	assert (
		"Open cases: 2, Legal holds: 1, Decision tables: 1, Requests about own data: 1, Held mails: 1."
		in said
	)
	assert not any(name in said for name in (*cases, held, desk.name, staff))


def test_a_running_complaint_is_counted_too():
	complaint = Complaint()
	desk = frappe.get_doc("SV Desk", complaint.desk)
	assert "Formal complaints: 1" in refused(desk, "Administrator")


def test_other_changes_of_the_desk_are_saved_whatever_is_open(desk, staff):
	case_of(desk, staff)
	desk.reload()
	desk.title = "Another title"
	desk.save()


def test_what_is_hidden_from_who_switches_it_off_is_told_to_the_others_alone(desk, coordinator, staff):
	case = case_of(desk, staff)
	denied_list.add(case, blind_index("account", coordinator), denied_list.BY_HAND)
	left = make_user(CCP_STAFF)
	frappe.get_doc("SV Desk", desk.name).append(
		"members", {"user": left, "desk_role": "Member", "to_date": add_days(getdate(), -1)}
	).db_insert()
	switch_off(desk, coordinator)
	assert told(left) == []
	[sentence] = told(staff)
	assert sentence.startswith("A desk was taken out of use while something is open there")
	assert told(coordinator) == []


def take_into_use(desk, user: str) -> None:
	with acting_as(user):
		in_use_again.take(desk.name)


def closed_case(desk, staff: str) -> str:
	case = case_of(desk, staff)
	make_party(case, person_name=NAME, email_address=ADDRESS)
	frappe.db.set_value("SV Report", case, {"status": "Closed", "main_category": "bullying"})
	return case


def test_who_led_a_desk_takes_it_into_use_again_and_its_closed_cases_are_asked_about_again(
	desk, coordinator, staff
):
	closed_case(desk, staff)
	switch_off(desk, coordinator)
	with acting_as(coordinator), pytest.raises(frappe.PermissionError):
		registering.register(desk=desk.name, language="en", **ASKED)
	with acting_as(coordinator):
		form = frappe.get_doc("SV Desk", desk.name)
		form.run_method("onload")
		assert form.get_onload("may_take_into_use")
		assert not form.get_onload("may_appoint")
	take_into_use(desk, coordinator)
	assert frappe.db.get_value("SV Desk", desk.name, "enabled")
	with acting_as(coordinator):
		made = registering.register(desk=desk.name, language="en", **ASKED)
	assert frappe.db.count("SV Subject Case", {"parent": made}) == 1


def test_a_stand_in_may_and_nobody_else(coordinator, staff):
	stand_in, officer = make_user(CCP_STAFF), make_user(PRIVACY_OFFICER)
	desk = desk_of(coordinator, stand_in, staff)
	with pytest.raises(frappe.PermissionError):
		take_into_use(desk, stand_in)
	switch_off(desk, coordinator)
	for user in (staff, officer, make_user(COORDINATOR), make_user(None)):
		with pytest.raises(frappe.PermissionError, match="no right"):
			take_into_use(desk, user)
	with acting_as(coordinator), pytest.raises(frappe.PermissionError, match="no right"):
		in_use_again.take("a desk that isn't there")
	take_into_use(desk, stand_in)
	assert frappe.db.get_value("SV Desk", desk.name, "enabled")


def test_where_who_led_it_has_left_two_persons_appoint_somebody_who_takes_it_into_use(
	desk, coordinator, staff
):
	watchers = [make_user(COORDINATOR), make_user(PRIVACY_OFFICER)]
	switch_off(desk, coordinator)
	assert not appointing.may_appoint(watchers[0], desk.name)
	close(coordinator)
	with pytest.raises(frappe.PermissionError):
		take_into_use(desk, coordinator)
	by_two_persons(*watchers, lambda: appointing.appoint(desk.name, staff))
	take_into_use(desk, staff)
	assert frappe.db.get_value("SV Desk", desk.name, "enabled")
