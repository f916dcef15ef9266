"""Nobody keeps a case from a privacy officer alone: who watches over us isn't shut out by whom they watch."""

import pytest
from grant_helpers import acting_as, case_of, desk_of, number_of, told

import frappe

from sv_helpdesk import access_log
from sv_helpdesk.permissions.denied_by_hand import deny
from sv_helpdesk.permissions.denied_list import is_denied
from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR, PRIVACY_OFFICER
from sv_helpdesk.social_safety.report.who_opened_what import who_opened_what
from sv_helpdesk.test_utils import make_party, make_user
from sv_helpdesk.two_persons import approvals, decide, rows
from sv_helpdesk.two_persons.approvals import USED_NOW


@pytest.fixture
def desk():
	"""A desk in which everybody sees every case."""
	found = desk_of(make_user(COORDINATOR), None, make_user(CCP_STAFF), make_user(CCP_STAFF))
	found.coordinator, found.member, found.colleague = (row.user for row in found.members)
	return found


@pytest.fixture
def case(desk):
	return case_of(desk)


@pytest.fixture
def officer():
	return make_user(PRIVACY_OFFICER)


@pytest.fixture(autouse=True)
def over_the_web(monkeypatch):
	"""What happens in these tests comes from outside the server's shell."""
	monkeypatch.setattr("sv_helpdesk.two_persons.approvals.from_outside", lambda: True)
	yield
	setattr(frappe.local, rows.COLLECTED, [])
	setattr(frappe.local, USED_NOW, {})


def asked(user: str, case: str, officer: str) -> str:
	"""Return the name of the approval that this refusal asked for."""
	with acting_as(user), pytest.raises(frappe.PermissionError, match="takes two persons"):
		deny(case, officer)
	return rows.write(getattr(frappe.local, rows.COLLECTED).pop())


def test_one_person_alone_does_not_keep_a_case_from_a_privacy_officer(desk, case, officer):
	asked(desk.member, case, officer)
	assert not is_denied(case, officer)


def test_another_spelling_of_the_account_is_the_same_person(desk, case, officer):
	before = told(officer)
	approval = asked(desk.member, case, officer.upper())
	with acting_as(officer):
		assert approval not in frappe.get_list("SV Approval", pluck="name", order_by="creation asc")
	assert told(officer) == before


def test_with_a_second_person_it_is_kept_from_them(desk, case, officer):
	approval = asked(desk.member, case, officer)
	with acting_as(desk.coordinator):
		decide.approve(approval)
	with acting_as(desk.member):
		deny(case, officer)
	assert is_denied(case, officer)


@pytest.mark.parametrize("fieldname", ("account", "email_address"))
def test_nor_by_naming_them_as_the_accused(desk, case, officer, fieldname):
	with acting_as(desk.member), pytest.raises(frappe.PermissionError, match="takes two persons"):
		make_party(report=case, party_role="Accused", **{fieldname: officer})
	approval = rows.write(getattr(frappe.local, rows.COLLECTED).pop())
	assert not is_denied(case, officer)
	with acting_as(desk.coordinator):
		decide.approve(approval)
	with acting_as(desk.member):
		make_party(report=case, party_role="Accused", **{fieldname: officer})
	assert is_denied(case, officer)


def test_an_approval_is_for_one_privacy_officer_and_one_case(desk, case, officer):
	approval = asked(desk.member, case, officer)
	with acting_as(desk.coordinator):
		decide.approve(approval)
	other_case, other_officer = case_of(desk), make_user(PRIVACY_OFFICER)
	asked(desk.member, other_case, officer)
	asked(desk.member, case, other_officer)


def test_the_privacy_officer_it_is_about_neither_hears_nor_sees_nor_decides(desk, case, officer):
	before = told(officer)
	approval = asked(desk.member, case, officer)
	assert told(officer) == before
	with acting_as(officer):
		assert approval not in frappe.get_list("SV Approval", pluck="name", order_by="creation asc")
		with pytest.raises(frappe.PermissionError):
			decide.approve(approval)
	assert frappe.db.get_value("SV Approval", approval, "status") == "Asked"


def test_another_privacy_officer_hears_which_case_and_who_asks_and_not_whom(desk, case, officer):
	other = make_user(PRIVACY_OFFICER)
	approval = asked(desk.member, case, officer)
	with acting_as(other):
		assert approval in frappe.get_list("SV Approval", pluck="name", order_by="creation asc")
		seen = frappe.get_doc("SV Approval", approval)
	assert (seen.asked_by, seen.summary) == (desk.member, number_of(case))
	assert officer not in seen.as_json()
	assert told(other)


def test_a_colleague_is_kept_out_at_once_and_the_privacy_officer_sees_who_did_it_and_in_which_case(
	desk, case, officer
):
	with acting_as(desk.member):
		deny(case, desk.colleague)
	assert is_denied(case, desk.colleague)
	access_log.write_now()
	today = frappe.utils.today()
	with acting_as(officer):
		_columns, found = who_opened_what.execute(
			{"from_date": today, "to_date": today, "user": desk.member, "case_number": number_of(case)}
		)[:2]
	(row,) = [row for row in found if row["action"] == "Revoked"]
	assert row["case_number"] == number_of(case) and row["logged_at"]
	assert desk.colleague not in frappe.as_json(row)


def test_nor_does_another_name_of_their_account_tell_them_that_it_was_asked(monkeypatch, desk, case, officer):
	approval = asked(desk.member, case, officer)
	monkeypatch.setattr("sv_helpdesk.two_persons.approvals.from_outside", lambda: False)
	renamed = f"other.{officer}"
	frappe.rename_doc("User", officer, renamed, force=True)
	with acting_as(renamed):
		assert approval not in frappe.get_list("SV Approval", pluck="name", order_by="creation asc")
		with pytest.raises(frappe.PermissionError):
			decide.approve(approval)


def test_nor_does_anybody_approve_what_concerns_themselves_under_another_name(monkeypatch, desk, officer):
	other = make_user(COORDINATOR)
	with acting_as(other), pytest.raises(frappe.PermissionError, match="takes two persons"):
		approvals.require("Desk's people", "SV Desk", desk.name, "x", concerns=officer)
	approval = rows.write(getattr(frappe.local, rows.COLLECTED).pop())
	monkeypatch.setattr("sv_helpdesk.two_persons.approvals.from_outside", lambda: False)
	renamed = f"other.{officer}"
	frappe.rename_doc("User", officer, renamed, force=True)
	with acting_as(renamed), pytest.raises(frappe.PermissionError):
		decide.approve(approval)
