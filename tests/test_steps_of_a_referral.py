"""A person is handed over or referred with consent, answered, completed, and never left alone in between."""

import pytest

import frappe
from frappe.utils import add_days, today

from sv_helpdesk.moments import this_minute
from sv_helpdesk.permissions.roles import CCP_STAFF, CONFIDENTIAL_ADVISER
from sv_helpdesk.reports.counted import totals
from sv_helpdesk.reports.scope import of_year
from sv_helpdesk.social_safety.doctype.sv_consent import sv_consent
from sv_helpdesk.test_utils import (
	make_consent,
	make_decision_table,
	make_desk,
	make_note,
	make_party,
	make_referral,
	make_report,
	make_table_case,
	make_user,
)
from sv_helpdesk.workflows.moving import move, possible
from sv_helpdesk.workflows.referral import take_back_expired

SUMMARY = "She wants to talk to somebody who can stand beside her."


class Matter:
	"""A case at the CCP with a reporter, and a desk of advisers to whom she may be handed over."""

	def __init__(self):
		self.staff, self.adviser, self.colleague = (
			make_user(role) for role in (CCP_STAFF, CONFIDENTIAL_ADVISER, CONFIDENTIAL_ADVISER)
		)
		self.desk = make_desk(self.staff).name
		self.advisers = make_desk(
			self.adviser, self.colleague, visibility="Handler only", desk_type="Confidential advisers"
		).name
		self.report = make_report(desk=self.desk, handler=self.staff, status="Handling")
		self.reporter = make_party(self.report.name, person_name="Robin Bakker").name

	def consent(self, **values):
		"""Return the reporter's consent to give the advisers a summary."""
		values = {"to_desk": self.advisers, "recipient": "", "scope": "Summary"} | values
		return make_consent(self.report.name, self.reporter, **values).name

	def referral(self, **values):
		"""Return a drafted hand-over to the advisers, with consent."""
		if "consent" not in values:
			values["consent"] = self.consent()
		values = {
			"target": "Confidential adviser",
			"target_desk": self.advisers,
			"party": self.reporter,
			"shared": "Summary",
			"shared_text": SUMMARY,
			**values,
		}
		return make_referral(self.report, **values).name

	def offered(self, **values) -> str:
		name = self.referral(**values)
		self.take(self.staff, name, "offer")
		return name

	def take(self, user: str, name: str, step: str, reason: str = "", **values):
		frappe.set_user(user)
		try:
			return move("SV Referral", name, step, values, reason)
		finally:
			frappe.set_user("Administrator")

	def refusal(self, *args, **values) -> str:
		with pytest.raises((frappe.ValidationError, frappe.PermissionError)) as refused:
			self.take(*args, **values)
		return str(refused.value)

	def status(self) -> str:
		return frappe.db.get_value("SV Report", self.report.name, "status")


@pytest.fixture
def matter():
	return Matter()


def told(user: str) -> list[str]:
	return frappe.get_all("Notification Log", {"for_user": user}, pluck="subject", order_by="creation asc")


def test_a_hand_over_goes_from_offer_to_completion_and_the_case_goes_along(matter):
	name = matter.offered(warm=1)
	assert matter.status() == "Referred"
	assert told(matter.adviser) == told(matter.colleague) == ["A hand-over waits for your desk."]
	matter.take(matter.adviser, name, "accept")
	assert "Introduced at" in matter.refusal(matter.adviser, name, "complete", outcome="Helped")
	frappe.db.set_value("SV Referral", name, "warm_talk_at", "2026-01-05 10:00:00")
	done = matter.take(matter.adviser, name, "complete", outcome="Helped", feedback="We talked")
	assert (done.status, done.accepted_by, done.outcome) == ("Completed", matter.adviser, "Helped")
	assert matter.status() == "Handling"
	assert told(matter.staff) == ["There is an answer to a hand-over or referral of yours."] * 2


def test_the_receiver_of_a_warm_hand_over_says_when_the_talk_was_if_not_as_planned(matter):
	planned, held = frappe.utils.add_days(this_minute(), 7), frappe.utils.add_days(this_minute(), -1)
	name = matter.offered(warm=1, warm_talk_at=planned)
	matter.take(matter.adviser, name, "accept")
	assert "in the future" in matter.refusal(matter.adviser, name, "complete", outcome="Helped")
	matter.take(matter.adviser, name, "complete", outcome="Helped", warm_talk_at=held)
	assert frappe.db.get_value("SV Referral", name, ["status", "warm_talk_at"]) == ("Completed", held)


def test_nothing_is_offered_without_an_open_consent_to_just_that(matter):
	without = matter.referral(consent=None)
	assert "Consent is empty" in matter.refusal(matter.staff, without, "offer")
	dossier = matter.referral(shared="Dossier")
	assert "something else" in matter.refusal(matter.staff, dossier, "offer")
	ended = matter.consent(given_at="2024-01-01 10:00:00", valid_until="2024-01-31")
	assert "has ended" in matter.refusal(matter.staff, matter.referral(consent=ended), "offer")


def test_a_consent_of_somebody_else_in_the_case_is_none(matter):
	witness = make_party(matter.report.name, "Witness").name
	consent = make_consent(matter.report.name, witness, to_desk=matter.advisers, recipient="").name
	assert "somebody else" in matter.refusal(matter.staff, matter.referral(consent=consent), "offer")


def test_a_summary_is_written_before_it_is_shared(matter):
	assert "is empty" in matter.refusal(matter.staff, matter.referral(shared_text=""), "offer")


def test_a_summary_doesnt_go_along_where_the_consent_is_for_something_else(matter):
	consent = matter.consent(scope="Contact details")
	referral = matter.referral(consent=consent, shared="Contact details")
	assert "isn't for a summary" in matter.refusal(matter.staff, referral, "offer")
	offered = matter.offered(consent=consent, shared="Contact details", shared_text="")
	assert frappe.db.get_value("SV Referral", offered, "status") == "Offered"


def test_a_consent_to_share_with_a_desk_is_none_for_help_outside(matter):
	outside = {"target": "Police", "target_desk": None, "target_details": "At the station"}
	with pytest.raises(frappe.ValidationError, match="for nobody outside"):
		matter.referral(**outside)
	described = matter.consent(to_desk=None, recipient="The police")
	assert matter.referral(**outside, consent=described)


def test_it_comes_from_the_desk_of_the_case_whatever_the_form_says(matter):
	referral = matter.referral(from_desk=make_desk().name)
	assert frappe.db.get_value("SV Referral", referral, "from_desk") == matter.desk


@pytest.mark.parametrize("status", ["Closed", "Withdrawn"])
def test_nothing_is_offered_from_a_case_that_is_over(matter, status):
	referral = matter.referral()
	frappe.db.set_value("SV Report", matter.report.name, "status", status)
	assert "The case is closed" in matter.refusal(matter.staff, referral, "offer")


def test_the_first_of_a_desk_accepts_and_the_other_hears_that_somebody_was_first(matter):
	name = matter.offered()
	matter.take(matter.adviser, name, "accept")
	assert "somebody was first" in matter.refusal(matter.colleague, name, "accept")
	assert frappe.db.get_value("SV Referral", name, "accepted_by") == matter.adviser


def test_nobody_answers_for_the_receiving_desk(matter):
	name = matter.offered()
	assert "can't take this step" in matter.refusal(matter.staff, name, "accept")
	frappe.set_user(matter.staff)
	steps = possible(frappe.get_doc("SV Referral", name), matter.staff)
	assert [step.name for step in steps] == ["withdraw"]


def test_who_declines_says_why_and_the_case_is_back_with_who_had_it(matter):
	name = matter.offered()
	assert "is empty" in matter.refusal(matter.adviser, name, "decline")
	matter.take(matter.adviser, name, "decline", decline_reason="I know them both")
	assert matter.status() == "Handling"
	assert told(matter.staff) == ["There is an answer to a hand-over or referral of yours."]
	frappe.set_user(matter.staff)
	assert frappe.get_doc("SV Referral", name).opened("decline_reason") == "I know them both"


def test_a_case_at_a_decision_table_stays_there_when_a_hand_over_is_answered(matter):
	name = matter.offered()
	frappe.db.set_value("SV Report", matter.report.name, "status", "Decision table")
	matter.take(matter.adviser, name, "decline", decline_reason="No time")
	assert matter.status() == "Decision table"


def test_the_receiver_gets_a_case_of_their_own_that_says_nothing_of_the_first(matter):
	name = matter.offered()
	matter.take(matter.adviser, name, "accept")
	own = frappe.get_doc("SV Report", {"handed_over_from": name})
	assert (own.desk, own.handler, own.status) == (matter.advisers, matter.adviser, "Handling")
	assert not any(own.get(fieldname) for fieldname in ("subject", "narrative", "main_category", "unit"))
	frappe.set_user(matter.adviser)
	note = make_note(own.name, body="Mine")
	assert frappe.get_doc("SV Referral", name).opened("shared_text") == SUMMARY
	assert not frappe.has_permission("SV Report", doc=matter.report.name)
	frappe.set_user(matter.staff)
	assert not frappe.has_permission("SV Report", doc=own.name)
	assert not frappe.has_permission("SV Note", doc=note.name)


def test_a_case_that_was_handed_over_is_counted_once(matter):
	year = frappe.utils.getdate().year
	before = totals(of_year(year))["reports"]
	matter.take(matter.adviser, matter.offered(), "accept")
	assert totals(of_year(year))["reports"] == before


def test_the_receivers_case_is_hidden_from_the_accused_of_the_first(matter):
	accused = matter.colleague
	make_party(matter.report.name, "Accused", account=accused)
	name = matter.offered()
	assert told(accused) == []
	assert "can't take this step" in matter.refusal(accused, name, "accept")
	matter.take(matter.adviser, name, "accept")
	own = frappe.get_doc("SV Report", {"handed_over_from": name}).name
	frappe.db.set_value("SV Report", own, "handler", accused)
	assert not frappe.has_permission("SV Report", doc=own, user=accused)


def test_who_becomes_the_accused_later_loses_the_receivers_case_too(matter):
	name = matter.offered()
	matter.take(matter.adviser, name, "accept")
	own = frappe.get_doc("SV Report", {"handed_over_from": name}).name
	assert frappe.has_permission("SV Report", doc=own, user=matter.adviser)
	make_party(matter.report.name, "Accused", account=matter.adviser)
	assert not frappe.has_permission("SV Report", doc=own, user=matter.adviser)
	assert not frappe.db.get_value("SV Report", own, "handler")


def test_who_is_named_as_the_accused_at_the_receiving_desk_loses_the_first_case_too(matter):
	name = matter.offered()
	matter.take(matter.adviser, name, "accept")
	own = frappe.get_doc("SV Report", {"handed_over_from": name}).name
	assert frappe.has_permission("SV Report", doc=matter.report.name, user=matter.staff)
	make_party(own, "Accused", account=matter.staff)
	assert not frappe.has_permission("SV Report", doc=matter.report.name, user=matter.staff)


def test_nobody_supports_both_sides_across_cases_about_the_same_accused(matter):
	other = make_report(desk=matter.desk)
	for case in (matter.report.name, other.name):
		make_party(case, "Accused", email_address="sam@buiten.example")
	make_party(other.name, "Accused", supported_by=matter.adviser)
	name = matter.offered()
	assert "can't be chosen" in matter.refusal(matter.adviser, name, "accept")
	assert matter.take(matter.colleague, name, "accept").status == "Accepted"


def accused_person(matter) -> dict:
	"""Return what a hand-over of the accused of this case says."""
	accused = make_party(matter.report.name, "Accused").name
	consent = {"to_desk": matter.advisers, "recipient": ""}
	return {"party": accused, "consent": make_consent(matter.report.name, accused, **consent).name}


@pytest.mark.parametrize("first", ["reporter", "accused"])
def test_who_accepted_one_side_doesnt_accept_the_other(matter, first):
	people = [{}, accused_person(matter)]
	one, other = (matter.offered(**values) for values in (people if first == "reporter" else people[::-1]))
	matter.take(matter.adviser, one, "accept")
	assert "can't be chosen" in matter.refusal(matter.adviser, other, "accept")
	matter.take(matter.colleague, other, "accept")


def test_who_judges_doesnt_accept_and_who_accepted_doesnt_judge(matter):
	seat = {"user": matter.adviser, "capacity": "Member"}
	table = make_decision_table(desk=matter.desk, members=[seat])
	make_table_case(table.name, matter.report.name)
	offered = matter.offered()
	assert "can't be chosen" in matter.refusal(matter.adviser, offered, "accept")
	matter.take(matter.colleague, offered, "accept")
	table.append("members", {"user": matter.colleague, "capacity": "Member"})
	with pytest.raises(frappe.ValidationError, match="can't be chosen"):
		table.save()


def test_withdrawn_consent_takes_back_what_was_offered(matter):
	consent = matter.consent()
	name = matter.offered(consent=consent)
	frappe.set_user(matter.staff)
	sv_consent.withdraw(consent, "Spoken")
	assert frappe.db.get_value("SV Referral", name, "status") == "Withdrawn"
	assert matter.status() == "Handling"
	assert "can't take this step" in matter.refusal(matter.adviser, name, "accept")


def test_withdrawn_consent_closes_what_was_accepted_and_the_sender_hears_it(matter):
	consent = matter.consent()
	name = matter.offered(consent=consent)
	matter.take(matter.adviser, name, "accept")
	frappe.set_user(matter.staff)
	sv_consent.withdraw(consent, "Spoken")
	frappe.set_user("Administrator")
	assert not frappe.has_permission("SV Referral", doc=name, user=matter.adviser)
	assert len(told(matter.staff)) == 2
	assert matter.take(matter.staff, name, "complete", outcome="Stopped").status == "Completed"


def test_an_offer_whose_consent_ends_by_itself_is_taken_back_and_the_sender_hears_it(matter):
	consent = matter.consent()
	name, other = matter.offered(consent=consent), matter.offered()
	frappe.db.set_value("SV Consent", consent, "valid_until", add_days(today(), -1))
	for _day in range(2):
		take_back_expired()
	assert frappe.db.get_value("SV Referral", name, "status") == "Withdrawn"
	assert frappe.db.get_value("SV Referral", other, "status") == "Offered"
	assert len(told(matter.staff)) == 1


def test_for_help_outside_the_desks_the_sender_records_the_answer(matter):
	consent = make_consent(matter.report.name, matter.reporter, recipient="A lawyer", scope="Summary").name
	outside = {"target": "Lawyer", "target_desk": None, "consent": consent}
	nobody = matter.referral(**outside)
	assert "Whom exactly" in matter.refusal(matter.staff, nobody, "offer")
	other = matter.referral(**outside, target_details="Police, officer of the quarter")
	assert "for somebody else" in matter.refusal(matter.staff, other, "offer")
	for_a_colleague = matter.consent(to_desk="", to_user=make_user(CCP_STAFF))
	colleague = matter.referral(**outside | {"consent": for_a_colleague}, target_details="A lawyer")
	assert "for somebody else" in matter.refusal(matter.staff, colleague, "offer")
	name = matter.offered(**outside, target_details="Office in the town: a  Lawyer")
	assert frappe.db.get_value("SV Referral", name, "referral_type") == "Referral"
	matter.take(matter.staff, name, "accept")
	assert not frappe.db.exists("SV Report", {"handed_over_from": name})
	assert matter.take(matter.staff, name, "complete", outcome="Helped").status == "Completed"


def test_what_was_offered_stays_as_it_was_offered(matter):
	name = matter.offered()
	frappe.set_user(matter.staff)
	referral = frappe.get_doc("SV Referral", name)
	referral.shared_text = "Something else"
	with pytest.raises(frappe.ValidationError, match="can't be changed"):
		referral.save()


def test_whether_it_is_a_hand_over_follows_from_who_it_is(matter):
	types = {
		target: make_referral(matter.report, target=target).referral_type
		for target in ("Confidential adviser", "Ombuds officer", "Mediator", "Police")
	}
	assert [*types.values()] == ["Hand-over", "Hand-over", "Referral", "Referral"]
