"""That the accused was told of a complaint holds for that accused alone: nobody else passes for told (CAOP, R6)."""

import pytest
from complaint_world import Complaint
from grant_helpers import acting_as
from subject_world import collected, items

import frappe
from frappe.utils import today

from sv_helpdesk.test_utils import make_party, make_report

EMPTIED = "told of the complaint"


@pytest.fixture
def complaint():
	made = Complaint()
	made.tell_accused()
	frappe.clear_messages()
	return made


def told_on(complaint):
	return frappe.db.get_value("SV Report", complaint.report, "accused_informed_on")


def said() -> str:
	return str(frappe.get_message_log())


def test_a_complaint_about_somebody_else_waits_until_they_are_told(complaint):
	other = make_party(complaint.report, "Accused", person_name="Kim Jansen").name
	complaint.write(accused=other)
	assert told_on(complaint) is None
	assert EMPTIED in said()
	complaint.hand_over()
	with pytest.raises(frappe.ValidationError, match="hasn't been told"):
		complaint.take("admit")
	with pytest.raises(frappe.ValidationError, match="hasn't been told"):
		complaint.copy("accused")


def test_taking_the_accused_out_of_the_complaint_empties_the_day_as_well(complaint):
	complaint.write(accused=None)
	assert told_on(complaint) is None


def test_a_complaint_that_is_changed_otherwise_keeps_the_day(complaint):
	complaint.write(committee="Another committee")
	assert told_on(complaint) and EMPTIED not in said()


def test_an_accused_more_does_not_take_the_day_from_who_the_complaint_is_about(complaint):
	make_party(complaint.report, "Accused", person_name="Kim Jansen")
	assert told_on(complaint) and EMPTIED not in said()


def test_in_a_case_without_a_complaint_yet_other_accused_empty_the_day_and_the_first_one_does_not():
	report = make_report(kind="Formal complaint", accused_informed_on=today())
	day = ("SV Report", report.name, "accused_informed_on")
	first = make_party(report.name, "Accused", person_name="Sam Visser")
	witness = make_party(report.name, "Witness", person_name="Kim Jansen")
	assert frappe.db.get_value(*day)
	frappe.clear_messages()
	witness.party_role = "Accused"
	witness.save()
	assert frappe.db.get_value(*day) is None and EMPTIED in said()
	frappe.db.set_value(*day, today())
	first.party_role = "Witness"
	first.save()
	assert frappe.db.get_value(*day) is None


def test_a_case_form_that_was_open_meanwhile_does_not_bring_the_day_back(complaint):
	with acting_as(complaint.staff):
		form = complaint.case()
	complaint.write(accused=None)
	with acting_as(complaint.staff), pytest.raises(frappe.TimestampMismatchError):
		form.save()


def test_another_accused_of_the_case_gets_nothing_of_it_by_itself_when_they_ask_about_their_own_data(
	complaint,
):
	make_party(complaint.report, "Accused", person_name="Kim Jansen", email_address="kim@uni.example")
	asked = collected(complaint.desk, complaint.staff, person_name="Kim Jansen", addresses="kim@uni.example")
	assert set(items(asked, complaint.staff).values()) == {"Rights of others"}
