"""R1 and R2: when a consent is open, to the day and to the minute."""

from unittest.mock import patch

import pytest
from grant_helpers import acting_as, adviser, advisers_desk, case_of
from people import make_people

import frappe
from frappe.utils import get_datetime

from sv_helpdesk.permissions import consent as rules
from sv_helpdesk.permissions.temporary_access import give
from sv_helpdesk.test_utils import make_consent, make_desk, make_party, make_referral, make_report

DANGER = {"basis": "Danger to safety", "how_given": "", "ground": "Somebody is in danger"}


@pytest.fixture(scope="module")
def people():
	return make_people("consenting", "SV CCP Staff", "SV CCP Staff")


@pytest.fixture
def worker(people):
	return people[0]


@pytest.fixture
def second(people):
	return people[1]


@pytest.fixture
def case(worker):
	return make_report(desk=make_desk(worker).name).name


@pytest.fixture
def person(case):
	return make_party(case).name


@pytest.fixture
def exception(worker, case):
	"""A function that records an exception, decided by the worker."""

	def record(**values):
		frappe.set_user(worker)
		try:
			return make_consent(case, None, **{**DANGER, **values}).name
		finally:
			frappe.set_user("Administrator")

	return record


def is_open_at(moment: str, name: str) -> bool:
	with patch.object(rules, "now_datetime", lambda: get_datetime(moment)):
		return rules.is_open(name)


def confirm(name: str, user: str) -> None:
	frappe.db.set_value("SV Consent", name, {"second_person": user, "confirmed_at": "2024-11-25 12:00:00"})


def test_what_a_person_allowed_is_open(case, person):
	assert rules.is_open(make_consent(case, person).name)


def test_a_consent_that_does_not_exist_is_closed():
	assert not rules.is_open("nothing") and not rules.is_open(None)


def test_what_was_withdrawn_is_closed(case, person):
	consent = make_consent(case, person)
	consent.db_set("withdrawn_at", frappe.utils.now_datetime())
	assert not rules.is_open(consent.name)


def test_a_consent_is_open_to_the_end_of_its_last_day(case, person):
	name = make_consent(case, person, given_at="2024-03-01 10:00:00", valid_until="2024-03-31").name
	assert is_open_at("2024-03-31 23:59:59", name)
	assert not is_open_at("2024-04-01 00:00:00", name)


def test_agreeing_to_follow_up_opens_nothing_though_it_is_in_force(case, person):
	name = make_consent(case, person, scope="Follow-up towards the accused").name
	assert not rules.is_open(name)
	assert rules.is_in_force(name)


@pytest.mark.parametrize("basis", rules.EXCEPTIONS)
def test_an_exception_is_closed_until_a_second_person_confirms_it(exception, worker, second, basis):
	name = exception(basis=basis)
	assert not rules.is_open(name)
	confirm(name, worker)
	assert not rules.is_open(name), "the second person is the first"
	confirm(name, second)
	assert rules.is_open(name)


@pytest.mark.parametrize("missing", ["ground", "decided_by", "confirmed_at", "second_person"])
def test_an_exception_without_one_of_its_parts_is_closed(exception, second, missing):
	name = exception()
	confirm(name, second)
	frappe.db.set_value("SV Consent", name, missing, None)
	assert not rules.is_open(name)


@pytest.mark.parametrize(
	("given_at", "confirm_by"),
	[
		("2024-11-20 10:15:00", "2024-11-21 10:15:00"),
		("2024-11-22 16:30:00", "2024-11-25 16:30:00"),
		("2024-11-23 09:00:00", "2024-11-25 09:00:00"),
		("2026-04-24 11:00:00", "2026-04-28 11:00:00"),
		("2024-12-24 20:00:00", "2024-12-27 20:00:00"),
	],
	ids=["weekday", "over a weekend", "on a Saturday", "weekend and King's Day", "Christmas"],
)
def test_in_acute_danger_it_is_open_at_once_and_closes_after_the_next_working_day(
	exception, given_at, confirm_by
):
	name = exception(acute=1, given_at=given_at)
	assert is_open_at(given_at, name) and is_open_at(confirm_by, name)
	assert not is_open_at(confirm_by[:-2] + "01", name)


def test_what_was_confirmed_in_time_stays_open_afterwards(exception, second):
	name = exception(acute=1, given_at="2024-11-22 16:30:00")
	confirm(name, second)
	assert is_open_at("2025-11-25 16:30:01", name)


def test_only_danger_opens_before_it_is_confirmed(exception):
	name = exception(basis="Criminal offence")
	frappe.db.set_value("SV Consent", name, {"acute": 1, "confirm_by": "2099-01-01 12:00:00"})
	assert not rules.is_open(name)


def test_a_list_condition_lets_through_what_an_open_consent_is_named_for(case, person):
	report, consent = frappe.get_doc("SV Report", case), make_consent(case, person)
	with_consent, without = make_referral(report, consent=consent.name), make_referral(report)
	assert let_through(with_consent.name, without.name) == {with_consent.name}
	consent.db_set("withdrawn_at", frappe.utils.now_datetime())
	assert let_through(with_consent.name, without.name) == set()


def let_through(*names: str) -> set[str]:
	condition = rules.open_consent_condition("`tabSV Referral`.`consent`")
	rows = frappe.db.sql(
		f"select name from `tabSV Referral` where name in %(names)s and {condition}", {"names": names}
	)
	return {name for (name,) in rows}


# Recorded by whom


def test_nobody_records_a_consent_that_shares_with_themselves(worker, case, person):
	for basis in ({}, DANGER):
		with acting_as(worker), pytest.raises(frappe.PermissionError, match="share the case with yourself"):
			make_consent(case, None if basis else person, **{"to_user": worker, **basis})


def test_a_colleague_records_one_that_shares_with_another(worker, second, case, person):
	with acting_as(worker):
		assert rules.is_open(make_consent(case, person, to_user=second).name)


def test_who_has_the_case_for_a_time_records_no_consent_which_would_outlast_it():
	handler, helper, third = adviser(), adviser(), adviser()
	case = case_of(advisers_desk(handler, helper, third), handler)
	person = make_party(case).name
	with acting_as(handler):
		give(case, helper, "Absence")
	with acting_as(helper):
		# the case itself is theirs to work on
		make_party(case)
		for basis in ({}, DANGER):
			with pytest.raises(frappe.PermissionError):
				make_consent(case, None if basis else person, **{"to_user": third, **basis})
	with acting_as(handler):
		assert rules.is_open(make_consent(case, person, to_user=third).name)
