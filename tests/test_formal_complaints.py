"""A formal complaint from the desk to the committee, its decision and an appeal (A&O 6.1.2; CAOP; R4, R7)."""

from datetime import datetime

import pytest
from complaint_world import Complaint
from grant_helpers import acting_as
from people import make_people
from test_clocks import at, clocks, due, history, states
from test_next_step import next_of

import frappe
from frappe.utils import add_days, getdate, now_datetime

from sv_helpdesk.deadlines import sweep
from sv_helpdesk.permissions.roles import CCP_STAFF, CONFIDENTIAL_ADVISER
from sv_helpdesk.reporting import codes, taking
from sv_helpdesk.reports import deadline_figures
from sv_helpdesk.test_utils import (
	make_complaint,
	make_consent,
	make_desk,
	make_party,
	make_report,
)
from sv_helpdesk.workflows.moving import move


@pytest.fixture(scope="module")
def people():
	"""Who works at the desk, two more of the CCP, and an adviser; nobody changes them."""
	return make_people("complaint", CCP_STAFF, CCP_STAFF, CCP_STAFF, CONFIDENTIAL_ADVISER)


@pytest.fixture
def complaint(people):
	return Complaint(people[0])


def refusal(action, *args, **kwargs) -> str:
	with pytest.raises(frappe.ValidationError) as refused:
		action(*args, **kwargs)
	return str(refused.value)


def settle(complaint):
	with acting_as(complaint.staff):
		return move("SV Report", complaint.report, "settle", {"outcome": "Founded"})


def test_a_complaint_goes_from_the_desk_to_its_decision_and_an_appeal(complaint):
	complaint.until("Decided")
	assert complaint.take("appeal", appeal_by="Accused").status == "Appeal lodged"
	over = complaint.take("end_appeal", appeal_outcome="Decision stands", appeal_text="Appeal word")
	assert over.status == "Appeal over"
	assert complaint.take("close").status == "Closed"
	steps = frappe.get_all(
		"SV Step", {"document_name": complaint.name}, pluck="step", order_by="creation asc"
	)
	assert steps == [
		*("hand_over", "admit", "hear", "advise", "decide", "appeal", "end_appeal", "close"),
	]


def test_one_that_is_not_admissible_says_why_and_ends_there(complaint):
	complaint.until("Handed over")
	assert "empty" in refusal(complaint.take, "refuse")
	assert complaint.take("refuse", inadmissible_reason="Too old").status == "Not admissible"
	assert states(complaint.doc()) == {"Advice of the committee": "Cancelled"}
	assert complaint.take("close").status == "Closed"


def test_a_complainant_can_withdraw_it_and_take_it_up_again(complaint):
	complaint.until("Admissible")
	assert "reason" in refusal(complaint.take, "withdraw")
	assert complaint.take("withdraw", "They made it up").closed_on
	again = complaint.take("reopen", "They changed their mind")
	assert (again.status, again.handed_over_on, again.closed_on) == ("Drawn up", None, None)
	complaint.take("hand_over")
	assert states(complaint.doc())["Advice of the committee"] == "Running"


@pytest.mark.parametrize("reached", ["Drawn up", "Handed over"])
@pytest.mark.parametrize(("side", "party_role"), [("complainant", "Reporter"), ("accused", "Accused")])
def test_one_that_was_withdrawn_does_not_become_somebody_elses_who_would_get_its_file(
	complaint, reached, side, party_role
):
	if reached == "Handed over":
		complaint.until(reached)
	complaint.take("withdraw", "They think better of it")
	complaint.take("reopen", "Somebody else complains")
	other = make_party(complaint.report, party_role, person_name="Kim Smit").name
	assert "can't be changed" in refusal(complaint.write, **{side: other})
	frappe.db.set_value("SV Complaint", complaint.name, side, None)
	complaint.write(**{side: other})


def test_only_a_case_of_that_kind_has_one_and_only_one(complaint):
	assert "isn't a formal complaint" in refusal(make_complaint, make_report().name)
	assert "already" in refusal(make_complaint, complaint.report)


def test_it_is_not_anonymous_and_names_the_accused(complaint):
	for fieldname in ("complainant", "accused"):
		named = frappe.db.get_value("SV Party", complaint.doc().get(fieldname), "person_name")
		frappe.db.set_value("SV Party", complaint.doc().get(fieldname), "person_name", None)
		assert "isn't anonymous" in refusal(complaint.hand_over)
		frappe.db.set_value("SV Party", complaint.doc().get(fieldname), "person_name", named)
	complaint.hand_over()


def test_its_sides_are_people_of_the_case_in_their_role(complaint):
	witness = make_party(complaint.report, "Witness").name
	assert "another role" in refusal(complaint.write, complainant=witness)
	stranger = make_party(make_report().name, "Accused").name
	assert "another case" in refusal(complaint.write, accused=stranger)
	other = make_party(complaint.report, person_name="Kim Smit").name
	complaint.write(complainant=other)
	complaint.until("Handed over")
	assert "can't be changed" in refusal(complaint.write, complainant=complaint.complainant)


def test_nothing_is_handed_over_without_the_complaint_in_writing(complaint):
	frappe.db.set_value("SV Complaint Part", {"complaint": complaint.name}, "for_committee", 0)
	assert "no part of the kind Complaint" in refusal(complaint.hand_over)
	lacks = next_of(complaint.staff, "SV Complaint", complaint.name)
	assert lacks["name"] == "hand_over" and "no part" in lacks["next"]["sentences"][0]


def test_it_does_not_go_on_before_the_accused_was_told(complaint):
	complaint.until("Handed over")
	assert "hasn't been told" in refusal(complaint.take, "admit")
	complaint.tell_accused()
	complaint.take("admit")


def test_both_sides_are_heard_or_it_is_said_why_not(complaint):
	complaint.until("Admissible")
	complaint.write(complainant_heard_at=now_datetime())
	assert "Both sides are heard" in refusal(complaint.take, "hear")
	complaint.write(not_heard_reason="The accused didn't come, invited twice")
	assert complaint.take("hear").status == "Heard"


def test_advice_and_decision_stand_in_the_file_and_a_deviation_says_why(complaint):
	complaint.until("Heard")
	assert "kind Advice" in refusal(complaint.take, "advise")
	complaint.advise()
	decided = {"decider": "The secretary", "remedy": "Nothing"}
	assert "kind Decision" in refusal(complaint.take, "decide", **decided)
	complaint.part("Decision")
	assert "Reason for deviating" in refusal(complaint.take, "decide", deviates=1, **decided)
	complaint.take("decide", deviates=1, deviation_reason="New facts", **decided)


def test_its_days_come_one_after_the_other(complaint):
	complaint.until("Advice given")
	yesterday = add_days(getdate(), -1)
	assert "is before" in refusal(complaint.decide, decided_on=yesterday)
	assert "in the future" in refusal(complaint.write, advice_on=add_days(getdate(), 2))


def test_a_case_waits_for_its_complaint(complaint):
	assert "isn't decided on" in refusal(settle, complaint)
	complaint.until("Decided")
	settle(complaint)
	frappe.db.set_value("SV Aftercare", {"report": complaint.report}, "status", "Closed")
	with acting_as(complaint.staff):
		said = refusal(move, "SV Report", complaint.report, "close")
	assert "still runs" in said
	complaint.take("appeal", appeal_by="Both")
	complaint.take("end_appeal", appeal_outcome="Taken back")
	complaint.take("close")
	with acting_as(complaint.staff):
		assert move("SV Report", complaint.report, "close").status == "Closed"


def test_a_case_with_a_running_complaint_is_neither_converted_nor_withdrawn(complaint):
	with acting_as(complaint.staff):
		assert "still runs" in refusal(complaint.case().convert, "Report", "Complaint withdrawn")
		withdrawn = {"withdrawal_text": "No longer"}
		assert "still runs" in refusal(move, "SV Report", complaint.report, "withdraw", withdrawn)
		complaint.take("withdraw", "No longer")
		complaint.case().convert("Report", "Complaint withdrawn")


def test_who_withdraws_on_the_reporting_page_lets_the_desk_do_it_while_the_committee_has_the_complaint(
	complaint,
):
	code = codes.give(complaint.report)
	assert code and not taking.withdraw(frappe._dict(report=complaint.report), "", "an index")
	assert complaint.case().status == "Handling"


def test_nothing_is_handed_over_in_a_case_that_is_closed(complaint):
	frappe.db.set_value("SV Report", complaint.report, "status", "Closed")
	assert "case is closed" in refusal(complaint.hand_over)


def test_somebody_of_another_desk_and_an_adviser_with_the_case_take_no_step(complaint, people):
	_staff, other, _another, adviser = people
	make_desk(other)
	own = make_report(desk=make_desk(adviser).name, handler=adviser, kind="Formal complaint").name
	for user in (other, adviser):
		with acting_as(user), pytest.raises(frappe.PermissionError):
			move("SV Complaint", complaint.name, "hand_over")
		assert not frappe.has_permission("SV Complaint", "read", doc=complaint.name, user=user)
	with acting_as(adviser), pytest.raises(frappe.PermissionError):
		make_complaint(own)


def test_the_accused_sees_nothing_of_it_whatever_role_they_have(complaint, people):
	accused = people[1]
	desk = frappe.get_doc("SV Desk", complaint.desk)
	desk.append("members", {"user": accused, "desk_role": "Member"})
	desk.save()
	doctypes = ("SV Complaint", "SV Complaint Part", "SV Complaint Copy")
	complaint.copy("complainant")
	with acting_as(accused):
		assert [len(frappe.get_list(doctype)) for doctype in doctypes] == [1, 1, 1]
	make_party(complaint.report, "Accused", account=accused)
	with acting_as(accused):
		assert [frappe.get_list(doctype) for doctype in doctypes] == [[], [], []]
		with pytest.raises(frappe.PermissionError):
			move("SV Complaint", complaint.name, "hand_over")


def test_the_terms_count_calendar_days_to_the_end_of_a_working_day_over_both_changes_of_the_clock(complaint):
	complaint.tell_accused()
	with at("2027-02-02 15:00"):
		complaint.hand_over()
		# eight weeks later is the Tuesday after the clock went forward
		assert due(complaint.doc()) == {"Advice of the committee": "2027-03-30 23:59"}
		complaint.take("admit")
	with at("2027-03-29 10:00"):
		complaint.hear()
	with at("2027-03-30 23:00"):
		complaint.advise()
	assert states(complaint.doc()) == {
		"Advice of the committee": "Met",
		"Decision on the complaint": "Running",
	}
	assert clocks(complaint.doc())["Advice of the committee"].breached_at is None
	assert due(complaint.doc())["Decision on the complaint"] == "2027-04-13 23:59"
	with at("2027-09-20 09:00"):
		complaint.decide()
	decision = clocks(complaint.doc())["Decision on the complaint"]
	assert (decision.status, decision.breached_at) == ("Met", datetime(2027, 4, 13, 23, 59, 59))
	# six weeks later is the Monday after the clock went back
	assert due(complaint.doc())["Appeal"] == "2027-11-01 23:59"


def test_a_term_that_ends_on_a_holiday_goes_on_to_the_next_working_day(complaint):
	with at("2027-03-30 09:00"):
		complaint.hand_over()
	assert due(complaint.doc())["Advice of the committee"] == "2027-05-25 23:59"
	with at("2027-04-12 09:00"):
		complaint.write(handed_over_on="2027-03-22")
	# Whit Monday is the seventeenth of May
	assert due(complaint.doc())["Advice of the committee"] == "2027-05-18 23:59"


def test_the_desk_can_choose_other_terms(complaint):
	frappe.db.set_value("SV Term", {"kind": "Advice of the committee"}, {"amount": 70})
	with at("2027-02-02 15:00"):
		complaint.hand_over()
	assert due(complaint.doc())["Advice of the committee"] == "2027-04-13 23:59"


def test_an_appeal_in_time_meets_its_term_and_none_lets_it_lapse_without_anybody_being_late(people):
	with at("2027-02-02 15:00"):
		lodged, silent = Complaint(people[1]), Complaint(people[2])
		for one in (lodged, silent):
			one.until("Decided")
	with at("2027-03-01 12:00"):
		lodged.take("appeal", appeal_by="Complainant")
		assert "isn't over" in refusal(silent.take, "close")
	assert states(lodged.doc())["Appeal"] == "Met"
	with at("2027-03-17 00:01"):
		_sweep()
		appeal = clocks(silent.doc())["Appeal"]
		assert (appeal.status, appeal.breached_at) == ("Lapsed", None)
		assert history(appeal)[-1] == ("Lapsed", "No appeal came")
		assert silent.take("close").status == "Closed"
	first, last = getdate("2027-02-01"), getdate("2027-04-01")
	with acting_as(silent.staff):
		kinds = {row["kind"] for row in deadline_figures.of_own_desks(silent.staff, first, last)}
	assert {"Advice of the committee", "Decision on the complaint"} <= kinds and "Appeal" not in kinds


def _sweep() -> None:
	"""One sweep as the job does it, without its commits."""
	while sweep.answers.batch(now_datetime(), 100):
		pass
	while sweep.batch(now_datetime(), 100):
		pass


def test_where_nothing_is_open_against_a_decision_there_is_no_term_for_it(complaint):
	complaint.until("Advice given")
	complaint.decide(remedy="Nothing")
	assert "Appeal" not in clocks(complaint.doc())
	with pytest.raises(frappe.PermissionError):
		complaint.take("appeal", appeal_by="Accused")
	assert complaint.take("close").status == "Closed"


def test_its_clocks_are_whose_the_case_is(complaint, people):
	complaint.until("Handed over")
	successor = people[1]
	desk = frappe.get_doc("SV Desk", complaint.desk)
	desk.append("members", {"user": successor, "desk_role": "Member"})
	desk.save()
	assert clocks(complaint.doc())["Advice of the committee"].deadline_owner == complaint.staff
	case = complaint.case()
	case.handler = successor
	case.save()
	assert clocks(complaint.doc())["Advice of the committee"].deadline_owner == successor


def test_what_was_told_in_the_case_is_put_in_with_a_consent_for_the_committee_only(complaint, people):
	informal = complaint.informal
	assert "Consent is empty" in refusal(informal, consent=None)
	elsewhere = complaint.consent(recipient="The company doctor")
	assert "for somebody else" in refusal(informal, consent=elsewhere)
	colleague = complaint.consent(recipient="", to_user=people[1])
	assert "for somebody else" in refusal(informal, consent=colleague)
	assert "something else" in refusal(informal, consent=complaint.consent(scope="Summary"))
	other = make_report().name
	of_another_case = make_consent(other, make_party(other).name, scope="Dossier").name
	assert "another case" in refusal(informal, consent=of_another_case)
	assert informal()


def test_or_with_an_exception_that_two_persons_decided(complaint, people):
	ground = {"basis": "Criminal offence", "how_given": "", "ground": "An offence"}
	with acting_as(complaint.staff):
		exception = complaint.consent(**ground)
	neither = {"open_to": "Neither", "consent": exception}
	assert "second person" in refusal(complaint.informal, **neither)
	frappe.db.set_value("SV Consent", exception, {"second_person": people[1], "confirmed_at": now_datetime()})
	assert "neither side" in refusal(complaint.informal, consent=exception)
	assert complaint.informal(**neither)


def test_a_consent_for_the_committee_opens_nothing_to_the_other_side(complaint):
	for side in ("Both", "Accused"):
		assert "its consent is for the committee" in refusal(complaint.informal, open_to=side)


def test_a_consent_that_was_withdrawn_keeps_it_from_being_handed_over(complaint):
	part = complaint.informal()
	consent = frappe.db.get_value("SV Complaint Part", part, "consent")
	frappe.db.set_value("SV Consent", consent, "withdrawn_at", now_datetime())
	assert "is withdrawn" in refusal(complaint.hand_over)
	with acting_as(complaint.staff):
		kept = frappe.get_doc("SV Complaint Part", part)
		kept.for_committee = 0
		kept.save()
	assert complaint.hand_over().status == "Handed over"


def test_what_is_withheld_from_a_side_has_its_ground_and_the_complaint_itself_never_is(complaint):
	assert "Ground for withholding" in refusal(complaint.part, open_to="Complainant")
	ground = {"open_to": "Complainant", "withheld_ground": "Names of witnesses"}
	assert "goes to both sides" in refusal(complaint.part, "Complaint", **ground)
	complaint.part(**ground)


def test_its_file_has_a_key_of_its_own(complaint):
	part = complaint.part(body="A word")
	keys = set(frappe.get_all("SV Data Key", pluck="reference", order_by="name asc"))
	assert {complaint.name, complaint.report} <= keys and part not in keys
	frappe.db.delete("SV Data Key", {"reference": complaint.report})
	with acting_as(complaint.staff):
		assert frappe.get_doc("SV Complaint Part", part).opened("body") == "A word"


def test_nobody_puts_a_part_into_the_file_of_somebody_elses_complaint(complaint, people):
	mine = Complaint(people[1])
	foreign = {"doctype": "SV Complaint Part", "complaint": complaint.name, "report": mine.report}
	foreign |= {"kind": "Document", "origin": "Made for the complaint", "open_to": "Both"}
	with acting_as(mine.staff), pytest.raises(frappe.PermissionError):
		frappe.get_doc(foreign).insert()
