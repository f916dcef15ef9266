"""Whole cases as they happen: from first contact to the end, each step by who takes it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from grant_helpers import acting_as
from people import PASSWORD, make_people
from table_world import COMPLETE, agrees_to_follow_up

import frappe
from frappe.utils import add_days, getdate, today

from sv_helpdesk.minutes import approvals
from sv_helpdesk.moments import this_minute
from sv_helpdesk.permissions import seats, sides
from sv_helpdesk.permissions.carrying_out import permitted_context
from sv_helpdesk.permissions.roles import (
	CCP_STAFF,
	CONFIDENTIAL_ADVISER,
	HR_ADVISOR,
	MANAGER,
	TABLE_MEMBER,
)
from sv_helpdesk.reports import rows
from sv_helpdesk.test_utils import make_consent, make_desk, make_party, make_referral, make_report, make_user
from sv_helpdesk.workflows.moving import move, possible


class Desk:
	"""A desk with one colleague, a manager who decides, a member and an HR adviser at its tables."""

	def __init__(self):
		self.staff, self.manager = make_user(CCP_STAFF), make_user(MANAGER)
		self.member, self.hr, self.hr_elsewhere = (
			make_user(role) for role in (TABLE_MEMBER, HR_ADVISOR, HR_ADVISOR)
		)
		self.name = make_desk(self.staff).name

	def new(self, doctype: str, **values):
		"""Return a new document that the desk's colleague makes."""
		with acting_as(self.staff):
			return frappe.get_doc({"doctype": doctype, **values}).insert()

	def case(self, **values) -> str:
		"""Return a case that the desk has taken up."""
		values = {"kind": "Report", "channel": "E-mail", "main_category": "harassment", **values}
		name = self.new("SV Report", desk=self.name, handler=self.staff, **values).name
		for step in ("acknowledge", "triage", "handle"):
			self.take("SV Report", name, step)
		return name

	def table(self, *reports: str, **values) -> str:
		"""Return a table on these cases, where the member and HR have taken their seats."""
		seated = [
			{"user": self.member, "capacity": "Member"},
			{"user": self.hr, "capacity": "HR adviser"},
		]
		values = {"started_from": "Report", "opened_on": add_days(today(), -1), **values}
		table = self.new("SV Decision Table", desk=self.name, members=seated, **values).name
		self.new(
			"SV Table Case",
			decision_table=table,
			subject="Employee",
			kind="Undesirable behaviour",
			reports=[{"report": report} for report in reports],
		)
		for user in (self.member, self.hr):
			with acting_as(user):
				seats.accept_seat(table, keeps_confidential=True)
		return table

	def convene(self, table: str, manager: str | None = None, meeting=None) -> None:
		people = {"manager": manager or self.manager, "coordinator": self.staff}
		meeting = meeting or add_days(this_minute(), -1)
		self.take("SV Decision Table", table, "convene", **people, first_meeting_at=meeting)
		self.take("SV Decision Table", table, "run", advice_status="Binding")

	def minutes(self, table: str, **texts) -> str:
		"""Return approved minutes of a table."""
		texts = {**COMPLETE, "follows_advice": "Follows the advice", **texts}
		for report in sides.reports_of(table):
			agrees_to_follow_up(report)
		meeting = {"decision_table": table, "meeting_at": add_days(this_minute(), -1), "writer": self.staff}
		name = self.new("SV Minutes", **meeting, **texts).name
		self.take("SV Minutes", name, "submit", approver=self.manager)
		for user in (self.manager, self.member, self.hr):
			with acting_as(user):
				approvals.approve(name, "Agreed")
		return name

	def settle(self, table: str, **values) -> None:
		self.take("SV Decision Table", table, "settle", outcome="Agreements with the parties", **values)

	def take(self, doctype: str, name: str, step: str, reason: str = "", by: str | None = None, **values):
		with acting_as(by or self.staff):
			return move(doctype, name, step, values, reason)


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
	make_party(report, "Accused", account=desk.manager)
	assert not frappe.has_permission("SV Decision Table", doc=table, user=desk.manager)
	with pytest.raises(frappe.ValidationError, match="next higher manager"):
		desk.settle(table)


def test_an_anonymous_reporter_is_helped_like_anybody(desk):
	report = desk.case(confidentiality="Anonymous")
	reporter = make_party(report, anonymous=1).name
	adviser = make_user(CONFIDENTIAL_ADVISER)
	advisers = make_desk(adviser, visibility="Handler only").name
	consent = make_consent(report, reporter, to_desk=advisers, recipient="").name
	referral = make_referral(
		frappe.get_doc("SV Report", report),
		target="Confidential adviser",
		target_desk=advisers,
		party=reporter,
		shared="Summary",
		shared_text="She calls back tomorrow",
		consent=consent,
	).name
	desk.take("SV Referral", referral, "offer")
	desk.take("SV Referral", referral, "accept", by=adviser)
	desk.take("SV Referral", referral, "complete", by=adviser, outcome="Helped")
	assert desk.take("SV Report", report, "settle", outcome="No judgement").status == "Settled"


def test_a_table_runs_over_new_year_and_is_counted_in_both_years(desk):
	year = getdate().year
	report = desk.case()
	table = desk.table(report, opened_on=f"{year - 1}-12-10")
	desk.convene(table, meeting=f"{year - 1}-12-18 10:00:00")
	desk.minutes(table)
	desk.settle(table)
	for counted in (year - 1, year):
		assert table in [row.name for row in rows.decision_tables(counted)]
	assert table not in [row.name for row in rows.decision_tables(year + 1)]


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
