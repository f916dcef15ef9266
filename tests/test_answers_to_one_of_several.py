"""Of several people of one case each gets their own: not what another told, nor that another complained formally (R1)."""

import json

import pytest
from grant_helpers import acting_as
from subject_world import OTHER, OTHER_ADDRESS, Desk, collected, decide_rest, downloaded, items, told

import frappe
from frappe.utils import today

from sv_helpdesk.test_utils import make_complaint, make_party

KIM = {"person_name": "Kim Jansen", "addresses": "kim.jansen@uni.example"}


@pytest.fixture
def desk():
	"""A desk with a case in which two people reported, and two are accused."""
	desk = Desk()
	desk.second = make_party(desk.case.name, person_name="Kim Jansen", email_address=KIM["addresses"])
	desk.other_accused = make_party(
		desk.case.name, "Accused", person_name="Sam Visser", email_address="sam.visser@uni.example"
	)
	frappe.db.set_value("SV Report", desk.case.name, "accused_informed_on", today())
	return desk


def complain(desk) -> None:
	frappe.db.set_value("SV Report", desk.case.name, "kind", "Formal complaint")
	make_complaint(desk.case.name, complainant=desk.reporter.name, accused=desk.accused.name)


def answered(desk, **who) -> str:
	name = collected(desk.desk, desk.staff, **who)
	decide_rest(name, desk.staff)
	return told(name, desk.staff)


def test_only_who_complained_and_about_whom_is_told_that_it_is_a_formal_complaint(desk):
	complain(desk)
	assert "Formal complaint" in answered(desk)
	assert "Formal complaint" in answered(desk, person_name=OTHER, addresses=OTHER_ADDRESS)
	assert "Formal complaint" not in answered(desk, **KIM)
	accused = {"person_name": "Sam Visser", "addresses": "sam.visser@uni.example"}
	assert "Formal complaint" not in answered(desk, **accused)


def facts_told(desk, fieldname: str = "kind", **who) -> list[str]:
	name = collected(desk.desk, desk.staff, **who)
	decide_rest(name, desk.staff)
	(case,) = json.loads(downloaded(name, desk.staff, "data"))["cases"]
	facts = next(item["facts"] for item in case["items"] if item["item"] == "case")
	return [fact["value"] for fact in facts if fact["field"] == fieldname]


def test_that_the_kind_is_left_out_tells_nothing_because_it_is_of_every_such_case(desk):
	assert facts_told(desk, **KIM) == []
	complain(desk)
	assert facts_told(desk, **KIM) == []


def test_on_what_day_the_accused_was_told_of_it_is_told_to_who_complained_alone(desk):
	complain(desk)
	assert facts_told(desk, "accused_informed_on", **KIM) == []
	assert len(facts_told(desk, "accused_informed_on")) == 1


def test_the_only_reporter_is_told_the_kind():
	assert facts_told(Desk()) == ["Report"]


def test_what_was_told_and_how_it_was_settled_goes_to_one_of_several_when_somebody_says_so(desk):
	with acting_as(desk.staff):
		name = collected(desk.desk, desk.staff, **KIM)
	proposed = items(name, desk.staff)
	assert proposed["What was told"] == proposed["How it was settled"] == ""
	alone = Desk()
	proposed = items(collected(alone.desk, alone.staff), alone.staff)
	assert proposed["What was told"] == "Goes in"
