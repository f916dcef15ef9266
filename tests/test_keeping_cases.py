"""How long a case is kept, what stops that, and who is asked before it goes."""

from datetime import date, datetime

import pytest
from ended_cases import confirm, end
from grant_helpers import acting_as, adviser, advisers_desk, case_of, desk_of, told
from subject_world import ADDRESS, NAME, register

import frappe
from frappe.utils import add_days, add_years, getdate

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.permissions import denied_list
from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR, PRIVACY_OFFICER
from sv_helpdesk.retention import announcing, confirming, due, steps, terms
from sv_helpdesk.subject_access.registering import REQUEST
from sv_helpdesk.test_utils import make_aftercare, make_party, make_referral, make_user
from sv_helpdesk.workflows.moving import follow, move, possible

CLOSED = datetime(2024, 2, 29, 15)
CHOICES = {
	"retention_years": 3,
	"retention_years_unfounded": 1,
	"retention_years_withdrawn": 2,
	"retention_years_advice": 0,
	"retention_years_extended": 7,
}


@pytest.fixture
def coordinator():
	return make_user(COORDINATOR)


@pytest.fixture
def staff():
	return make_user(CCP_STAFF)


@pytest.fixture
def desk(coordinator, staff):
	return desk_of(coordinator, None, staff)


@pytest.fixture
def case(desk, staff):
	return case_of(desk, staff, main_category="bullying")


@pytest.fixture
def choices():
	for fieldname, years in CHOICES.items():
		frappe.db.set_single_value("SV Settings", fieldname, years)


def stored(case: str, fieldname: str = "anonymise_on"):
	return frappe.db.get_value("SV Report", case, fieldname)


def day_of(**values) -> date | None:
	case = {"status": "Closed", "closed_at": CLOSED, "kind": "Report", "outcome": "Founded"}
	return terms.last_day(frappe._dict({**case, "retention_class": "Standard", **values}))


def take(user: str, case: str, step: str, reason: str = "", **values):
	with acting_as(user):
		return move("SV Report", case, step, values, reason)


def offered(user: str, case: str) -> set[str]:
	return {step.name for step in possible(frappe.get_doc("SV Report", case), user)}


def saved(case: str, **values) -> None:
	doc = frappe.get_doc("SV Report", case)
	doc.update(values)
	doc.save()


def test_each_class_has_its_term_and_what_is_empty_is_kept_as_long_as_the_others(choices):
	assert day_of() == date(2027, 2, 28)
	assert day_of(outcome="Unfounded") == date(2025, 2, 28)
	assert day_of(status="Withdrawn") == date(2026, 2, 28)
	assert day_of(kind="Advice request", outcome=None) == date(2027, 2, 28)
	assert day_of(outcome="Unfounded", retention_class="Extended") == date(2031, 2, 28)
	assert day_of(status="Handling") is day_of(closed_at=None) is None


def test_extended_is_never_shorter_than_the_others(choices):
	frappe.db.set_single_value("SV Settings", "retention_years_extended", 0)
	assert day_of(retention_class="Extended") == day_of()


def test_closing_sets_the_day_and_reopening_takes_it_away(staff, case):
	for step in ("acknowledge", "triage", "handle"):
		take(staff, case, step)
	take(staff, case, "settle", outcome="Founded", settlement_text="How", retention_class="Extended")
	assert stored(case) is None and stored(case, "retention_class") == "Extended"
	frappe.db.set_value("SV Aftercare", {"report": case}, "status", "Closed")
	take(staff, case, "close")
	assert stored(case) == add_years(getdate(), 5)
	take(staff, case, "reopen", "Something came up")
	assert stored(case) is None


def test_withdrawing_sets_it_too(staff, case):
	take(staff, case, "withdraw", withdrawal_text="No longer wanted")
	assert stored(case) == add_years(getdate(), 2)


def test_so_does_withdrawing_on_the_reporting_page_and_what_is_reopened_by_itself_has_none(staff, case):
	follow("SV Report", case, "withdraw")
	assert stored(case, "status") == "Withdrawn" and stored(case) == add_years(getdate(), 2)
	frappe.db.set_value("SV Report", case, "anonymise_on", getdate())
	confirm(staff, case)
	follow("SV Report", case, "reopen", closed_at=None)
	assert stored(case) is stored(case, "anonymise_confirmed_at") is None


@pytest.mark.parametrize("closed_at", [CLOSED, None])
def test_no_case_that_has_ended_is_kept_for_ever(staff, case, closed_at):
	left = {"status": "Closed", "closed_at": closed_at, "outcome": None, "anonymise_on": None}
	frappe.db.set_value("SV Report", case, left)
	terms.give_missing()
	assert stored(case) == (date(2026, 2, 28) if closed_at else add_years(getdate(), 2))


def test_another_class_moves_the_day_and_takes_back_what_was_confirmed(staff, case):
	end(case)
	confirm(staff, case)
	with acting_as(staff):
		saved(case, retention_class="Extended")
	assert stored(case) == add_years(getdate(), 3)
	assert stored(case, "anonymise_confirmed_at") is None


def test_changed_settings_move_no_day(choices, staff, case):
	end(case)
	with acting_as(staff):
		saved(case, ladder_step="Police", closed_at=str(stored(case, "closed_at")))
	assert stored(case) == getdate()


def test_a_term_is_a_year_at_least_and_what_is_kept_longer_is():
	settings = frappe.get_doc("SV Settings")
	for wrong in ({"retention_years": 0}, {"retention_years": 6}, {"retention_years_unfounded": -1}):
		settings.update({**CHOICES, "retention_years_extended": 5, **wrong})
		with pytest.raises(frappe.ValidationError):
			settings.save()
	settings.reload()
	settings.update(CHOICES)
	settings.save()


def test_a_legal_hold_has_a_reason_and_a_day_of_review_and_takes_back_what_was_confirmed(staff, case):
	end(case)
	confirm(staff, case)
	for values, reason in (
		({}, "A court case"),
		({"legal_hold_review_on": str(add_days(getdate(), 9))}, ""),
		({"legal_hold_review_on": str(getdate())}, "A court case"),
	):
		with pytest.raises(frappe.ValidationError):
			take(staff, case, "hold", reason, **values)
	take(staff, case, "hold", "A court case", legal_hold_review_on=str(add_days(getdate(), 9)))
	assert stored(case, "legal_hold") and not stored(case, "anonymise_confirmed_at")
	step = frappe.get_last_doc("SV Step", {"report": case, "step": "hold"})
	assert step.taken_by == staff and "court" not in step.reason
	with acting_as(staff):
		assert step.opened("reason") == "A court case"


def test_a_hold_is_set_and_lifted_in_every_state_by_who_works_on_the_case_and_nobody_else(staff, case):
	states = frappe.get_meta("SV Report").get_field("status").options.split("\n")
	for state in states:
		frappe.db.set_value("SV Report", case, {"status": state, "legal_hold": 0})
		assert {"hold"} == offered(staff, case) & {"hold", "review_hold", "lift_hold"}, state
		frappe.db.set_value("SV Report", case, "legal_hold", 1)
		assert {"review_hold", "lift_hold"} == offered(staff, case) & {"hold", "review_hold", "lift_hold"}
	take(staff, case, "lift_hold", "It is over")
	assert not stored(case, "legal_hold")
	outsider = make_user(COORDINATOR)
	with pytest.raises(frappe.PermissionError):
		take(outsider, case, "hold", "Mine", legal_hold_review_on=str(add_days(getdate(), 9)))


def test_no_form_sets_or_lifts_a_hold_or_confirms(staff, case):
	with acting_as(staff):
		saved(case, legal_hold=1, anonymise_confirmed_at=CLOSED, anonymise_confirmed_by=staff)
	assert not stored(case, "legal_hold") and not stored(case, "anonymise_confirmed_at")


def test_what_is_held_or_not_confirmed_or_not_over_does_not_go(staff, case):
	end(case)
	assert case not in due.confirmed(getdate())
	confirm(staff, case)
	assert case in due.confirmed(getdate()) and case not in due.confirmed(add_days(getdate(), -1))
	take(staff, case, "hold", "A court case", legal_hold_review_on=str(add_days(getdate(), 9)))
	assert case not in due.confirmed(getdate())


def test_only_what_was_announced_is_confirmed_and_not_by_who_has_it_for_a_while(staff, desk, case):
	end(case, anonymise_on=add_days(getdate(), steps.notice_days() + 1))
	assert "confirm_anonymising" not in offered(staff, case)
	end(case, anonymise_on=add_days(getdate(), steps.notice_days()))
	assert "confirm_anonymising" in offered(staff, case)
	[step] = [step for step in possible(frappe.get_doc("SV Report", case), staff) if "confirm" in step.name]
	assert "granted" not in step.who


@pytest.mark.parametrize("kind", ["Report", "Advice request"])
def test_a_case_that_lacks_what_figures_count_is_confirmed_and_held_all_the_same(staff, case, kind):
	end(case, main_category=None, kind=kind)
	confirm(staff, case)
	assert stored(case, "anonymise_confirmed_at")
	take(staff, case, "hold", "A court case", legal_hold_review_on=str(add_days(getdate(), 9)))
	assert stored(case, "legal_hold")


def test_what_figures_count_is_not_taken_out_of_a_case_that_has_ended(staff, case):
	end(case)
	with acting_as(staff), pytest.raises(frappe.ValidationError, match="Main category is empty"):
		saved(case, main_category="")


def test_several_are_confirmed_at_once_all_or_none(staff, desk, case):
	other = case_of(desk, staff, main_category="bullying")
	elsewhere = case_of(desk_of(make_user(COORDINATOR)))
	for name in (case, other, elsewhere):
		end(name)
	with acting_as(staff), pytest.raises(frappe.PermissionError):
		confirming.confirm(f"{case},{elsewhere}")
	frappe.db.set_value("SV Report", case, "anonymise_confirmed_at", None)
	with acting_as(staff):
		listed = frappe.get_list("SV Report", confirming.filters(), pluck="name", order_by="name asc")
		assert listed == sorted([case, other])
		assert confirming.confirm(f"{case},{other}") == 2
		assert frappe.get_list("SV Report", confirming.filters(), pluck="name", order_by="name asc") == []


def test_a_case_waits_for_aftercare_referrals_tables_and_the_receivers_case(desk, case):
	assert not due.is_needed_elsewhere(case)
	plan = make_aftercare(case)
	assert due.is_needed_elsewhere(case)
	plan.db_set("status", "Closed")
	referral = make_referral(frappe.get_doc("SV Report", case), status="Offered")
	assert due.is_needed_elsewhere(case)
	referral.db_set("status", "Completed")
	assert not due.is_needed_elsewhere(case)
	received = case_of(desk)
	frappe.db.set_value("SV Report", received, "handed_over_from", referral.name)
	assert due.is_needed_elsewhere(case) and not due.is_needed_elsewhere(desk.name)
	end(received)
	assert not due.is_needed_elsewhere(case)
	from test_rows_of_a_case import table_on

	table = table_on(desk, case)
	assert due.is_needed_elsewhere(case)
	table.db_set("status", "Settled")
	assert not due.is_needed_elsewhere(case)


@pytest.mark.parametrize(("kind", "waits"), [("Access", True), ("Correction", True), ("Erasure", False)])
def test_it_waits_for_the_answer_to_who_asked_about_their_own_data_in_it(desk, staff, case, kind, waits):
	make_party(case, person_name=NAME, email_address=ADDRESS)
	request = register(desk.name, staff, kind=kind)
	for status in ("Received", "Collected", "Prepared", "Released"):
		frappe.db.set_value(REQUEST, request, "status", status)
		assert due.is_needed_elsewhere(case) is waits, status
	for status in ("Handed out", "Withdrawn"):
		frappe.db.set_value(REQUEST, request, "status", status)
		assert not due.is_needed_elsewhere(case), status


def test_who_handles_or_runs_is_told_once_how_many_go_and_nothing_else(desk, coordinator, staff, case):
	for name in (case, case_of(desk)):
		end(name, anonymise_on=add_days(getdate(), 20))
	for _twice in range(2):
		announcing.announce(getdate())
	for user in (staff, coordinator):
		[sentence] = told(user)
		assert sentence.startswith("1 cases are to be anonymised")


def test_from_whom_a_case_is_hidden_is_told_of_none(desk, coordinator):
	case = case_of(desk)
	make_party(case, "Accused", account=coordinator)
	end(case)
	announcing.announce(getdate())
	assert told(coordinator) == []


def test_nor_is_who_handles_it_when_it_became_hidden_with_their_account(desk, coordinator, staff, case):
	denied_list.add(case, blind_index("account", staff), denied_list.BY_HAND)
	end(case)
	announcing.announce(getdate())
	assert told(staff) == []
	[sentence] = told(coordinator)
	assert sentence.startswith("1 cases are to be anonymised")


def test_what_nobody_answered_is_told_again_after_a_month_and_to_the_privacy_officer_as_a_number(
	desk, staff, case
):
	officer = make_user(PRIVACY_OFFICER)
	# what tests of other files left in the site
	frappe.db.set_value("SV Report", {"anonymise_on": [">=", getdate("2000-01-01")]}, "anonymise_on", None)
	end(case)
	announcing.announce(getdate())
	announcing.announce(add_days(getdate(), 29))
	assert len(told(staff)) == 1 and told(officer) == []
	announcing.announce(add_days(getdate(), 30))
	assert told(staff)[1].startswith("1 cases should have been")
	[sentence] = told(officer)
	assert sentence.startswith("1 cases should have been anonymised for a month")


def test_the_review_of_a_hold_is_told_when_its_day_comes():
	handler = adviser()
	case = case_of(advisers_desk(adviser(), handler), handler)
	review = add_days(getdate(), 9)
	take(handler, case, "hold", "A court case", legal_hold_review_on=str(review))
	announcing.announce(add_days(review, -1))
	assert told(handler) == []
	for _twice in range(2):
		announcing.announce(add_days(review, 1))
	[sentence] = told(handler)
	assert sentence.startswith("The legal hold of 1 cases")
