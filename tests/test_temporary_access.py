"""Somebody of the desk gives a colleague access to one case for a time; nobody else does, and it ends."""

from datetime import timedelta

import pytest
from grant_helpers import acting_as, adviser, advisers_desk, case_of, desk_of, told

import frappe
from frappe.utils import add_days, now_datetime

from sv_helpdesk.permissions.denied_by_hand import deny
from sv_helpdesk.permissions.roles import BOARD, COORDINATOR, HR_ADVISOR, PRIVACY_OFFICER
from sv_helpdesk.permissions.rules import may_use_report
from sv_helpdesk.permissions.temporary_access import colleagues, end, give
from sv_helpdesk.test_utils import make_consent, make_party, make_user


@pytest.fixture
def desk():
	"""Two advisers, each with their own cases, and who coordinates them."""
	found = advisers_desk(adviser(), adviser(), adviser())
	found.coordinator, found.handler, found.colleague = (row.user for row in found.members)
	return found


@pytest.fixture
def case(desk):
	return case_of(desk, desk.handler)


def given(report: str, user: str, by: str, **values) -> str:
	with acting_as(by):
		return give(report, user, "Absence", **values)


def change(grant: str, **values) -> None:
	frappe.db.set_value("SV Access Grant", grant, values)


def test_the_handler_gives_a_colleague_access_and_the_colleague_is_told(desk, case):
	assert not may_use_report(case, desk.colleague)
	given(case, desk.colleague, by=desk.handler)
	assert may_use_report(case, desk.colleague)
	assert told(desk.colleague) == ["A colleague gave you access to a case."]


def test_it_opens_that_case_only(desk, case):
	other = case_of(desk, desk.handler)
	given(case, desk.colleague, by=desk.handler)
	assert not may_use_report(other, desk.colleague)


def test_the_coordinator_of_a_desk_gives_access_without_having_it(desk, case):
	assert not may_use_report(case, desk.coordinator)
	given(case, desk.colleague, by=desk.coordinator)
	assert may_use_report(case, desk.colleague)
	assert not may_use_report(case, desk.coordinator)


def test_nobody_gives_access_to_oneself(desk, case):
	with pytest.raises(frappe.ValidationError, match="to yourself"):
		given(case, desk.coordinator, by=desk.coordinator)


def test_who_got_access_can_not_pass_it_on(desk, case):
	third = adviser()
	given(case, desk.colleague, by=desk.handler)
	with pytest.raises(frappe.PermissionError):
		given(case, third, by=desk.colleague)


def test_who_got_access_can_not_keep_the_case(desk, case):
	given(case, desk.colleague, by=desk.handler)
	with acting_as(desk.colleague):
		for handler in (desk.colleague, None):
			report = frappe.get_doc("SV Report", case)
			report.handler = handler
			with pytest.raises(frappe.PermissionError, match="for a time"):
				report.save()
		with pytest.raises(frappe.PermissionError):
			deny(case, desk.handler)
	assert may_use_report(case, desk.handler)


@pytest.mark.parametrize("role", [COORDINATOR, PRIVACY_OFFICER, BOARD, None])
def test_nobody_outside_the_desk_gives_access(desk, case, role):
	with pytest.raises(frappe.PermissionError):
		given(case, desk.colleague, by=make_user(role))


def test_a_coordinator_to_whom_the_case_is_denied_gives_nobody_access(desk, case):
	make_party(case, "Accused", account=desk.coordinator)
	with pytest.raises(frappe.PermissionError):
		given(case, desk.colleague, by=desk.coordinator)


def test_nobody_gets_access_to_a_case_that_is_denied_to_them_or_whose_accused_they_support(desk, case):
	make_party(case, "Accused", account=desk.coordinator, supported_by=desk.colleague)
	for user in (desk.coordinator, desk.colleague):
		with pytest.raises(frappe.ValidationError, match="can't be chosen here"):
			given(case, user, by=desk.handler)


def test_a_case_that_does_not_exist_is_refused_in_the_same_words(desk, case):
	def refusal(report):
		with pytest.raises(frappe.PermissionError) as refused:
			given(report, desk.handler, by=desk.colleague)
		return str(refused.value)

	assert refusal(case) == refusal("nothing")


def test_administrator_gives_access_to_nobody(desk, case):
	with pytest.raises(frappe.PermissionError):
		give(case, desk.colleague, "Absence")


@pytest.mark.parametrize("role", [HR_ADVISOR, BOARD, None])
def test_only_somebody_who_works_on_cases_gets_access(desk, case, role):
	with pytest.raises(frappe.ValidationError, match="works on cases"):
		given(case, make_user(role), by=desk.handler)


def test_by_default_it_lasts_two_weeks_and_then_ends_by_itself(desk, case):
	grant = given(case, desk.colleague, by=desk.handler)
	row = frappe.get_doc("SV Access Grant", grant)
	assert row.valid_until - row.asked_at >= timedelta(days=14) - timedelta(seconds=1)
	assert row.valid_until - row.asked_at < timedelta(days=14, minutes=1)
	change(grant, valid_until=add_days(now_datetime(), -1))
	assert not may_use_report(case, desk.colleague)


@pytest.mark.parametrize("days", [0, -1, 91])
def test_it_lasts_a_day_at_least_and_ninety_at_most(desk, case, days):
	with pytest.raises(frappe.ValidationError):
		given(case, desk.colleague, by=desk.handler, days=days)


def test_an_unknown_reason_is_refused(desk, case):
	with acting_as(desk.handler), pytest.raises(frappe.ValidationError, match="reason doesn't exist"):
		give(case, desk.colleague, "Curiosity")


@pytest.mark.parametrize("who", ["handler", "coordinator", "colleague"])
def test_it_is_ended_at_once_by_the_desk_or_by_who_has_it(desk, case, who):
	grant = given(case, desk.colleague, by=desk.handler)
	with acting_as(desk.get(who) or getattr(desk, who)):
		end(grant)
	assert not may_use_report(case, desk.colleague)


def test_the_privacy_officer_can_end_it(desk, case):
	grant = given(case, desk.colleague, by=desk.handler)
	officer = make_user(PRIVACY_OFFICER)
	with acting_as(officer):
		end(grant)
	assert frappe.db.get_value("SV Access Grant", grant, "ended_by") == officer
	assert not may_use_report(case, desk.colleague)


def test_nobody_else_ends_it(desk, case):
	grant = given(case, desk.colleague, by=desk.handler)
	for user in (adviser(), make_user(COORDINATOR), make_user(None)):
		with acting_as(user), pytest.raises(frappe.PermissionError):
			end(grant)
	assert may_use_report(case, desk.colleague)


def test_a_grant_is_not_made_changed_or_deleted_by_hand(desk, case):
	grant = frappe.get_doc("SV Access Grant", given(case, desk.colleague, by=desk.handler))
	by_hand = frappe.new_doc("SV Access Grant")
	by_hand.update({"report": case, "user": desk.coordinator, "kind": "Temporary access", "reason": "Other"})
	by_hand.update({"asked_by": desk.handler, "asked_at": now_datetime()})
	for act in (by_hand.insert, grant.save, grant.delete):
		with pytest.raises(frappe.ValidationError):
			act()


def test_between_desks_it_needs_the_reporters_consent_to_share_the_dossier(case, desk):
	elsewhere = advisers_desk(adviser(), adviser())
	outsider = elsewhere.members[1].user
	with pytest.raises(frappe.ValidationError, match="consent to share the dossier"):
		given(case, outsider, by=desk.handler)
	party = make_party(case).name
	make_consent(case, party, scope="Summary", to_user=outsider)
	with pytest.raises(frappe.ValidationError, match="consent to share the dossier"):
		given(case, outsider, by=desk.handler)
	make_consent(case, party, scope="Dossier", to_desk=elsewhere.name)
	given(case, outsider, by=desk.handler)
	assert may_use_report(case, outsider)


def test_withdrawing_the_consent_ends_the_access_that_rests_on_it(case, desk):
	elsewhere = advisers_desk(adviser(), adviser())
	outsider = elsewhere.members[1].user
	consent = make_consent(case, make_party(case).name, scope="Dossier", to_user=outsider)
	given(case, outsider, by=desk.handler)
	frappe.db.set_value("SV Consent", consent.name, "withdrawn_at", now_datetime())
	assert not may_use_report(case, outsider)


def test_the_explanation_is_sealed_and_not_for_the_privacy_officer(desk, case):
	grant = given(case, desk.colleague, by=desk.handler, explanation="Anna is ill")
	assert frappe.db.get_value("SV Access Grant", grant, "explanation").startswith("sv1.")
	officer = make_user(PRIVACY_OFFICER)
	with acting_as(desk.handler):
		assert frappe.get_doc("SV Access Grant", grant).opened("explanation") == "Anna is ill"
	with acting_as(officer):
		assert grant in frappe.get_list("SV Access Grant", pluck="name", order_by="creation desc")
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc("SV Access Grant", grant).opened("explanation")


def test_giving_and_ending_stand_in_the_access_log(desk, case):
	from sv_helpdesk import access_log

	grant = given(case, desk.colleague, by=desk.handler)
	with acting_as(desk.coordinator):
		end(grant)
	access_log.write_now()
	rows = frappe.get_all(
		"SV Access Log",
		filters={"document_name": grant, "action": ["in", ["Granted", "Revoked"]]},
		fields=["user", "action", "report"],
		order_by="position asc",
	)
	assert [tuple(row.values()) for row in rows] == [
		(desk.handler, "Granted", case),
		(desk.coordinator, "Revoked", case),
	]


def test_a_whole_desk_gives_access_too():
	member = make_user()
	desk = desk_of(None, None, member)
	case, outsider = case_of(desk), make_user(COORDINATOR)
	make_consent(case, make_party(case).name, scope="Dossier", to_user=outsider)
	given(case, outsider, by=member)
	assert may_use_report(case, outsider)


def test_who_gives_access_chooses_among_people_who_work_on_cases(desk, case):
	others = [make_user(role) for role in (HR_ADVISOR, BOARD, PRIVACY_OFFICER, "System Manager", None)]
	left = make_user(enabled=0)
	with acting_as(desk.handler):
		offered = colleagues(case)
	assert {desk.colleague, desk.coordinator} <= set(offered)
	assert not {desk.handler, left, "Administrator", *others} & set(offered)


def test_the_choice_does_not_tell_from_whom_the_case_is_kept(desk, case):
	with acting_as(desk.handler):
		before = colleagues(case)
		deny(case, desk.colleague)
		assert colleagues(case) == before


def test_nobody_else_is_offered_colleagues(desk, case):
	for other in (desk.colleague, make_user(COORDINATOR), make_user(BOARD)):
		for report in (case, "no such case"):
			with acting_as(other), pytest.raises(frappe.PermissionError, match="no right"):
				colleagues(report)
