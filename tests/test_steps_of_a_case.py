"""A case goes from state to state by steps, each by who may and with what it needs, and by nothing else."""

import pytest

import frappe

from sv_helpdesk.moments import this_minute
from sv_helpdesk.permissions.roles import CCP_STAFF, CONFIDENTIAL_ADVISER
from sv_helpdesk.test_utils import (
	make_action,
	make_aftercare,
	make_decision_table,
	make_desk,
	make_referral,
	make_report,
	make_table_case,
	make_user,
)
from sv_helpdesk.workflows import api, case
from sv_helpdesk.workflows.moving import follow, move


@pytest.fixture
def staff():
	"""Somebody who works at a desk, logged in."""
	user = make_user(CCP_STAFF)
	make_desk(user, code="working")
	frappe.set_user(user)
	return user


def case_in(status: str, **values):
	"""Return a case of the desk in this state."""
	user = frappe.session.user
	frappe.set_user("Administrator")
	desk = frappe.db.get_value("SV Desk Member", {"user": user}, "parent")
	report = make_report(desk=desk, status=status, main_category="bullying", **values)
	frappe.set_user(user)
	return frappe.get_doc("SV Report", report.name)


def take(report, step: str, reason: str = "", **values):
	return move("SV Report", report.name, step, values, reason)


def as_administrator(action, *args, **values):
	user = frappe.session.user
	frappe.set_user("Administrator")
	made = action(*args, **values)
	frappe.set_user(user)
	return made


def refusal(action, *args, **values) -> str:
	with pytest.raises(frappe.ValidationError) as refused:
		action(*args, **values)
	return str(refused.value)


@pytest.mark.parametrize("status", ["Triage", "Handling", "Referred", "Decision table"])
def test_what_was_not_acknowledged_at_first_is_acknowledged_later_and_the_case_stays_where_it_is(
	staff, status
):
	report = case_in(status, received_at="2026-11-02 09:00:00")
	assert "acknowledge" in names_of_steps(report)
	taken = take(report, "acknowledge", acknowledged_at="2026-11-03 10:00:00")
	assert (taken.status, str(taken.acknowledged_at)) == (status, "2026-11-03 10:00:00")
	assert "acknowledge" not in names_of_steps(report)


def test_acknowledging_later_is_never_the_first_thing_to_do(staff):
	for status in ("Triage", "Handling", "Referred", "Decision table"):
		assert names_of_steps(case_in(status))[0] != "acknowledge", status


def test_only_what_the_law_asks_for_is_acknowledged_after_the_end(staff):
	for status in ("Settled", "Aftercare", "Closed"):
		assert "acknowledge" not in names_of_steps(case_in(status))
		assert "acknowledge" in names_of_steps(case_in(status, whistleblower_report=1))
	assert "acknowledge" not in names_of_steps(case_in("Withdrawn", whistleblower_report=1))


def names_of_steps(report) -> list[str]:
	return [step["name"] for step in api.steps("SV Report", report.name)]


def test_a_case_goes_from_first_contact_to_closed(staff):
	report = case_in("New")
	for step, values in (
		("acknowledge", {}),
		("triage", {}),
		("handle", {"handler": staff}),
		("settle", {"outcome": "Founded", "settlement_text": "Agreed"}),
		("close", {}),
	):
		report = take(report, step, **values)
	assert report.status == "Closed"
	stored = frappe.get_doc("SV Report", report.name)
	assert stored.acknowledged_at and stored.settled_at and stored.closed_at
	assert stored.opened("settlement_text") == "Agreed"
	kept = frappe.get_all("SV Step", {"report": report.name}, ["step", "taken_by"], order_by="taken_at asc")
	assert [row.step for row in kept] == ["acknowledge", "triage", "handle", "settle", "close"]
	assert {row.taken_by for row in kept} == {staff}


def test_a_status_that_no_step_led_to_is_refused(staff):
	report = case_in("New")
	report.status = "Closed"
	assert "steps only" in refusal(report.save)


def test_a_new_case_starts_at_the_beginning(staff):
	report = case_in("New")
	new = frappe.get_doc(
		{
			"doctype": "SV Report",
			"kind": "Report",
			"channel": "In person",
			"desk": report.desk,
			"status": "Settled",
		}
	)
	assert "steps only" in refusal(new.insert)


def test_a_report_is_not_settled_without_an_outcome_and_an_advice_request_is(staff):
	assert "Outcome" in refusal(take, case_in("Handling"), "settle")
	request = case_in("Handling", kind="Advice request", asked_by="Manager", advice_topic="Sexual harassment")
	assert take(request, "settle").status == "Settled"


def test_a_case_is_not_settled_while_a_hand_over_waits_for_an_answer(staff):
	report = case_in("Handling")
	as_administrator(make_referral, report, status="Offered")
	assert "waits for an answer" in refusal(take, report, "settle", outcome="Founded")


def test_a_case_is_not_settled_or_withdrawn_while_a_table_deals_with_it(staff):
	report = case_in("Decision table")
	table = as_administrator(make_decision_table, desk=report.desk, status="Running")
	as_administrator(make_table_case, table.name, report.name)
	assert "decision table" in refusal(take, report, "settle", outcome="Founded")
	assert "decision table" in refusal(take, report, "withdraw", withdrawal_text="No more")


def test_a_case_is_closed_after_its_last_aftercare_and_action(staff):
	report = case_in("Settled", outcome="Founded")
	plan = as_administrator(make_aftercare, report.name)
	assert "aftercare plan is still open" in refusal(take, report, "close")
	frappe.db.set_value("SV Aftercare", plan.name, "status", "Closed")
	action = as_administrator(make_action, report=report.name)
	assert "action is still open" in refusal(take, report, "close")
	frappe.db.set_value("SV Action", action.name, "status", "Dropped")
	assert take(report, "close").status == "Closed"


def test_who_withdraws_a_report_says_what_they_said_and_nothing_stays_offered(staff):
	report = case_in("Handling")
	assert "empty" in refusal(take, report, "withdraw")
	assert take(report, "withdraw", withdrawal_text="I take it back").status == "Withdrawn"


def test_a_case_is_reopened_with_a_reason_that_only_its_desk_can_read(staff):
	report = case_in("Closed", outcome="Founded", closed_at=this_minute())
	assert "no reason" in refusal(take, report, "reopen")
	assert take(report, "reopen", reason="It goes on").status == "Handling"
	assert frappe.db.get_value("SV Report", report.name, "closed_at") is None
	step = frappe.get_doc("SV Step", {"report": report.name, "step": "reopen"})
	assert "It goes on" not in step.reason
	assert step.opened("reason") == "It goes on"
	frappe.set_user("Administrator")
	with pytest.raises(frappe.PermissionError):
		step.opened("reason")


def test_a_step_that_doesnt_fit_says_that_somebody_was_first(staff):
	report = case_in("New")
	take(report, "triage")
	assert "somebody was first" in refusal(take, report, "triage")


def test_nobody_takes_a_step_with_a_case_they_may_not_see_and_learns_nothing(staff):
	report = case_in("New")
	frappe.set_user(make_user(CONFIDENTIAL_ADVISER))
	said = set()
	for name in (report.name, "0123456789"):
		with pytest.raises(frappe.PermissionError) as refused:
			api.take("SV Report", name, "triage")
		said.add(str(refused.value))
		assert api.steps("SV Report", name) == []
	assert len(said) == 1


def test_nobody_takes_the_steps_that_follow_by_themselves(staff):
	report = case_in("Handling")
	with pytest.raises(frappe.PermissionError):
		take(report, "refer")
	assert "refer" not in [step["name"] for step in api.steps("SV Report", report.name)]


def test_the_next_step_comes_first(staff):
	names = [step["name"] for step in api.steps("SV Report", case_in("New").name)]
	assert names == ["acknowledge", "triage", "handle", "withdraw", "hold"]


def test_a_step_changes_nothing_but_what_it_asks_for(staff):
	report = case_in("New")
	api.take("SV Report", report.name, "triage", {"kind": "Signal", "status": "Closed", "handler": "x"})
	stored = frappe.get_doc("SV Report", report.name)
	assert (stored.kind, stored.status, stored.handler) == ("Report", "Triage", None)


def test_the_acknowledgement_that_was_sent_is_a_step_and_an_open_form_can_still_be_saved(staff):
	report = case_in("New")
	form = frappe.get_doc("SV Report", report.name)
	case.acknowledged(report.name)
	assert frappe.db.get_value("SV Report", report.name, "status") == "Acknowledged"
	form.ladder_step = "Police"
	form.save()
	assert frappe.db.get_value("SV Report", report.name, ["status", "ladder_step"]) == (
		"Acknowledged",
		"Police",
	)


def test_what_follows_where_it_doesnt_fit_changes_nothing(staff):
	report = case_in("Closed", outcome="Founded")
	follow("SV Report", report.name, "refer")
	assert frappe.db.get_value("SV Report", report.name, "status") == "Closed"
	assert not frappe.db.exists("SV Step", {"report": report.name})


@pytest.mark.parametrize(
	"values", ["{", "5", "[1]", {"handler": {"api_key": ["like", "a%"]}}, '{"handler": []}']
)
def test_what_was_filled_in_is_plain_and_no_filter(staff, values):
	report = case_in("Triage")
	with pytest.raises(frappe.ValidationError, match="can't be read"):
		api.take("SV Report", report.name, "handle", values)
