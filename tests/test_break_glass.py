"""In an emergency two persons open a case; asking tells nobody whether there is one, or from whom it is hidden."""

from datetime import timedelta

import pytest
from grant_helpers import acting_as, adviser, advisers_desk, case_of, desk_of, number_of, told

import frappe
from frappe.utils import now_datetime

from sv_helpdesk.permissions import denied_list
from sv_helpdesk.permissions.break_glass import ask, my_requests
from sv_helpdesk.permissions.confirming import confirm, refuse, requests
from sv_helpdesk.permissions.roles import (
	BOARD,
	CCP_STAFF,
	CONFIDENTIAL_ADVISER,
	COORDINATOR,
	HR_ADVISOR,
	OMBUDS_OFFICER,
	PRIVACY_OFFICER,
)
from sv_helpdesk.permissions.rules import may_use_report
from sv_helpdesk.test_utils import make_party, make_user

NO_CASE = "SV-2222-2222"
ASKED = "Somebody asks for access to a case in an emergency."
OPENED = "Access to a case was given in an emergency, by two persons."


@pytest.fixture
def asker():
	return make_user(CCP_STAFF)


@pytest.fixture
def desk():
	found = advisers_desk(adviser(), adviser())
	found.coordinator, found.handler = (row.user for row in found.members)
	return found


@pytest.fixture
def case(desk):
	return case_of(desk, desk.handler)


def asked(by: str, number: str) -> str:
	"""Ask, and return the name of what was written."""
	with acting_as(by):
		assert ask(number, "Danger to somebody", "He says he will come tonight") is None
	rows = frappe.get_all("SV Access Grant", filters={"user": by}, pluck="name", order_by="creation desc")
	return rows[0]


def confirmed(grant: str, by: str) -> str:
	with acting_as(by):
		return confirm(grant)


def test_asking_alone_opens_nothing(asker, case):
	asked(asker, number_of(case))
	assert not may_use_report(case, asker)


@pytest.mark.parametrize("role", [COORDINATOR, OMBUDS_OFFICER, PRIVACY_OFFICER])
def test_a_coordinator_the_ombuds_or_the_privacy_officer_confirms(asker, case, role):
	grant = asked(asker, number_of(case))
	assert "is open" in confirmed(grant, by=make_user(role))
	assert may_use_report(case, asker)


def test_the_coordinator_of_an_advisers_desk_confirms_too(asker, case):
	coordinator = adviser()
	advisers_desk(coordinator)
	confirmed(asked(asker, number_of(case)), by=coordinator)
	assert may_use_report(case, asker)


@pytest.mark.parametrize("role", [CCP_STAFF, HR_ADVISOR, BOARD, None])
def test_nobody_else_confirms_or_refuses_a_request(asker, case, role):
	grant, other = asked(asker, number_of(case)), make_user(role)
	with acting_as(other):
		for act in (confirm, refuse):
			with pytest.raises(frappe.PermissionError):
				act(grant)
	assert not may_use_report(case, asker)


@pytest.mark.parametrize("role", [CCP_STAFF, CONFIDENTIAL_ADVISER])
def test_who_works_on_cases_without_confirming_finds_no_request_waiting(asker, case, role):
	asked(asker, number_of(case))
	with acting_as(make_user(role)):
		assert requests() == []


@pytest.mark.parametrize("role", [HR_ADVISOR, BOARD, None])
def test_others_are_refused_the_requests(asker, case, role):
	asked(asker, number_of(case))
	with acting_as(make_user(role)), pytest.raises(frappe.PermissionError):
		requests()


def test_nobody_confirms_their_own_request(case):
	coordinator = make_user(COORDINATOR)
	grant = asked(coordinator, number_of(case))
	with pytest.raises(frappe.PermissionError):
		confirmed(grant, by=coordinator)


def test_who_confirms_does_not_see_the_case(asker, case):
	coordinator = make_user(COORDINATOR)
	confirmed(asked(asker, number_of(case)), by=coordinator)
	assert not may_use_report(case, coordinator)


def test_it_closes_after_a_day(asker, case):
	grant = asked(asker, number_of(case))
	confirmed(grant, by=make_user(COORDINATOR))
	row = frappe.get_doc("SV Access Grant", grant)
	assert row.valid_until - row.confirmed_at == timedelta(hours=24)
	frappe.db.set_value("SV Access Grant", grant, "valid_until", now_datetime() - timedelta(seconds=1))
	assert not may_use_report(case, asker)


def test_a_request_that_nobody_answered_within_a_day_lapses(asker, case):
	grant = asked(asker, number_of(case))
	frappe.db.set_value("SV Access Grant", grant, "asked_at", now_datetime() - timedelta(hours=25))
	with pytest.raises(frappe.PermissionError):
		confirmed(grant, by=make_user(COORDINATOR))


def test_a_refused_request_opens_nothing_and_is_over(asker, case):
	grant, coordinator = asked(asker, number_of(case)), make_user(COORDINATOR)
	with acting_as(coordinator):
		refuse(grant)
	with pytest.raises(frappe.PermissionError):
		confirmed(grant, by=coordinator)
	assert not may_use_report(case, asker)


def test_reason_and_explanation_are_needed(asker, case):
	with acting_as(asker):
		for reason, explanation in (("Curiosity", "Why"), ("Other", "  ")):
			with pytest.raises(frappe.ValidationError):
				ask(number_of(case), reason, explanation)


def test_only_somebody_with_a_case_role_asks(case):
	for role in (HR_ADVISOR, PRIVACY_OFFICER, BOARD, None):
		with acting_as(make_user(role)), pytest.raises(frappe.PermissionError):
			ask(number_of(case), "Other", "Why")


def test_who_sees_the_case_need_not_ask(desk, case):
	with acting_as(desk.handler), pytest.raises(frappe.ValidationError, match="already"):
		ask(number_of(case), "Other", "Why")


def test_those_concerned_are_told_at_once_and_without_content(asker, desk, case):
	officer, coordinator = make_user(PRIVACY_OFFICER), make_user(COORDINATOR)
	grant = asked(asker, number_of(case))
	assert told(officer) == told(coordinator) == told(desk.coordinator) == [ASKED]
	assert told(desk.handler) == told(asker) == []
	confirmed(grant, by=coordinator)
	for user in (officer, desk.coordinator):
		assert told(user) == [ASKED, OPENED]
	assert told(desk.handler) == [OPENED]
	assert told(asker) == ["The case you asked for is open to you for 24 hours."]


def test_an_accused_who_holds_one_of_these_offices_is_told_nothing(asker, case):
	coordinator = make_user(COORDINATOR)
	make_party(case, "Accused", account=coordinator)
	grant = asked(asker, number_of(case))
	with acting_as(coordinator):
		assert grant not in [row["name"] for row in requests()]
		with pytest.raises(frappe.PermissionError):
			confirm(grant)
	assert told(coordinator) == []


# Whoever is denied, and numbers that are no case's


def answers(by: str, number: str) -> list:
	"""Return all that asking shows to who asks, without the number and moments."""
	asked(by, number)
	with acting_as(by):
		rows = my_requests()
	return [{**row, "asked_number": None, "asked_at": None} for row in rows]


def test_asking_looks_the_same_for_the_accused_and_for_a_number_of_no_case(case):
	accused, other, guessing = (make_user(CCP_STAFF) for _ in range(3))
	make_party(case, "Accused", account=accused)
	assert (
		answers(accused, number_of(case))
		== answers(other, number_of(case))
		== answers(guessing, NO_CASE)
		!= []
	)


def test_only_who_confirms_learns_that_it_can_not_be_given_and_not_why(case):
	accused, guessing, coordinator = make_user(CCP_STAFF), make_user(CCP_STAFF), make_user(COORDINATOR)
	make_party(case, "Accused", account=accused)
	sentences = {
		confirmed(asked(accused, number_of(case)), by=coordinator),
		confirmed(asked(guessing, NO_CASE), by=coordinator),
	}
	assert sentences == {"This access can't be given. Nothing else needs to be done."}
	assert not may_use_report(case, accused)
	assert told(accused) == told(guessing) == []


def test_the_asker_sees_a_refused_request_like_one_that_waits(asker, case):
	waiting = answers(asker, number_of(case))
	other, coordinator = make_user(CCP_STAFF), make_user(COORDINATOR)
	grant = asked(other, number_of(case))
	with acting_as(coordinator):
		refuse(grant)
	with acting_as(other):
		row = my_requests()[0]
	assert {**row, "asked_number": None, "asked_at": None} == waiting[0]


def test_who_supports_the_accused_gets_nothing_this_way(asker, case):
	make_party(case, "Accused", supported_by=asker)
	assert "can't be given" in confirmed(asked(asker, number_of(case)), by=make_user(COORDINATOR))
	assert not may_use_report(case, asker)


def test_what_was_opened_closes_when_the_case_becomes_denied(asker, case):
	confirmed(asked(asker, number_of(case)), by=make_user(COORDINATOR))
	make_party(case, "Accused", account=asker)
	assert not may_use_report(case, asker)
	denied = frappe.get_all("SV Denied", filters={"report": case}, pluck="name", order_by="creation asc")
	frappe.db.delete("SV Denied", {"name": ["in", denied]})
	assert not denied_list.is_denied(case, asker)
	assert not may_use_report(case, asker), "the grant itself has ended"


def test_the_explanation_is_shown_to_who_confirms_but_not_to_the_privacy_officer(asker, case):
	grant = asked(asker, number_of(case))

	def shown(role):
		with acting_as(make_user(role)):
			return next(row for row in requests() if row["name"] == grant)

	assert shown(COORDINATOR)["explanation"] == "He says he will come tonight"
	assert "explanation" not in shown(PRIVACY_OFFICER)
	assert shown(PRIVACY_OFFICER)["reason"] == "Danger to somebody"


def test_the_asker_can_not_read_the_row_that_says_whether_there_is_a_case(asker, case):
	for number in (number_of(case), NO_CASE):
		grant = asked(asker, number)
		with acting_as(asker):
			assert grant not in frappe.get_list("SV Access Grant", pluck="name", order_by="creation asc")
			assert not frappe.get_doc("SV Access Grant", grant).has_permission("read")


def test_a_desk_in_which_everybody_may_see_the_case_is_told_by_its_stand_in(asker):
	coordinator, stand_in = make_user(COORDINATOR), make_user(CCP_STAFF)
	desk = desk_of(coordinator, stand_in, visibility="Handler only")
	case = case_of(desk)
	make_party(case, "Accused", account=coordinator)
	outsider = adviser()
	confirmed(asked(outsider, number_of(case)), by=make_user(OMBUDS_OFFICER))
	assert OPENED in told(stand_in)
	assert told(coordinator) == []
