"""The number of a case is given to who may see the case and to the privacy officer, and to nobody else."""

import pytest
from grant_helpers import acting_as, adviser, case_of, desk_of, number_of

import frappe

from sv_helpdesk.leaving.hand_over import hand_over
from sv_helpdesk.permissions.case_numbers import numbers_of
from sv_helpdesk.permissions.roles import (
	BOARD,
	CCP_STAFF,
	COMPANION,
	COORDINATOR,
	HR_ADVISOR,
	MANAGER,
	PRIVACY_OFFICER,
	TABLE_MEMBER,
)
from sv_helpdesk.permissions.temporary_access import give
from sv_helpdesk.test_utils import make_party, make_user


@pytest.fixture
def desk():
	found = desk_of(adviser(), None, adviser(), visibility="Handler only")
	found.coordinator, found.handler = (row.user for row in found.members)
	return found


@pytest.fixture
def case(desk):
	return case_of(desk, desk.handler)


def numbers(user: str, *reports: str) -> dict:
	with acting_as(user):
		return numbers_of(",".join(reports))


def test_who_sees_a_case_and_the_privacy_officer_have_its_number(desk, case):
	other = case_of(desk_of())
	assert numbers(desk.handler, case, other) == {case: number_of(case)}
	both = {case: number_of(case), other: number_of(other)}
	assert numbers(make_user(PRIVACY_OFFICER), case, other, "no such case") == both


@pytest.mark.parametrize(
	"role",
	[CCP_STAFF, COORDINATOR, COMPANION, TABLE_MEMBER, HR_ADVISOR, MANAGER, BOARD, "System Manager", None],
)
def test_nobody_else_has_it(case, role):
	assert numbers(make_user(role), case, "no such case") == {}


def test_the_accused_has_it_in_no_role(desk, case):
	officer = make_user(PRIVACY_OFFICER)
	for accused in (officer, desk.handler):
		assert numbers(accused, case)
		make_party(case, "Accused", account=accused)
		assert numbers(accused, case) == {}


def test_access_that_was_given_or_handed_over_says_the_number_of_its_case(desk, case):
	colleague = adviser()
	desk.append("members", {"user": colleague, "desk_role": "Member"})
	desk.save()
	with acting_as(desk.handler):
		give(case, colleague, "Absence")
	with acting_as(desk.coordinator):
		hand_over(desk.name, desk.handler, colleague)
	kinds = frappe.get_all(
		"SV Access Grant", {"asked_number": number_of(case)}, pluck="kind", order_by="kind"
	)
	assert kinds == ["Hand-over", "Temporary access"]
