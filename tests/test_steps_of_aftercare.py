"""After a case everybody is looked after: plans, contacts, what came up in them, and how it ends."""

import pytest

import frappe
from frappe.utils import add_days, getdate

from sv_helpdesk.moments import this_minute
from sv_helpdesk.permissions.roles import CCP_STAFF, CONFIDENTIAL_ADVISER, HR_ADVISOR
from sv_helpdesk.test_utils import make_action, make_desk, make_party, make_report, make_unit, make_user
from sv_helpdesk.workflows import agenda, api
from sv_helpdesk.workflows.aftercare_plans import schedule
from sv_helpdesk.workflows.moving import move

ENOUGH = {"outcome": "Founded", "settlement_text": "Agreed"}


class Aftercare:
	"""A case in handling at a desk, with a reporter, an accused and a witness; its handler is logged in."""

	def __init__(self, **values):
		frappe.set_user("Administrator")
		self.handler, self.hr = make_user(CCP_STAFF), make_user(HR_ADVISOR)
		self.desk = make_desk(self.handler)
		values = {"status": "Handling", "main_category": "bullying", "unit": make_unit().name, **values}
		self.case = make_report(desk=self.desk.name, handler=self.handler, **values)
		self.people = {
			role: make_party(self.case.name, role).name for role in ("Reporter", "Accused", "Witness")
		}
		frappe.set_user(self.handler)

	def settle(self, **values):
		move("SV Report", self.case.name, "settle", {**ENOUGH, **values})
		return self

	def plan(self, meant_for: str = "Reporter"):
		return frappe.get_doc("SV Aftercare", {"report": self.case.name, "meant_for": meant_for})

	def take(self, step: str, meant_for: str = "Reporter", reason: str = "", **values):
		return move("SV Aftercare", self.plan(meant_for).name, step, values, reason)

	def begin(self, meant_for: str = "Reporter", **values):
		return self.take("begin", meant_for, **values)

	def contacts(self, meant_for: str = "Reporter") -> list:
		return contacts_of(self.plan(meant_for).name)

	def hold(self, meant_for: str = "Reporter", **values):
		planned = next(row.name for row in self.contacts(meant_for) if row.status == "Planned")
		return move("SV Aftercare Contact", planned, "hold", {"how_it_goes": "Well", **values})

	def drop_contacts(self, meant_for: str = "Reporter"):
		for row in self.contacts(meant_for):
			if row.status == "Planned":
				move("SV Aftercare Contact", row.name, "drop", reason="Not wanted")

	def decide_measures(self, meant_for: str = "Reporter"):
		plan = self.plan(meant_for)
		for row in plan.measures:
			row.state = "Done"
		plan.save()

	def status(self) -> str:
		return frappe.db.get_value("SV Report", self.case.name, "status")


@pytest.fixture
def aftercare():
	return Aftercare()


def contacts_of(plan: str) -> list:
	return frappe.get_all(
		"SV Aftercare Contact",
		{"aftercare": plan},
		["name", "planned_on", "status", "held_by"],
		order_by="planned_on asc",
	)


def plans_of(case: str) -> list:
	return frappe.get_all(
		"SV Aftercare",
		{"report": case},
		["name", "meant_for", "party", "unit", "responsible", "unfounded_path", "informed"],
		order_by="creation asc",
	)


def refusal(action, *args, **values) -> str:
	with pytest.raises(frappe.ValidationError) as refused:
		action(*args, **values)
	return str(refused.value)


def measures(plan) -> set[str]:
	return {row.measure for row in plan.measures}


def test_a_settled_case_gets_a_plan_for_each_party_and_the_team(aftercare):
	aftercare.settle()
	plans = {row.meant_for: row for row in plans_of(aftercare.case.name)}
	assert set(plans) == {"Reporter", "Accused", "Witness", "Team"}
	assert {role: plans[role].party for role in aftercare.people} == aftercare.people
	assert plans["Team"].unit == aftercare.case.unit
	assert aftercare.status() == "Settled"


def test_contacts_are_planned_after_two_and_six_weeks_and_three_and_six_months(aftercare):
	aftercare.settle()
	for meant_for in ("Reporter", "Accused", "Witness", "Team"):
		assert [row.planned_on for row in aftercare.contacts(meant_for)] == schedule(getdate())
	assert [str(day) for day in schedule(getdate("2026-03-02"))] == [
		"2026-03-16",
		"2026-04-13",
		"2026-06-02",
		"2026-09-02",
	]


def test_the_institution_chooses_when_contacts_are_held(aftercare):
	for fieldname, numbers in (("aftercare_weeks", "1"), ("aftercare_months", "1, 12")):
		frappe.db.set_single_value("SV Settings", fieldname, numbers)
	assert [str(day) for day in schedule(getdate("2026-03-02"))] == ["2026-03-09", "2026-04-02", "2027-03-02"]
	aftercare.settle()
	assert [row.planned_on for row in aftercare.contacts()] == schedule(getdate())


def test_two_contacts_on_one_day_are_one(aftercare):
	# four weeks after the first of February is the first of March
	for fieldname, numbers in (("aftercare_weeks", "4"), ("aftercare_months", "1")):
		frappe.db.set_single_value("SV Settings", fieldname, numbers)
	assert [str(day) for day in schedule(getdate("2027-02-01"))] == ["2027-03-01"]


def test_a_contact_in_a_weekend_moves_to_monday():
	# three months after it is a Sunday, six months after it is a Saturday
	assert [day.weekday() for day in schedule(getdate("2026-02-28"))[:2]] == [0, 0]
	assert str(schedule(getdate("2026-02-23"))[3]) == "2026-08-24"


def test_the_handler_keeps_contact_with_the_reporter_and_never_with_the_accused(aftercare):
	aftercare.settle()
	assert aftercare.plan("Reporter").responsible == aftercare.handler
	assert not aftercare.plan("Accused").responsible
	said = refusal(aftercare.begin, "Accused", responsible=aftercare.handler, informed=1)
	assert "can't be chosen" in said
	aftercare.begin("Accused", responsible=aftercare.hr, informed=1)
	assert {row.held_by for row in aftercare.contacts("Accused")} == {aftercare.hr}
	contact = frappe.get_doc("SV Aftercare Contact", aftercare.contacts("Accused")[0].name)
	contact.held_by = aftercare.handler
	assert "can't be chosen" in refusal(contact.save)


def test_nobody_learns_of_a_case_through_aftercare(aftercare):
	aftercare.settle()
	said = refusal(aftercare.begin, "Accused", responsible=aftercare.hr)
	assert "doesn't know of the case" in said


def test_an_advice_request_has_no_aftercare():
	aftercare = Aftercare(
		kind="Advice request", asked_by="Manager", advice_topic="Sexual harassment", unit=None
	).settle(outcome=None)
	assert not plans_of(aftercare.case.name)


def test_of_a_case_that_was_only_registered_nobody_but_the_reporter_gets_a_plan():
	aftercare = Aftercare(only_if_repeated=1).settle(outcome="No judgement")
	assert [row.meant_for for row in plans_of(aftercare.case.name)] == ["Reporter"]


def test_measures_of_the_catalogue_are_proposed(aftercare):
	aftercare.settle()
	assert "after_reporter_help" in measures(aftercare.plan())
	assert "after_accused_guidance" in measures(aftercare.plan("Accused"))
	assert {"after_team_check", "after_manager_contact"} <= measures(aftercare.plan("Team"))
	assert not any(code.startswith("unfounded") for code in measures(aftercare.plan("Accused")))


def test_a_plan_made_before_the_settlement_begins_with_care_at_once_and_goes_on(aftercare):
	early = frappe.get_doc(
		{
			"doctype": "SV Aftercare",
			"report": aftercare.case.name,
			"meant_for": "Reporter",
			"party": aftercare.people["Reporter"],
			"responsible": aftercare.handler,
		}
	).insert()
	assert "care_reporter_safe_place" in measures(early)
	aftercare.begin()
	assert aftercare.status() == "Handling"
	aftercare.settle()
	assert [row.name for row in plans_of(aftercare.case.name) if row.meant_for == "Reporter"] == [early.name]
	assert {"care_reporter_safe_place", "after_reporter_help"} <= measures(aftercare.plan())
	assert len(aftercare.contacts()) == 4
	# it runs already, so the case is in aftercare at once
	assert aftercare.status() == "Aftercare"


def test_aftercare_goes_from_planned_to_closed_and_the_case_along(aftercare):
	aftercare.settle()
	aftercare.begin()
	assert aftercare.status() == "Aftercare"
	held = aftercare.hold(needs="Nothing")
	assert (held.status, held.opened("how_it_goes")) == ("Held", "Well")
	aftercare.drop_contacts()
	aftercare.decide_measures()
	aftercare.take("evaluate", evaluation="It helped", learning_conversation="Wanted")
	assert "learning conversation is wanted" in refusal(aftercare.take, "close")
	learned = aftercare.take("learn", learned="Answer sooner")
	assert (learned.learning_conversation, learned.opened("learned")) == ("Held", "Answer sooner")
	assert str(learned.learned_on) == str(getdate())
	assert aftercare.take("close").status == "Closed"
	assert "aftercare plan is still open" in refusal(move, "SV Report", aftercare.case.name, "close")
	for meant_for in ("Accused", "Witness", "Team"):
		aftercare.take("drop", meant_for, reason="They don't want it")
	assert move("SV Report", aftercare.case.name, "close").status == "Closed"


def test_who_handles_the_case_hears_when_all_aftercare_has_ended(aftercare):
	aftercare.settle()
	for meant_for in ("Reporter", "Accused", "Witness", "Team"):
		assert not told(aftercare.handler, "ended")
		aftercare.take("drop", meant_for, reason="They don't want it")
	assert len(told(aftercare.handler, "ended")) == 1


def told(user: str, words: str) -> list[str]:
	rows = frappe.get_all("Notification Log", {"for_user": user}, pluck="subject", order_by="creation asc")
	return [row for row in rows if words in row]


def test_a_plan_that_isnt_needed_ends_with_a_reason_and_nobody_is_contacted(aftercare):
	aftercare.settle()
	assert "no reason" in refusal(aftercare.take, "drop")
	aftercare.take("drop", reason="They don't want it")
	assert {row.status for row in aftercare.contacts()} == {"Not held"}


def test_aftercare_isnt_evaluated_before_it_is_over(aftercare):
	aftercare.settle().begin()
	ending = {"evaluation": "It helped", "learning_conversation": "Not wanted"}
	assert "still planned" in refusal(aftercare.take, "evaluate", **ending)
	aftercare.drop_contacts()
	assert "what became of them" in refusal(aftercare.take, "evaluate", **ending)
	aftercare.decide_measures()
	frappe.set_user("Administrator")
	action = make_action(aftercare=aftercare.plan().name)
	frappe.set_user(aftercare.handler)
	assert "action is still open" in refusal(aftercare.take, "evaluate", **ending)
	frappe.db.set_value("SV Action", action.name, "status", "Dropped")
	assert "Evaluation" in refusal(aftercare.take, "evaluate", learning_conversation="Not wanted")
	assert aftercare.take("evaluate", **ending).status == "Evaluated"


def test_a_contact_is_held_within_a_running_plan_and_says_how_it_goes(aftercare):
	aftercare.settle()
	assert "isn't running" in refusal(aftercare.hold)
	aftercare.begin()
	assert "How it goes" in refusal(aftercare.hold, how_it_goes="")


def test_a_contact_is_put_off_and_not_back(aftercare):
	aftercare.settle()
	first = aftercare.contacts()[0].name
	later = add_days(getdate(), 30)
	assert move("SV Aftercare Contact", first, "put_off", {"planned_on": later}).status == "Planned"
	assert frappe.db.get_value("SV Aftercare Contact", first, "planned_on") == later
	said = refusal(move, "SV Aftercare Contact", first, "put_off", {"planned_on": add_days(getdate(), -1)})
	assert "is past" in said


def test_disadvantage_waits_for_the_desk_which_hears_of_it_and_deals_with_it(aftercare):
	aftercare.settle().begin()
	contact = aftercare.hold(disadvantage=1)
	assert frappe.db.get_value("SV Aftercare Contact", contact.name, "status") == "Raised"
	waiting = [row["name"] for row in agenda.mine()["for_me"]]
	assert waiting[0] == contact.name and aftercare.contacts()[1].name in waiting
	assert told(aftercare.handler, "came up") == ["Something came up in an aftercare contact."]
	aftercare.drop_contacts()
	aftercare.decide_measures()
	ending = {"evaluation": "It helped", "learning_conversation": "Not wanted"}
	assert "nothing has been done" in refusal(aftercare.take, "evaluate", **ending)
	assert "nothing has been done" in refusal(aftercare.take, "drop", reason="Enough")
	move("SV Aftercare Contact", contact.name, "settle", reason="Talked to the manager")
	assert aftercare.take("evaluate", **ending).status == "Evaluated"


def test_repetition_reopens_the_case_and_a_second_settlement_goes_on_with_the_plans(aftercare):
	aftercare.settle().begin()
	contact = aftercare.hold(repetition=1)
	move("SV Aftercare Contact", contact.name, "reopen")
	assert aftercare.status() == "Handling"
	assert not frappe.db.get_value("SV Report", aftercare.case.name, "settled_at")
	assert frappe.db.get_value("SV Aftercare Contact", contact.name, "status") == "Followed up"
	before = len(plans_of(aftercare.case.name))
	aftercare.settle()
	assert (len(plans_of(aftercare.case.name)), aftercare.status()) == (before, "Aftercare")


def test_what_was_proposed_for_another_outcome_falls_away_when_a_case_is_settled_again(aftercare):
	aftercare.settle()
	plan = aftercare.plan("Accused")
	agreed = next(row for row in plan.measures if row.measure == "after_accused_guidance")
	agreed.state = "Agreed"
	plan.save()
	move("SV Report", aftercare.case.name, "reopen", reason="Somebody else was heard")
	aftercare.settle(outcome="Unfounded", settlement_text="Both were heard")
	now = measures(aftercare.plan("Accused"))
	assert "after_accused_plan" not in now and {"unfounded_file_letter", "after_accused_return"} <= now
	# what was agreed is for people to decide
	assert "after_accused_guidance" in now


def test_an_evaluated_plan_of_a_case_settled_again_isnt_closed_with_contacts_to_come(aftercare):
	aftercare.settle().begin()
	aftercare.drop_contacts()
	aftercare.decide_measures()
	aftercare.take("evaluate", evaluation="It helped", learning_conversation="Not wanted")
	move("SV Report", aftercare.case.name, "reopen", reason="It happened again")
	aftercare.settle(outcome="Unfounded", settlement_text="Both were heard")
	assert "still planned" in refusal(aftercare.take, "close")
	aftercare.drop_contacts()
	assert "what became of them" in refusal(aftercare.take, "close")
	aftercare.take("resume", reason="It happened again")
	assert aftercare.plan().status == "Running"


def test_who_handles_the_case_is_reminded_of_plans_to_begin_and_to_close(aftercare):
	aftercare.settle()

	def waiting() -> dict[str, str]:
		return {
			row["name"]: row["status"] for row in agenda.mine()["for_me"] if row["doctype"] == "SV Aftercare"
		}

	assert waiting() == {row.name: "Planned" for row in plans_of(aftercare.case.name)}
	plan = aftercare.begin().name
	assert plan not in waiting()
	aftercare.drop_contacts()
	aftercare.decide_measures()
	aftercare.take("evaluate", evaluation="It helped", learning_conversation="Not wanted")
	assert waiting()[plan] == "Evaluated"
	aftercare.take("close")
	assert plan not in waiting()


def test_repetition_is_linked_to_a_case_of_its_own(aftercare):
	aftercare.settle().begin()
	contact = aftercare.hold(repetition=1)
	assert "No case is registered" in refusal(move, "SV Aftercare Contact", contact.name, "link")
	new = {"doctype": "SV Report", "kind": "Report", "channel": "In person", "received_at": this_minute()}
	frappe.get_doc({**new, "desk": aftercare.desk.name, "repeats": aftercare.case.name}).insert()
	assert move("SV Aftercare Contact", contact.name, "link").status == "Followed up"
	assert aftercare.status() == "Aftercare"


def test_a_case_repeats_another_one_that_its_registrar_may_see(aftercare):
	elsewhere = Aftercare().case.name
	frappe.set_user(aftercare.handler)
	for name in (elsewhere, aftercare.case.name):
		case = frappe.get_doc("SV Report", aftercare.case.name)
		case.repeats = name
		assert "another one that you work on" in refusal(case.save)


def test_hr_holds_the_contact_that_is_theirs_and_nothing_else(aftercare):
	aftercare.settle()
	aftercare.begin("Accused", responsible=aftercare.hr, informed=1)
	mine = aftercare.contacts("Accused")[0].name
	others = aftercare.contacts("Witness")[0].name
	frappe.set_user(aftercare.hr)
	assert [step["name"] for step in api.steps("SV Aftercare Contact", mine)] == ["hold", "put_off", "drop"]
	held = move("SV Aftercare Contact", mine, "hold", {"how_it_goes": "Well", "repetition": 1})
	assert held.opened("how_it_goes") == "Well"
	for name, step in ((others, "hold"), (mine, "reopen"), (mine, "settle")):
		with pytest.raises(frappe.PermissionError):
			move("SV Aftercare Contact", name, step, {"how_it_goes": "Well"}, "Why")
	assert not api.steps("SV Aftercare", aftercare.plan("Accused").name)


def test_what_came_up_isnt_changed_afterwards(aftercare):
	aftercare.settle().begin()
	contact = frappe.get_doc("SV Aftercare Contact", aftercare.hold().name)
	contact.repetition = 1
	assert "Plan another contact" in refusal(contact.save)


def test_a_status_that_no_step_led_to_is_refused(aftercare):
	aftercare.settle()
	for doc in (aftercare.plan(), frappe.get_doc("SV Aftercare Contact", aftercare.contacts()[0].name)):
		doc.status = "Held" if doc.doctype == "SV Aftercare Contact" else "Closed"
		assert "steps only" in refusal(doc.save)


def test_an_unfounded_report_is_documented_and_has_its_own_measures(aftercare):
	said = refusal(aftercare.settle, outcome="Unfounded", settlement_text=None)
	assert "is documented" in said
	aftercare.settle(outcome="Unfounded", settlement_text="Both were heard")
	assert {row.unfounded_path for row in plans_of(aftercare.case.name)} == {1}
	accused = measures(aftercare.plan("Accused"))
	assert {"unfounded_file_letter", "unfounded_aftercare_accused", "unfounded_no_career_effect"} <= accused
	assert "after_accused_plan" not in accused
	assert {"unfounded_protect_reporter", "unfounded_aftercare_reporter"} <= measures(aftercare.plan())
	assert {"unfounded_matter_closed", "unfounded_document"} <= measures(aftercare.plan("Team"))


def test_who_reported_in_bad_faith_isnt_protected_any_more():
	aftercare = Aftercare(outcome="Unfounded", bad_faith_established=1)
	aftercare.settle(outcome="Unfounded", settlement_text="Both were heard")
	assert "unfounded_protect_reporter" not in measures(aftercare.plan())
	assert "unfounded_aftercare_reporter" in measures(aftercare.plan())


def test_ended_aftercare_is_resumed_with_a_reason_unless_the_case_is_closed(aftercare):
	aftercare.settle()
	aftercare.take("drop", reason="They don't want it")
	assert "no reason" in refusal(aftercare.take, "resume")
	assert aftercare.take("resume", reason="They do").status == "Running"
	assert not aftercare.plan().closed_on
	aftercare.take("drop", reason="They don't want it")
	for meant_for in ("Accused", "Witness", "Team"):
		aftercare.take("drop", meant_for, reason="They don't want it")
	move("SV Report", aftercare.case.name, "close")
	assert "case is closed" in refusal(aftercare.take, "resume", reason="They do")


def test_a_measure_that_is_done_has_its_day(aftercare):
	aftercare.settle()
	aftercare.decide_measures()
	assert {row.done_on for row in aftercare.plan().measures} == {getdate()}
	plan = aftercare.plan()
	plan.measures[0].done_on = add_days(getdate(), 1)
	assert "in the future" in refusal(plan.save)


def test_nobody_is_punished_for_a_report_unless_bad_faith_is_established(aftercare):
	sanction = {"report": aftercare.case.name, "measure": "sanction_light_talk", "action_owner": aftercare.hr}
	for role in ("Reporter", "Witness"):
		said = refusal(make_action, concerns=aftercare.people[role], **sanction)
		assert "no reason for a sanction" in said
	make_action(concerns=aftercare.people["Accused"], **sanction)
	make_action(concerns=aftercare.people["Reporter"], **{**sanction, "measure": "after_reporter_help"})
	aftercare.settle(outcome="Unfounded", settlement_text="Both were heard")
	frappe.db.set_value("SV Report", aftercare.case.name, "bad_faith_established", 1)
	make_action(concerns=aftercare.people["Reporter"], **sanction)
	assert "no reason" in refusal(make_action, concerns=aftercare.people["Witness"], **sanction)


def test_an_adviser_settles_a_case_of_their_own_and_gets_its_plans(aftercare):
	frappe.set_user("Administrator")
	adviser = make_user(CONFIDENTIAL_ADVISER)
	desk = make_desk(adviser, visibility="Handler only").name
	case = make_report(desk=desk, handler=adviser, status="Handling", main_category="bullying").name
	make_party(case)
	frappe.set_user(adviser)
	move("SV Report", case, "settle", {**ENOUGH})
	plan = plans_of(case)[0]
	assert (plan.meant_for, plan.responsible, len(contacts_of(plan.name))) == ("Reporter", adviser, 4)
	frappe.set_user(aftercare.handler)
	assert not api.steps("SV Aftercare", plan.name)


def test_a_plan_stays_meant_for_whom_it_was_made(aftercare):
	aftercare.settle()
	plan = aftercare.plan("Witness")
	plan.meant_for = "Accused"
	with pytest.raises(frappe.ValidationError):
		plan.save()


def test_an_unfounded_report_runs_to_its_end_with_care_for_both(aftercare):
	aftercare.settle(outcome="Unfounded", settlement_text="Both were heard")
	for meant_for in ("Witness", "Team"):
		aftercare.take("drop", meant_for, reason="They don't know of it")
	for meant_for, responsible in (("Reporter", aftercare.handler), ("Accused", aftercare.hr)):
		aftercare.begin(meant_for, responsible=responsible, informed=1)
		aftercare.hold(meant_for)
		aftercare.drop_contacts(meant_for)
		aftercare.decide_measures(meant_for)
		aftercare.take("evaluate", meant_for, evaluation="It helped", learning_conversation="Not wanted")
		aftercare.take("close", meant_for)
	restored = {row.measure for row in aftercare.plan("Accused").measures if row.state == "Done"}
	assert {"unfounded_file_letter", "unfounded_outcome_told"} <= restored
	assert move("SV Report", aftercare.case.name, "close").status == "Closed"
	assert frappe.db.get_value("SV Report", aftercare.case.name, "outcome") == "Unfounded"
