"""Minutes are handed in complete, approved by everybody at the table or after the term, and locked from then on."""

import pytest
from table_world import COMPLETE, SeatedTable, agrees_to_follow_up, form, refusal, text
from time_machine import travel

import frappe
from frappe.utils import add_days, getdate, now_datetime, today

from sv_helpdesk.minutes import approvals, contributions, versions
from sv_helpdesk.social_safety.doctype.sv_consent import sv_consent
from sv_helpdesk.test_utils import make_party
from sv_helpdesk.workflows.moving import move


@pytest.fixture
def table():
	return SeatedTable()


def submit(table, minutes: str, **values):
	return move("SV Minutes", minutes, "submit", {"approver": table.manager, **values})


def approve(minutes: str, *users: str, remarks: str = "") -> None:
	for user in users:
		frappe.set_user(user)
		approvals.approve(minutes, remarks)


def approved(table) -> str:
	minutes = table.submitted()
	approve(minutes, table.manager, table.member, table.hr)
	return minutes


def status(minutes: str) -> str:
	return frappe.db.get_value("SV Minutes", minutes, "status")


@pytest.mark.parametrize(
	"section",
	[
		"facts",
		"options_weighed",
		"advice",
		"decision",
		"reasons",
		"proportionality",
		"subsidiarity",
		"follows_advice",
	],
)
def test_minutes_that_lack_something_are_not_handed_in(table, section):
	minutes = table.minutes(**{**COMPLETE, section: ""})
	assert "is empty" in refusal(submit, table, minutes)


@pytest.mark.parametrize("side", ["reporter_heard", "accused_heard"])
def test_both_sides_were_heard_or_it_says_why_not(table, side):
	minutes = table.minutes(**{**COMPLETE, side: ""})
	assert "Not both sides" in refusal(submit, table, minutes)
	minutes = table.minutes(**{**COMPLETE, side: "", "not_heard_reason": "They are away"})
	assert submit(table, minutes).status == "Submitted"


def test_nothing_is_decided_without_the_reporters_consent_unless_it_says_why(table):
	consent = frappe.db.get_value("SV Consent", {"report": table.report})
	frappe.db.set_value("SV Consent", consent, "withdrawn_at", now_datetime())
	assert "hasn't consented" in refusal(submit, table, table.minutes(**COMPLETE))
	why = table.minutes(**COMPLETE, not_heard_reason="Others are in danger")
	assert submit(table, why).status == "Submitted"


def test_minutes_that_rest_on_a_withdrawn_consent_go_back_to_their_writer(table):
	why = table.submitted(not_heard_reason="Others are in danger")
	minutes = table.submitted()
	approve(minutes, table.hr)
	frappe.set_user(table.staff)
	consent = frappe.db.get_value("SV Consent", {"report": table.report})
	sv_consent.withdraw(consent, "In writing")
	sent_back = frappe.get_doc("SV Minutes", minutes)
	assert (sent_back.status, sent_back.approve_by, sent_back.submitted_at) == ("Draft", None, None)
	assert "hasn't consented" in refusal(submit, table, minutes)
	assert status(why) == "Submitted"


def test_each_reporter_of_a_case_is_asked_before_something_is_decided(table):
	make_party(table.report)
	minutes = table.minutes(**COMPLETE)
	assert "hasn't consented" in refusal(submit, table, minutes)
	frappe.set_user("Administrator")
	agrees_to_follow_up(table.report)
	frappe.set_user(table.staff)
	submit(table, minutes)


def test_a_deviation_says_at_the_table_by_whom_with_which_authority_and_why(table):
	minutes = table.minutes(**{**COMPLETE, "follows_advice": "Deviates from the advice"})
	assert "which authority" in refusal(submit, table, minutes)
	at_table = form(table.name, table.manager, "SV Decision Table")
	at_table.update({"deviates": 1, "deviated_by": table.manager, "deviation_authority": "Line manager"})
	at_table.deviation_reason = "There is no other way"
	at_table.save()
	frappe.set_user(table.staff)
	assert submit(table, minutes).status == "Submitted"


def test_a_deviation_that_was_handed_in_is_rewritten_only_beside_new_minutes(table):
	at_table = form(table.name, table.manager, "SV Decision Table")
	at_table.update({"deviates": 1, "deviated_by": table.manager, "deviation_authority": "Line manager"})
	at_table.deviation_reason = "There is no other way"
	at_table.save()
	minutes = table.submitted(follows_advice="Deviates from the advice")
	approve(minutes, table.manager, table.member, table.hr)
	for change in ({"deviation_reason": "Rewritten"}, {"deviates": 0}):
		at_table = form(table.name, table.manager, "SV Decision Table")
		at_table.update(change)
		assert "Begin a correction" in refusal(at_table.save)
	form(table.name, table.manager, "SV Decision Table").save()
	versions.correct(minutes)
	at_table = form(table.name, table.manager, "SV Decision Table")
	at_table.update(change)
	at_table.save()


def test_an_advice_without_status_is_not_handed_in(table):
	frappe.db.set_value("SV Decision Table", table.name, "advice_status", None)
	minutes = table.minutes(**COMPLETE)
	assert "whether the advice binds" in refusal(submit, table, minutes)


def test_the_chair_sits_at_the_table_and_is_not_the_writer(table):
	minutes = table.minutes(**COMPLETE)
	for user in (table.staff, table.outsider):
		assert "isn't at this table, or is the writer" in refusal(submit, table, minutes, approver=user)


def test_members_dont_hand_in_and_nobody_writes_in_what_was_handed_in(table):
	minutes = table.minutes(**COMPLETE)
	frappe.set_user(table.member)
	with pytest.raises(frappe.PermissionError):
		submit(table, minutes)
	frappe.set_user(table.staff)
	submit(table, minutes)
	late = form(minutes, table.member)
	late.risks = "Too late"
	with pytest.raises(frappe.PermissionError):
		late.save()


@pytest.mark.parametrize(
	"change", [{"decision": "Something else"}, {"approve_by": add_days(today(), -1)}, {"writer": None}]
)
def test_the_desk_changes_nothing_in_what_was_handed_in_either(table, change):
	minutes = table.submitted()
	approve(minutes, table.hr)
	late = form(minutes, table.staff)
	late.update(change)
	assert "wait for approval" in refusal(late.save)
	form(minutes, table.staff).save()


def test_who_hands_in_gives_no_term_that_is_over(table):
	over = {"approve_by": add_days(today(), -1)}
	assert "is past" in refusal(submit, table, table.minutes(**COMPLETE), **over)
	assert submit(table, table.minutes(**COMPLETE), approve_by=today()).status == "Submitted"


def test_who_turns_out_to_be_the_accused_is_neither_told_nor_asked(table):
	minutes = table.minutes(**COMPLETE)
	frappe.set_user("Administrator")
	make_party(table.report, "Accused", account=table.manager)
	frappe.set_user(table.staff)
	assert "Choose somebody else" in refusal(submit, table, minutes)
	submit(table, minutes, approver=table.member)
	told = frappe.get_all("Notification Log", {"document_name": minutes}, pluck="for_user")
	assert set(told) == {table.member, table.hr}
	approve(minutes, table.member, table.hr)
	assert status(minutes) == "Approved"


def test_who_has_to_approve_is_told_without_a_word_of_it(table):
	minutes = table.submitted()
	told = frappe.get_all("Notification Log", {"document_name": minutes}, ["for_user", "subject"])
	assert {row.for_user for row in told} == {table.manager, table.member, table.hr}
	assert {row.subject for row in told} == {"Something at a decision table waits for you."}


def test_with_the_last_approval_minutes_are_locked_with_a_checksum(table):
	minutes = table.submitted()
	approve(minutes, table.manager, table.member, remarks="Well written")
	assert status(minutes) == "Submitted"
	approve(minutes, table.hr)
	doc = frappe.get_doc("SV Minutes", minutes)
	assert (doc.status, len(doc.checksum)) == ("Approved", 64)
	assert doc.approved_at and approvals.is_intact(doc)
	kept = frappe.get_all("SV Minutes Approval", {"minutes": minutes}, ["name", "member", "how"])
	assert {(row.member, row.how) for row in kept} == {
		(user, "Given") for user in (table.manager, table.member, table.hr)
	}
	remark = frappe.get_doc("SV Minutes Approval", {"minutes": minutes, "member": table.member})
	assert "Well written" not in remark.remarks and remark.opened("remarks") == "Well written"


def test_approved_minutes_are_changed_by_nobody_and_a_change_past_the_app_is_noticed(table):
	minutes = approved(table)
	for user in (table.staff, table.manager, table.member):
		late = form(minutes, user)
		late.facts = "Something else"
		with pytest.raises((frappe.ValidationError, frappe.PermissionError)):
			late.save()
	frappe.db.set_value("SV Minutes", minutes, "writer", table.outsider)
	assert not approvals.is_intact(frappe.get_doc("SV Minutes", minutes))


def test_nobody_approves_twice_for_others_what_they_wrote_or_without_a_seat(table):
	minutes = table.submitted()
	approve(minutes, table.member)
	assert "already" in refusal(approvals.approve, minutes)
	said = set()
	for user, name in ((table.staff, minutes), (table.outsider, minutes), (table.outsider, "0123456789")):
		frappe.set_user(user)
		assert not approvals.standing(name)["can_approve"]
		with pytest.raises(frappe.PermissionError) as refused:
			approvals.approve(name)
		said.add(str(refused.value))
	assert len(said) == 1
	assert status(minutes) == "Submitted"


def test_a_draft_is_not_approved(table):
	minutes = table.minutes(**COMPLETE)
	frappe.set_user(table.member)
	assert "don't wait for approval" in refusal(approvals.approve, minutes)


@pytest.mark.parametrize(
	("handed_in", "approve_by"),
	# with two weekends, with Christmas and New Year, and in a weekend
	[
		("2026-11-24 15:00", "2026-12-08"),
		("2026-12-22 15:00", "2027-01-07"),
		("2026-11-28 12:00", "2026-12-11"),
	],
)
def test_the_term_is_ten_working_days_by_the_calendar_of_the_desk(table, handed_in, approve_by):
	minutes = frappe.get_doc("SV Minutes", table.minutes(**COMPLETE))
	with travel(handed_in, tick=False):
		assert approvals.term(minutes) == getdate(approve_by)


def test_without_a_term_nobody_is_deemed_to_approve(table):
	frappe.db.set_value("SV Term", {"kind": approvals.KIND}, "valid_until", "2020-01-01")
	assert approvals.term(frappe.get_doc("SV Minutes", table.minutes(**COMPLETE))) is None


def test_after_the_term_the_chair_records_what_is_deemed_given(table):
	minutes = table.submitted()
	approve(minutes, table.member)
	frappe.set_user(table.manager)
	assert approvals.standing(minutes) == {"can_approve": True, "can_conclude": False}
	assert "isn't over" in refusal(approvals.conclude, minutes)
	frappe.db.set_value("SV Minutes", minutes, "approve_by", add_days(today(), -1))
	frappe.set_user(table.hr)
	with pytest.raises(frappe.PermissionError):
		approvals.conclude(minutes)
	frappe.set_user(table.manager)
	approvals.conclude(minutes)
	kept = frappe.get_all("SV Minutes Approval", {"minutes": minutes}, ["member", "how", "recorded_by"])
	assert {(row.member, row.how, row.recorded_by) for row in kept} == {
		(table.member, "Given", table.member),
		(table.hr, "Deemed given", table.manager),
		(table.manager, "Deemed given", table.manager),
	}
	assert status(minutes) == "Approved"


def test_minutes_that_went_back_are_approved_anew(table):
	minutes = table.submitted()
	approve(minutes, table.member)
	frappe.set_user(table.hr)
	assert "no reason" in refusal(move, "SV Minutes", minutes, "send_back")
	sent = move("SV Minutes", minutes, "send_back", reason="A fact is wrong")
	assert (sent.status, sent.approve_by) == ("Draft", None)
	frappe.set_user(table.staff)
	submit(table, minutes)
	approve(minutes, table.manager, table.hr)
	assert status(minutes) == "Submitted"
	approve(minutes, table.member)
	assert status(minutes) == "Approved"


def test_a_correction_is_a_new_version_that_names_the_old_and_keeps_who_wrote_what(table):
	old = table.minutes(**COMPLETE)
	written = form(old, table.member)
	written.risks = "Risks as the member saw them"
	written.save()
	frappe.set_user(table.staff)
	submit(table, old)
	approve(old, table.manager, table.member, table.hr)
	frappe.set_user(table.member)
	new = versions.correct(old)
	doc = frappe.get_doc("SV Minutes", new)
	assert (doc.status, doc.version, doc.corrects, doc.checksum) == ("Draft", 2, old, None)
	assert text(new, "risks") == "Risks as the member saw them"
	authors = contributions.authors_of(new)
	assert (authors["Risks"], authors["Facts"]) == (table.member, table.staff)
	assert "newer version" in refusal(versions.correct, old)
	frappe.set_user(table.staff)
	corrected = form(new, table.staff)
	corrected.facts = "What is known, corrected"
	corrected.save()
	submit(table, new)
	approve(new, table.manager, table.member, table.hr)
	assert (status(old), status(new)) == ("Approved", "Approved")
	assert approvals.is_intact(frappe.get_doc("SV Minutes", old))
	assert (text(old, "facts"), text(new, "facts")) == ("What is known", "What is known, corrected")


def test_only_approved_minutes_are_corrected_and_by_who_sits_there(table):
	assert "aren't approved" in refusal(versions.correct, table.minutes())
	minutes = approved(table)
	frappe.set_user(table.outsider)
	with pytest.raises(frappe.PermissionError):
		versions.correct(minutes)


def test_nobody_says_in_a_form_that_minutes_correct_others(table):
	old = approved(table)
	frappe.set_user(table.member)
	made_up = {"doctype": "SV Minutes", "decision_table": table.name, "corrects": old, "version": 9}
	made = frappe.get_doc(made_up).insert()
	assert (made.corrects, made.version) == (None, 1)
