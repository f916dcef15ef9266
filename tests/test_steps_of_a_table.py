"""A decision table is convened, meets and is settled by steps; its cases wait for it, its actions go to their end."""

import pytest

import frappe
from frappe.utils import add_days, getdate, now_datetime, today

from sv_helpdesk.moments import this_minute
from sv_helpdesk.permissions import denied_list, seats
from sv_helpdesk.permissions.roles import CCP_STAFF, HR_ADVISOR, MANAGER, TABLE_MEMBER
from sv_helpdesk.reports import flat
from sv_helpdesk.test_utils import (
	make_action,
	make_decision_table,
	make_desk,
	make_minutes,
	make_party,
	make_referral,
	make_report,
	make_table_case,
	make_user,
)
from sv_helpdesk.workflows import api, referral
from sv_helpdesk.workflows.moving import move


class Table:
	"""A table on one case of a desk, with who decides and who convenes it."""

	def __init__(self, status: str = "Decided on", **values):
		self.staff, self.manager = make_user(CCP_STAFF), make_user(MANAGER)
		self.desk = make_desk(self.staff).name
		self.report = make_report(desk=self.desk, status="Handling").name
		values = {"opened_on": add_days(today(), -3), **values}
		self.table = make_decision_table(desk=self.desk, status=status, **values)
		make_table_case(self.table.name, self.report)
		frappe.set_user(self.staff)

	@property
	def case_status(self) -> str:
		return frappe.db.get_value("SV Report", self.report, "status")

	@property
	def convening(self) -> dict:
		first = add_days(this_minute(), -1)
		return {"manager": self.manager, "coordinator": self.staff, "first_meeting_at": first}

	def take(self, step: str, reason: str = "", **values):
		return move("SV Decision Table", self.table.name, step, values, reason)

	def state(self, *people: str) -> None:
		"""Let who decides and who convenes declare to keep confidential what they learn there."""
		for user in people or (self.manager, self.staff):
			frappe.set_user(user)
			seats.state_confidentiality(self.table.name, keeps_confidential=True)
		frappe.set_user(self.staff)

	def run(self) -> "Table":
		self.take("convene", **self.convening)
		self.state()
		self.take("run", advice_status="Advisory")
		return self

	def add(self, make, **values):
		"""Add something as it once was."""
		return as_administrator(make, decision_table=self.table.name, **values)


def as_administrator(action, *args, **values):
	user = frappe.session.user
	frappe.set_user("Administrator")
	try:
		return action(*args, **values)
	finally:
		frappe.set_user(user)


def refusal(action, *args, **values) -> str:
	with pytest.raises(frappe.ValidationError) as refused:
		action(*args, **values)
	return str(refused.value)


@pytest.fixture
def table():
	return Table()


def test_a_table_goes_from_decided_on_to_settled_and_its_case_waits_for_it(table):
	assert table.take("convene", **table.convening).status == "Convened"
	assert table.case_status == "Decision table"
	table.state()
	assert table.take("run", advice_status="Binding").status == "Running"
	table.add(make_minutes, status="Approved", writer=table.staff, approver=table.manager)
	settled = table.take("settle", outcome="Agreements with the parties")
	assert (settled.status, getdate(settled.closed_on)) == ("Settled", getdate())
	assert table.case_status == "Handling"
	kept = frappe.get_all(
		"SV Step", {"decision_table": table.table.name}, pluck="step", order_by="taken_at asc"
	)
	assert kept == ["convene", "run", "settle"]


def test_a_table_starts_from_an_advice_request_that_then_waits_for_it():
	table = Table()
	request = as_administrator(make_report, desk=table.desk, kind="Advice request", status="Triage").name
	asked = as_administrator(
		make_decision_table,
		desk=table.desk,
		opened_on=add_days(today(), -3),
		started_from="Advice request",
		advice_request=request,
	)
	move("SV Decision Table", asked.name, "convene", table.convening)
	assert frappe.db.get_value("SV Report", request, "status") == "Decision table"


@pytest.mark.parametrize("missing", ["manager", "coordinator", "first_meeting_at"])
def test_a_table_is_not_convened_without_who_decides_who_convenes_and_when(table, missing):
	values = {**table.convening, missing: None}
	assert "is empty" in refusal(table.take, "convene", **values)


def test_a_table_on_nothing_is_not_convened(table):
	empty = as_administrator(make_decision_table, desk=table.desk, opened_on=add_days(today(), -3))
	assert "No case" in refusal(move, "SV Decision Table", empty.name, "convene", table.convening)


def test_a_manager_who_is_the_accused_is_refused_and_the_next_higher_one_decides(table):
	as_administrator(make_party, table.report, "Accused", account=table.manager)
	assert denied_list.is_denied(table.report, table.manager)
	assert "next higher manager" in refusal(table.take, "convene", **table.convening)
	higher = as_administrator(make_user, MANAGER)
	assert table.take("convene", **{**table.convening, "manager": higher}).manager == higher


def test_a_manager_who_turns_out_to_be_the_accused_stops_the_table_until_replaced(table):
	table.take("convene", **table.convening)
	as_administrator(make_party, table.report, "Accused", account=table.manager)
	assert "next higher manager" in refusal(table.take, "run", advice_status="Advisory")
	form = frappe.get_doc("SV Decision Table", table.table.name)
	form.manager = as_administrator(make_user, MANAGER)
	form.save()
	table.state(form.manager, table.staff)
	assert table.take("run", advice_status="Advisory").status == "Running"


def test_a_manager_who_was_named_before_and_is_the_accused_convenes_and_settles_nothing(table):
	form = frappe.get_doc("SV Decision Table", table.table.name)
	form.manager = table.manager
	form.save()
	as_administrator(make_party, table.report, "Accused", account=table.manager)
	assert "next higher manager" in refusal(table.take, "convene", **table.convening)
	running = as_administrator(Table)
	frappe.set_user(running.staff)
	running.run()
	running.add(make_minutes, status="Approved", writer=running.staff, approver=running.manager)
	as_administrator(make_party, running.report, "Accused", account=running.manager)
	assert "next higher manager" in refusal(running.take, "settle", outcome="Other")


def test_whether_the_advice_binds_is_agreed_before_the_first_meeting_and_stays(table):
	table.take("convene", **table.convening)
	assert "Status of the advice" in refusal(table.take, "run")
	table.state()
	table.take("run", advice_status="Advisory")
	form = frappe.get_doc("SV Decision Table", table.table.name)
	form.advice_status = "Binding"
	assert "agreed before" in refusal(form.save)


def test_a_table_does_not_run_before_it_met(table):
	tomorrow = add_days(this_minute(), 1)
	table.take("convene", **{**table.convening, "first_meeting_at": tomorrow})
	assert "hasn't been yet" in refusal(table.take, "run", advice_status="Advisory")


def test_a_table_does_not_run_before_who_decides_and_who_convenes_stated_confidentiality(table):
	def missing() -> str:
		return (
			refusal(table.take, "run", advice_status="Advisory").partition("given by ")[2].partition(".")[0]
		)

	table.take("convene", **table.convening)
	assert missing() == "the deciding manager, the coordinator"
	table.state(table.manager)
	assert missing() == "the coordinator"
	table.state(table.staff)
	form = frappe.get_doc("SV Decision Table", table.table.name)
	form.manager = as_administrator(make_user, MANAGER)
	form.save()
	assert missing() == "the deciding manager"
	table.state(form.manager)
	assert table.take("run", advice_status="Advisory").status == "Running"


def test_a_table_is_not_settled_without_approved_minutes(table):
	table.run()
	assert "no minutes" in refusal(table.take, "settle", outcome="Other")
	table.add(make_minutes, status="Submitted")
	assert "aren't approved" in refusal(table.take, "settle", outcome="Other")


def test_a_table_is_not_settled_while_an_action_is_open_and_can_run_over_new_year(table):
	table.run()
	table.add(make_minutes, status="Approved", writer=table.staff, approver=table.manager)
	action = table.add(make_action, action_owner=table.staff, due_on=add_days(today(), 400))
	for step in (None, "begin"):
		if step:
			move("SV Action", action.name, step)
		assert "action is still open" in refusal(table.take, "settle", outcome="Other")
	move("SV Action", action.name, "drop", reason="They left")
	assert "Outcome" in refusal(table.take, "settle")
	assert "isn't still running" in refusal(table.take, "settle", outcome="Still running")
	assert table.take("settle", outcome="Departure").status == "Settled"


def test_a_settled_table_is_reopened_with_a_reason_and_its_case_waits_again(table):
	table.run()
	table.add(make_minutes, status="Approved", writer=table.staff, approver=table.manager)
	table.take("settle", outcome="Other")
	assert "no reason" in refusal(table.take, "reopen")
	reopened = table.take("reopen", "It went on")
	assert (reopened.status, reopened.outcome, reopened.closed_on) == ("Running", None, None)
	assert table.case_status == "Decision table"


def test_a_case_stays_at_the_table_while_another_table_deals_with_it(table):
	table.run()
	other = as_administrator(make_decision_table, desk=table.desk, status="Running")
	as_administrator(make_table_case, other.name, table.report)
	table.add(make_minutes, status="Approved", writer=table.staff, approver=table.manager)
	table.take("settle", outcome="Other")
	assert table.case_status == "Decision table"


def test_a_case_put_on_a_table_that_meets_waits_and_one_taken_off_goes_back(table):
	table.run()
	later = as_administrator(make_report, desk=table.desk, status="Handling").name
	case = table.add(lambda decision_table: make_table_case(decision_table, later))
	assert frappe.db.get_value("SV Report", later, "status") == "Decision table"
	case = frappe.get_doc("SV Table Case", case.name)
	case.set("reports", [{"report": as_administrator(make_report, desk=table.desk).name}])
	case.save()
	assert frappe.db.get_value("SV Report", later, "status") == "Handling"


@pytest.mark.parametrize("written", [make_minutes, make_action])
def test_a_case_that_was_spoken_of_stays_on_the_table_and_hides_it_from_its_accused(table, written):
	accused = as_administrator(make_user)
	desk = frappe.get_doc("SV Desk", table.desk)
	desk.append("members", {"user": accused, "desk_role": "Member"})
	as_administrator(desk.save)
	other = as_administrator(make_report, desk=table.desk, status="Handling").name
	as_administrator(make_party, table.report, "Accused", account=accused)
	document = table.add(written)
	on_table = frappe.get_doc("SV Table Case", {"decision_table": table.table.name})
	on_table.set("reports", [{"report": other}])
	assert "stays on it" in refusal(on_table.save)
	assert not frappe.has_permission(document.doctype, doc=document.name, user=accused)
	on_table.reload()
	on_table.append("reports", {"report": other})
	on_table.save()


def test_the_advice_request_that_was_spoken_of_stays_on_the_table(table):
	asked = [
		as_administrator(make_report, desk=table.desk, kind="Advice request").name for _number in range(2)
	]
	form = frappe.get_doc("SV Decision Table", table.table.name)
	for request in asked:
		form.advice_request = request
		form.save()
	table.add(make_minutes)
	form.advice_request = asked[0]
	assert "stays on it" in refusal(form.save)


def test_a_status_of_a_table_or_an_action_that_no_step_led_to_is_refused(table):
	form = frappe.get_doc("SV Decision Table", table.table.name)
	form.status = "Running"
	assert "steps only" in refusal(form.save)
	action = frappe.get_doc("SV Action", table.add(make_action, action_owner=table.staff).name)
	action.status = "Done"
	assert "steps only" in refusal(action.save)


def test_who_decides_or_sits_takes_no_step_of_the_table(table):
	table.run()
	frappe.set_user(table.manager)
	assert api.steps("SV Decision Table", table.table.name) == []
	with pytest.raises(frappe.PermissionError):
		table.take("settle", outcome="Other")


def test_a_seat_is_accepted_with_the_confidentiality_statement_alone(table):
	member = as_administrator(make_user, TABLE_MEMBER)
	form = frappe.get_doc("SV Decision Table", table.table.name)
	form.append("members", {"user": member, "capacity": "Member"})
	form.save()
	frappe.set_user(member)
	assert "confidentiality statement" in refusal(seats.accept_seat, form.name)
	assert not frappe.db.get_value("SV Table Member", {"user": member}, "accepted_at")
	seats.accept_seat(form.name, keeps_confidential=True)
	row = frappe.db.get_value(
		"SV Table Member", {"user": member}, ["accepted_at", "confidentiality_stated_at"], as_dict=True
	)
	assert row.accepted_at == row.confidentiality_stated_at is not None
	frappe.set_user(table.staff)
	form.reload()
	form.members[0].confidentiality_stated_at = add_days(now_datetime(), -9)
	form.save()
	stated = frappe.db.get_value("SV Table Member", {"user": member}, "confidentiality_stated_at")
	assert stated == row.confidentiality_stated_at


def test_a_seat_isnt_accepted_once_the_table_is_settled(table):
	member = as_administrator(make_user, TABLE_MEMBER)
	form = frappe.get_doc("SV Decision Table", table.table.name)
	form.append("members", {"user": member, "capacity": "Member"})
	form.save()
	frappe.db.set_value("SV Decision Table", form.name, "status", "Settled")
	frappe.set_user(member)
	assert seats.open_invitations() == []
	with pytest.raises(frappe.PermissionError):
		seats.accept_seat(form.name, keeps_confidential=True)


def test_hr_that_carries_out_an_action_finishes_it_with_evidence(table):
	hr = as_administrator(make_user, HR_ADVISOR)
	action = table.add(make_action, action_owner=hr).name
	frappe.set_user(hr)
	assert [step["name"] for step in api.steps("SV Action", action)] == ["begin", "finish", "drop"]
	move("SV Action", action, "begin", {"progress": 30})
	assert "Evidence" in refusal(move, "SV Action", action, "finish")
	done = move("SV Action", action, "finish", {"evidence": "The letter was sent"})
	assert (done.status, done.progress) == ("Done", 100)
	assert frappe.get_doc("SV Action", action).opened("evidence") == "The letter was sent"
	assert api.steps("SV Action", action) == []


def test_an_action_is_dropped_with_a_reason_and_by_nobody_else_than_its_owner_or_the_desk(table):
	owner, other = (as_administrator(make_user, HR_ADVISOR) for _ in range(2))
	action = table.add(make_action, action_owner=owner).name
	frappe.set_user(other)
	with pytest.raises(frappe.PermissionError):
		move("SV Action", action, "drop", reason="I don't want it")
	frappe.set_user(table.staff)
	assert "no reason" in refusal(move, "SV Action", action, "drop")
	assert move("SV Action", action, "drop", reason="They left").status == "Dropped"


def test_an_action_is_taken_up_again_by_the_desk_unless_its_table_is_settled(table):
	action = table.add(make_action, action_owner=table.staff, status="Done").name
	resumed = move("SV Action", action, "resume", reason="It wasn't enough")
	assert (resumed.status, resumed.progress or 0) == ("In progress", 0)
	finished = table.add(make_action, action_owner=table.staff, status="Done").name
	frappe.db.set_value("SV Decision Table", table.table.name, "status", "Settled")
	assert "Reopen or take up" in refusal(move, "SV Action", finished, "resume", reason="Again")


def figures_now() -> dict:
	return flat.figures(getdate().year)["decision_tables"]


@pytest.mark.parametrize("after", [(), ("convene",), ("convene", "run")])
def test_a_table_that_is_not_needed_is_called_off_with_a_reason_and_its_case_goes_back(table, after):
	asked = {"convene": table.convening, "run": {"advice_status": "Advisory"}}
	for step in after:
		table.take(step, **asked[step])
		if step == "convene":
			table.state()
	assert "no reason" in refusal(table.take, "call_off")
	off = table.take("call_off", "They found a solution themselves")
	assert (off.status, getdate(off.closed_on)) == ("Called off", getdate())
	assert table.case_status == "Handling"
	reason = frappe.get_doc("SV Step", {"decision_table": table.table.name, "step": "call_off"})
	assert reason.opened("reason") == "They found a solution themselves"


def test_a_table_that_was_called_off_is_counted_neither_as_held_nor_as_what_an_advice_led_to():
	before = flat.figures(getdate().year)
	table = Table()
	request = as_administrator(make_report, desk=table.desk, kind="Advice request", status="Handling").name
	frappe.db.set_value("SV Decision Table", table.table.name, "advice_request", request)
	assert figures_now()["total"] == before["decision_tables"]["total"] + 1
	table.take("call_off", "Not needed")
	assert figures_now() == before["decision_tables"]
	led_to = "led_to_decision_table"
	assert flat.figures(getdate().year)["advice_requests"][led_to] == before["advice_requests"][led_to]


def test_a_table_with_an_open_action_is_not_called_off(table):
	table.run()
	action = table.add(make_action, action_owner=table.staff)
	assert "action is still open" in refusal(table.take, "call_off", "Not needed")
	move("SV Action", action.name, "drop", reason="Not needed")
	table.take("call_off", "Not needed")
	assert "has ended" in refusal(move, "SV Action", action.name, "resume", reason="Again")


@pytest.mark.parametrize("status", ["Submitted", "Approved"])
def test_a_table_that_agreed_on_something_is_settled_and_not_called_off(table, status):
	table.run()
	table.add(make_minutes, status=status, writer=table.staff, approver=table.manager)
	assert "Settle the table" in refusal(table.take, "call_off", "Not needed")


def test_a_table_that_was_called_off_takes_no_case_and_no_member_until_it_is_taken_up_again(table):
	member = as_administrator(make_user, TABLE_MEMBER)
	form = frappe.get_doc("SV Decision Table", table.table.name)
	form.append("members", {"user": member, "capacity": "Member"})
	form.save()
	table.take("call_off", "Not needed")
	later = as_administrator(make_report, desk=table.desk, status="Handling").name
	assert "was called off" in refusal(make_table_case, table.table.name, later)
	frappe.set_user(member)
	assert seats.open_invitations() == []
	frappe.set_user(table.staff)
	again = table.take("resume", "It went on after all")
	assert (again.status, again.closed_on) == ("Decided on", None)
	assert table.take("convene", **table.convening).status == "Convened"
	frappe.set_user(member)
	assert len(seats.open_invitations()) == 1


def test_a_case_that_leaves_a_table_while_somebody_has_it_by_a_hand_over_is_referred_again(table):
	table.take("convene", **table.convening)
	handed_over = as_administrator(make_referral, frappe.get_doc("SV Report", table.report))
	frappe.db.set_value("SV Referral", handed_over.name, "status", "Accepted")
	table.take("call_off", "Not needed")
	assert table.case_status == "Referred"


def test_a_hand_over_that_is_answered_takes_no_case_from_its_table(table):
	table.take("convene", **table.convening)
	handed_over = as_administrator(make_referral, frappe.get_doc("SV Report", table.report))
	for status in ("Offered", "Declined"):
		frappe.db.set_value("SV Referral", handed_over.name, "status", status)
		referral.case_goes_along(frappe.get_doc("SV Referral", handed_over.name))
		assert table.case_status == "Decision table"


@pytest.mark.parametrize("over", [("SV Decision Table", "Settled"), ("SV Report", "Closed")])
def test_nothing_is_agreed_on_at_a_settled_table_or_in_a_closed_case(table, over):
	doctype, status = over
	place = {"SV Decision Table": ("decision_table", table.table.name), "SV Report": ("report", table.report)}
	fieldname, name = place[doctype]
	frappe.db.set_value(doctype, name, "status", status)
	action = {"doctype": "SV Action", fieldname: name, "action_owner": table.staff, "due_on": today()}
	with pytest.raises(frappe.ValidationError, match="Reopen"):
		frappe.get_doc(action).insert()
