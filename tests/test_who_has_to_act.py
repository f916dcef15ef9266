"""Warned is who has to act: whose approval is missing, the desk that is asked, or who acts in their place."""

import pytest
from deadline_helpers import DAY, HOUR, NOW, make_clock, swept, told
from grant_helpers import acting_as, desk_of
from table_world import SeatedTable

import frappe
from frappe.utils import now_datetime

from sv_helpdesk.minutes import approvals
from sv_helpdesk.permissions.roles import COORDINATOR, HR_ADVISOR
from sv_helpdesk.test_utils import (
	make_action,
	make_consent,
	make_party,
	make_referral,
	make_user,
)

pytest_plugins = ["deadline_fixtures"]
pytestmark = pytest.mark.usefixtures("without_clocks", "outgoing")
DUE = NOW + 4 * HOUR


@pytest.fixture
def table():
	seated = SeatedTable()
	seated.minutes_name = seated.submitted()
	frappe.set_user("Administrator")
	return seated


def approval_clock(table) -> str:
	document = frappe.get_doc("SV Decision Table", table.name)
	minutes = {"document_type": "SV Minutes", "document_name": table.minutes_name}
	return make_clock(document, table.manager, kind="Minutes approved", **minutes)


def approved_by(table, user: str) -> None:
	with acting_as(user):
		approvals.approve(table.minutes_name)


@pytest.fixture
def asked():
	"""A desk that is asked to take somebody over, with a coordinator, a stand-in and a member."""
	coordinator, stand_in, member = make_user(COORDINATOR), make_user(), make_user()
	desk = desk_of(coordinator, stand_in, member)
	return frappe._dict(desk=desk, coordinator=coordinator, stand_in=stand_in, member=member)


@pytest.fixture
def hand_over(case, asked):
	consent = make_consent(case.name, make_party(case.name).name, to_desk=asked.desk.name, recipient="").name
	return make_referral(
		case, target="Ombuds officer", target_desk=asked.desk.name, consent=consent, status="Offered"
	)


def hand_over_clock(case, referral, owner: str | None, kind: str = "Hand-over accepted") -> str:
	return make_clock(case, owner, kind=kind, document_type="SV Referral", document_name=referral.name)


def away(desk, user: str, stand_in: str | None = None) -> None:
	doc = frappe.get_doc("SV Desk", desk.name)
	row = next(row for row in doc.members if row.user == user)
	row.update({"absent_from": NOW.date(), "absent_until": (NOW + DAY).date(), "stand_in": stand_in})
	doc.save()


def reached(clock: str, stage: int = 1) -> set[str]:
	return {user for user, at_stage, _urgent in told(clock) if at_stage == stage}


def test_who_has_not_approved_minutes_is_warned_and_who_has_is_not(table):
	approved_by(table, table.member)
	clock = approval_clock(table)
	swept()
	assert reached(clock) == {table.manager, table.hr}


def test_the_chair_is_told_when_the_term_is_over_whoever_has_approved(table):
	for user in (table.member, table.manager):
		approved_by(table, user)
	clock = approval_clock(table)
	swept()
	assert reached(clock) == {table.hr}
	swept(DUE)
	assert reached(clock, 3) == {table.hr, table.manager}


def test_who_may_not_see_the_minutes_is_not_warned_of_them(table):
	make_party(table.report, "Accused", account=table.member)
	seat = {"parent": table.name, "user": table.hr}
	frappe.db.set_value("SV Table Member", seat, "accepted_at", None)
	clock = approval_clock(table)
	swept()
	assert reached(clock) == {table.manager}


def test_the_desk_that_is_asked_to_take_somebody_over_is_warned_beside_who_asked(
	people, case, asked, hand_over
):
	clock = hand_over_clock(case, hand_over, people.handler)
	swept()
	assert reached(clock) == {people.handler, asked.coordinator}
	swept(DUE)
	assert reached(clock, 3) == {people.handler, people.coordinator, asked.coordinator}


def test_a_desk_that_is_asked_is_stood_in_for_by_its_own_people(people, case, asked, hand_over):
	away(asked.desk, asked.coordinator, asked.member)
	clock = hand_over_clock(case, hand_over, people.handler)
	swept()
	assert reached(clock) == {people.handler, asked.member}
	away(asked.desk, asked.coordinator)
	clock = hand_over_clock(case, hand_over, people.handler)
	swept()
	assert reached(clock) == {people.handler, asked.stand_in}
	away(asked.desk, asked.stand_in)
	clock = hand_over_clock(case, hand_over, people.handler)
	swept()
	assert reached(clock) == {people.handler, asked.member}


def test_a_desk_that_is_asked_is_told_nothing_without_an_open_consent(people, case, asked, hand_over):
	frappe.db.set_value("SV Consent", hand_over.consent, "withdrawn_at", now_datetime())
	clock = hand_over_clock(case, hand_over, people.handler)
	swept()
	assert reached(clock) & set(asked.values()) == set()
	assert people.handler in reached(clock)


def test_whoever_a_case_is_hidden_from_is_not_warned_at_the_desk_that_is_asked(
	people, case, asked, hand_over
):
	make_party(case.name, "Accused", account=asked.coordinator)
	clock = hand_over_clock(case, hand_over, people.handler)
	swept()
	assert reached(clock) == {people.handler, asked.stand_in}


def test_who_took_somebody_over_is_warned_to_complete_it(people, case, asked, hand_over):
	hand_over.db_set({"status": "Accepted", "accepted_by": asked.member})
	clock = hand_over_clock(case, hand_over, people.handler, "Hand-over completed")
	swept()
	assert reached(clock) == {people.handler, asked.member}


def test_who_carries_out_an_action_and_works_elsewhere_is_not_stood_in_for_there(people, case):
	owner, colleague = make_user(), make_user()
	elsewhere = desk_of(owner, None, colleague)
	away(elsewhere, owner, colleague)
	action = make_action(report=case.name, action_owner=owner).name
	about = {"kind": "Action", "document_type": "SV Action", "document_name": action}
	clock = make_clock(case, owner, **about)
	swept()
	assert reached(clock) == {people.coordinator}


def test_who_works_at_no_desk_is_never_away_and_is_passed_over_once_the_account_is_switched_off(people, case):
	adviser = make_user(HR_ADVISOR)
	action = make_action(report=case.name, action_owner=adviser).name
	about = {"kind": "Action", "document_type": "SV Action", "document_name": action}
	clock = make_clock(case, adviser, **about)
	swept()
	assert reached(clock) == {adviser}
	frappe.get_doc("User", adviser).update({"enabled": 0}).save()
	clock = make_clock(case, adviser, **about)
	swept()
	assert reached(clock) == {people.coordinator}
