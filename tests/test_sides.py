"""No one supports both sides of a case, nor sits in judgement on somebody they support (R5)."""

import pytest
from grant_helpers import acting_as, case_of, desk_of

import frappe
from frappe.utils import now_datetime

from sv_helpdesk.permissions.roles import CCP_STAFF, COMPANION, CONFIDENTIAL_ADVISER, COORDINATOR
from sv_helpdesk.test_utils import make_decision_table, make_party, make_referral, make_user

REFUSAL = "can't be chosen here"


@pytest.fixture
def desk():
	found = desk_of(make_user(COORDINATOR), None, make_user(CCP_STAFF))
	found.coordinator, found.handler = (row.user for row in found.members)
	return found


@pytest.fixture
def case(desk):
	return case_of(desk, desk.handler)


@pytest.fixture
def other():
	return make_user(CONFIDENTIAL_ADVISER)


def put_on_table(case: str, **values):
	"""Return a decision table that deals with a case."""
	table = make_decision_table(**values)
	row = {"doctype": "SV Table Case", "decision_table": table.name, "subject": "Employee"}
	frappe.get_doc({**row, "kind": "Undesirable behaviour", "reports": [{"report": case}]}).insert()
	return table


def seat(user: str, capacity: str = "Member") -> dict:
	return {"members": [{"user": user, "capacity": capacity}]}


def refused(act, *args, **kwargs) -> None:
	with pytest.raises(frappe.ValidationError, match=REFUSAL):
		act(*args, **kwargs)


def choose_handler(case: str, user: str) -> None:
	report = frappe.get_doc("SV Report", case)
	report.handler = user
	report.save()


def test_who_supports_the_reporter_does_not_support_the_accused_and_the_other_way_round(case, other):
	make_party(case, supported_by=other)
	refused(make_party, case, "Accused", supported_by=other)


def test_who_supports_the_accused_does_not_support_the_reporter(case):
	companion = make_user(COMPANION)
	make_party(case, "Accused", supported_by=companion)
	refused(make_party, case, supported_by=companion)


def test_who_handles_the_case_does_not_support_the_accused(desk, case):
	refused(make_party, case, "Accused", supported_by=desk.handler)
	make_party(case, "Reporter", supported_by=desk.handler)


def test_who_supports_the_accused_does_not_handle_the_case(case, other):
	make_party(case, "Accused", supported_by=other)
	refused(choose_handler, case, other)


def test_in_another_case_somebody_may_support_the_other_side(desk, case, other):
	make_party(case, supported_by=other)
	make_party(case_of(desk), "Accused", supported_by=other)


def test_a_witness_may_be_supported_by_who_supports_the_reporter(case, other):
	make_party(case, supported_by=other)
	make_party(case, "Witness", supported_by=other)


def test_a_witness_who_turns_out_to_be_accused_needs_another_supporter(case, other):
	make_party(case, supported_by=other)
	witness = make_party(case, "Witness", supported_by=other)
	witness.party_role = "Accused"
	refused(witness.save)


@pytest.mark.parametrize("party_role", ["Reporter", "Accused"])
@pytest.mark.parametrize("capacity", ["Manager", "Member", "HR adviser", "Minutes writer", "Coordinator"])
def test_whoever_supports_a_side_sits_at_no_table_of_the_case(case, other, party_role, capacity):
	make_party(case, party_role, supported_by=other)
	table = put_on_table(case)
	table.update(seat(other, capacity))
	refused(table.save)


def test_whoever_supports_a_side_decides_at_no_table_of_the_case(case, other):
	make_party(case, "Accused", supported_by=other)
	table = put_on_table(case)
	table.manager = other
	refused(table.save)


def test_a_case_goes_to_no_table_at_which_its_supporter_sits(case, other):
	make_party(case, supported_by=other)
	refused(put_on_table, case, **seat(other))


def test_whoever_sits_at_a_table_of_the_case_supports_neither_side(case, other):
	put_on_table(case, **seat(other))
	refused(make_party, case, supported_by=other)
	refused(make_party, case, "Accused", supported_by=other)


def test_who_handles_the_case_convenes_its_table_but_does_not_judge(desk, case):
	put_on_table(case, coordinator=desk.handler, **seat(desk.handler, "Coordinator"))
	table = put_on_table(case)
	table.update(seat(desk.handler, "Member"))
	refused(table.save)
	table.reload()
	table.manager = desk.handler
	refused(table.save)


def test_who_handles_the_case_takes_no_seat_by_the_name_of_coordinator(desk, case):
	table = put_on_table(case, coordinator=desk.coordinator)
	table.update(seat(desk.handler, "Coordinator"))
	refused(table.save)
	table.reload()
	table.update({"coordinator": desk.handler, **seat(desk.handler, "Coordinator")})
	table.save()


def test_who_judges_does_not_become_the_handler(desk, case):
	put_on_table(case, **seat(desk.coordinator))
	refused(choose_handler, case, desk.coordinator)


def test_who_answered_an_advice_request_may_sit_at_the_table_that_came_of_it(desk):
	advice = case_of(desk, desk.handler, kind="Advice request")
	make_decision_table(
		started_from="Advice request", advice_request=advice, desk=desk.name, **seat(desk.handler)
	)


def test_a_person_is_not_accepted_by_who_supports_the_other_side(case, other):
	report = frappe.get_doc("SV Report", case)
	make_party(case, "Accused", supported_by=other)
	referral = make_referral(report, party=make_party(case).name)
	referral.update({"accepted_by": other, "accepted_at": now_datetime()})
	refused(referral.save)


def test_a_table_with_an_old_conflict_can_still_be_changed(case, other):
	table = put_on_table(case, **seat(other))
	frappe.db.set_value("SV Party", make_party(case).name, "supported_by", other)
	table.reload()
	table.urgency = "Acute danger"
	table.save()


def test_the_rule_holds_for_whoever_chooses(desk, case, other):
	make_party(case, supported_by=other)
	with acting_as(desk.coordinator):
		refused(make_party, case, "Accused", supported_by=other)
