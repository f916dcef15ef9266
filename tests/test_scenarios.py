"""Whole cases as they happen: from first contact to the end, each step by who takes it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from grant_helpers import acting_as
from people import PASSWORD, make_people
from scenario_desk import Desk
from table_world import COMPLETE, agrees_to_follow_up

import frappe
from frappe.utils import add_days, getdate, today

from sv_helpdesk.minutes import approvals, versions
from sv_helpdesk.permissions.carrying_out import permitted_context
from sv_helpdesk.permissions.roles import (
	CCP_STAFF,
	CONFIDENTIAL_ADVISER,
	MANAGER,
)
from sv_helpdesk.reports.counted import totals
from sv_helpdesk.reports.scope import of_year
from sv_helpdesk.social_safety.doctype.sv_consent import sv_consent
from sv_helpdesk.test_utils import make_consent, make_desk, make_party, make_referral, make_report, make_user
from sv_helpdesk.workflows.moving import possible


@pytest.fixture
def desk():
	return Desk()


def status(doctype: str, name: str) -> str:
	return frappe.db.get_value(doctype, name, "status")


def test_two_reporters_of_harassment_and_a_decision_table_with_hr_at_it(desk):
	report = desk.case()
	for name in ("Robin Bakker", "Jo de Wit"):
		make_party(report, person_name=name)
	table = desk.table(report)
	desk.convene(table)
	assert status("SV Report", report) == "Decision table"
	# HR at the table reads the minutes as any member; HR who carries out sees what is theirs
	minutes = desk.minutes(table)
	with acting_as(desk.hr):
		assert frappe.get_doc("SV Minutes", minutes).opened("decision") == COMPLETE["decision"]
		assert not frappe.has_permission("SV Report", doc=report)
	action = desk.new(
		"SV Action",
		decision_table=table,
		action_owner=desk.hr_elsewhere,
		due_on=add_days(today(), 7),
		action_text="Find another room",
	).name
	with acting_as(desk.hr_elsewhere):
		assert not frappe.has_permission("SV Minutes", doc=minutes)
		assert permitted_context("SV Action", action)["number"]
	with pytest.raises(frappe.ValidationError, match="action is still open"):
		desk.settle(table)
	desk.take("SV Action", action, "finish", by=desk.hr_elsewhere, evidence="They moved")
	desk.settle(table)
	assert status("SV Report", report) == "Handling"
	assert desk.take("SV Report", report, "settle", outcome="Founded").status == "Settled"


def test_an_advice_request_becomes_a_table(desk):
	request = desk.case(kind="Advice request", asked_by="Manager", advice_topic="Other")
	table = desk.table(started_from="Advice request", advice_request=request)
	desk.convene(table)
	assert status("SV Report", request) == "Decision table"
	desk.minutes(table)
	desk.settle(table)
	assert desk.take("SV Report", request, "settle").status == "Settled"


def test_a_manager_who_is_the_accused_gets_no_part_and_the_next_higher_one_decides(desk):
	report, higher = desk.case(), make_user(MANAGER)
	make_party(report, "Accused", account=desk.manager)
	table = desk.table(report)
	with pytest.raises(frappe.ValidationError, match="next higher manager"):
		desk.convene(table)
	desk.convene(table, manager=higher)
	assert not frappe.has_permission("SV Decision Table", doc=table, user=desk.manager)
	assert frappe.has_permission("SV Decision Table", doc=table, user=higher)


def test_who_turns_out_to_be_the_accused_half_way_loses_the_table(desk):
	report = desk.case()
	table = desk.table(report)
	desk.convene(table)
	desk.minutes(table)
	make_party(report, "Accused", account=desk.manager)
	assert not frappe.has_permission("SV Decision Table", doc=table, user=desk.manager)
	with pytest.raises(frappe.ValidationError, match="next higher manager"):
		desk.settle(table)


def test_an_anonymous_reporter_is_helped_like_anybody(desk):
	report, adviser = desk.case(confidentiality="Anonymous"), make_user(CONFIDENTIAL_ADVISER)
	referral, _consent = desk.hand_over(report, adviser, anonymous=1)
	desk.take("SV Referral", referral, "accept", by=adviser)
	desk.take("SV Referral", referral, "complete", by=adviser, outcome="Helped")
	assert desk.take("SV Report", report, "settle", outcome="No judgement").status == "Settled"


def test_a_table_runs_over_new_year_and_is_counted_in_both_years(desk):
	year = getdate().year
	before = [totals(of_year(counted))["tables"] for counted in (year - 1, year, year + 1)]
	report = desk.case()
	table = desk.table(report, opened_on=f"{year - 1}-12-10")
	desk.convene(table, meeting=f"{year - 1}-12-18 10:00:00")
	desk.minutes(table)
	desk.settle(table)
	after = [totals(of_year(counted))["tables"] for counted in (year - 1, year, year + 1)]
	assert [now - then for then, now in zip(before, after, strict=True)] == [1, 1, 0]


def test_consent_is_withdrawn_half_way_and_everything_shared_closes_at_once(desk):
	report, adviser = desk.case(), make_user(CONFIDENTIAL_ADVISER)
	referral, consent = desk.hand_over(report, adviser)
	desk.take("SV Referral", referral, "accept", by=adviser)
	agrees = agrees_to_follow_up(report)
	table = desk.table(report)
	desk.convene(table)
	with acting_as(desk.staff):
		for given in (consent, agrees):
			sv_consent.withdraw(given, "Spoken")
	# the adviser reads nothing of it any more; what they wrote themselves stays theirs
	assert not frappe.has_permission("SV Referral", doc=referral, user=adviser)
	own = frappe.db.get_value("SV Report", {"handed_over_from": referral})
	assert frappe.has_permission("SV Report", doc=own, user=adviser)
	desk.take("SV Referral", referral, "complete", outcome="Stopped")
	# nothing is decided about the accused any more without saying why
	minutes = desk.draft(table)
	with pytest.raises(frappe.ValidationError, match="hasn't consented to follow-up"):
		desk.take("SV Minutes", minutes, "submit", approver=desk.manager)
	with acting_as(desk.staff):
		draft = frappe.get_doc("SV Minutes", minutes)
		draft.not_heard_reason = "Somebody's safety is at stake"
		draft.save()
	assert desk.take("SV Minutes", minutes, "submit", approver=desk.manager).status == "Submitted"


def test_a_declined_referral_leaves_nobody_without_support_and_the_next_one_helps(desk):
	report, busy, other = desk.case(), make_user(CONFIDENTIAL_ADVISER), make_user(CONFIDENTIAL_ADVISER)
	referral, _consent = desk.hand_over(report, busy)
	with pytest.raises(frappe.ValidationError, match="waits for an answer"):
		desk.take("SV Report", report, "settle", outcome="Founded")
	with pytest.raises(frappe.ValidationError):
		desk.take("SV Referral", referral, "decline", by=busy)
	desk.take("SV Referral", referral, "decline", by=busy, decline_reason="No room before the summer")
	assert status("SV Report", report) == "Handling"
	assert frappe.db.get_value("SV Report", report, "handler") == desk.staff
	assert not frappe.has_permission("SV Referral", doc=referral, user=other)
	second, _consent = desk.hand_over(report, other)
	assert status("SV Report", report) == "Referred"
	desk.take("SV Referral", second, "accept", by=other)
	desk.take(
		"SV Referral", second, "complete", by=other, outcome="Helped", feedback="She goes on by herself"
	)
	assert desk.take("SV Report", report, "settle", outcome="Founded").status == "Settled"


def test_an_unfounded_report_ends_with_care_for_both_and_nobody_is_punished(desk):
	report = desk.case()
	for role in ("Reporter", "Accused"):
		make_party(report, role)
	with pytest.raises(frappe.ValidationError, match="unfounded report is documented"):
		desk.take("SV Report", report, "settle", outcome="Unfounded")
	desk.take("SV Report", report, "settle", outcome="Unfounded", settlement_text="Both were heard")
	plans = frappe.get_all("SV Aftercare", {"report": report}, ["name", "meant_for", "unfounded_path"])
	assert {"Reporter", "Accused"} <= {plan.meant_for for plan in plans}
	assert all(plan.unfounded_path for plan in plans)
	with pytest.raises(frappe.ValidationError, match="aftercare plan is still open"):
		desk.take("SV Report", report, "close")
	for plan in plans:
		desk.take("SV Aftercare", plan.name, "drop", reason="Nobody wants it")
	assert desk.take("SV Report", report, "close").status == "Closed"


def test_a_correction_to_approved_minutes_is_approved_again_before_the_table_is_settled(desk):
	table = desk.table(desk.case())
	desk.convene(table)
	old = desk.minutes(table)
	with acting_as(desk.member):
		new = versions.correct(old)
	with pytest.raises(frappe.ValidationError, match="aren't approved"):
		desk.settle(table)
	with acting_as(desk.staff):
		corrected = frappe.get_doc("SV Minutes", new)
		corrected.facts = "What is known, corrected"
		corrected.save()
	desk.approve(new)
	desk.settle(table)
	for minutes, facts in ((old, COMPLETE["facts"]), (new, "What is known, corrected")):
		with acting_as(desk.hr):
			stored = frappe.get_doc("SV Minutes", minutes)
			assert (stored.status, stored.opened("facts")) == ("Approved", facts)
			assert approvals.is_intact(stored)


@pytest.mark.commits
def test_two_colleagues_who_accept_one_hand_over_at_the_same_time(web):
	staff, first, second = make_people("accepting", CCP_STAFF, CONFIDENTIAL_ADVISER, CONFIDENTIAL_ADVISER)
	report = make_report(desk=make_desk(staff).name, handler=staff, status="Referred")
	advisers = make_desk(first, second, visibility="Handler only").name
	reporter = make_party(report.name).name
	referral = make_referral(
		report,
		target="Confidential adviser",
		target_desk=advisers,
		party=reporter,
		consent=make_consent(report.name, reporter, to_desk=advisers, recipient="").name,
		status="Offered",
	).name
	frappe.db.commit()
	sessions = [web.login(user, PASSWORD) for user in (first, second)]

	def accept(session):
		return session.post(
			f"{web.base_url}/api/method/sv_helpdesk.workflows.api.take",
			json={"doctype": "SV Referral", "name": referral, "step": "accept"},
		)

	with ThreadPoolExecutor(2) as pool:
		answers = sorted(pool.map(accept, sessions), key=lambda answer: answer.status_code)
	assert [answer.status_code for answer in answers] == [200, 417]
	assert "somebody was first" in answers[1].text
	frappe.db.rollback()
	winner = frappe.db.get_value("SV Referral", referral, "accepted_by")
	assert winner in (first, second)
	assert frappe.get_all("SV Report", {"handed_over_from": referral}, pluck="handler") == [winner]
	assert [step.name for step in possible(frappe.get_doc("SV Referral", referral), winner)] == ["complete"]
