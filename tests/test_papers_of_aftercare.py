"""Aftercare on paper: a plan for who it is for, and the letter that an unfounded report is settled."""

import io

import pypdf
import pytest
from grant_helpers import acting_as

import frappe

from sv_helpdesk.access_log.pending import of_this_transaction
from sv_helpdesk.aftercare import plan_on_paper, unfounded_letter
from sv_helpdesk.permissions.roles import CCP_STAFF, HR_ADVISOR
from sv_helpdesk.test_utils import (
	make_action,
	make_aftercare,
	make_aftercare_contact,
	make_decision_table,
	make_desk,
	make_party,
	make_report,
	make_table_case,
	make_user,
)

PAPERS = pytest.mark.parametrize("paper", [plan_on_paper, unfounded_letter])
UNFOUNDED = "turned out to be unfounded"
PROTECTED = "reported in good faith"
NONE_TAKEN = "no measures were taken"


class Afterwards:
	"""A case that was settled as unfounded, with a plan for the accused, who knows of it."""

	def __init__(self, meant_for: str = "Accused", **of_the_case):
		frappe.set_user("Administrator")
		self.staff, self.hr = make_user(CCP_STAFF), make_user(HR_ADVISOR)
		self.desk = make_desk(self.staff).name
		settled = {
			"status": "Settled",
			"outcome": "Unfounded",
			"main_category": "bullying",
			"narrative": "Narrative word",
		}
		self.report = make_report(desk=self.desk, handler=self.staff, **{**settled, **of_the_case}).name
		people = {
			role: make_party(self.report, role, person_name=name).name
			for role, name in (("Reporter", "Robin Bakker"), ("Accused", "Sam Visser"))
		}
		plan = make_aftercare(
			self.report,
			meant_for,
			party=people[meant_for],
			informed=1,
			responsible=self.hr,
			plan="Walk together",
			evaluation="Evaluation word",
		)
		self.name, self.number = plan.name, plan.plan_number
		said = {"planned_on": "2026-12-01", "how_it_goes": "Contact word"}
		make_aftercare_contact(plan.name, self.hr, report=self.report, **said)

	def change(self, **values):
		frappe.db.set_value("SV Aftercare", self.name, values)
		return self

	def download(self, paper, user: str | None = None, language: str = "en"):
		with acting_as(user or self.staff):
			paper.download(self.name, language)
		assert frappe.local.response.filename == f"{self.number}.pdf"
		return pypdf.PdfReader(io.BytesIO(frappe.local.response.filecontent))


def text_of(pdf) -> str:
	return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_a_plan_says_what_was_agreed_and_when_and_nothing_of_the_case():
	afterwards = Afterwards()
	plan = frappe.get_doc("SV Aftercare", afterwards.name)
	unwanted, agreed = plan.measures[0], plan.measures[1]
	unwanted.db_set("state", "Not wanted")
	title_of = {row: frappe.db.get_value("SV Measure", row.measure, "title") for row in (unwanted, agreed)}
	text = text_of(afterwards.download(plan_on_paper))
	assert "For Sam Visser" in text and "Walk together" in text and "2026-12-01: planned" in text
	assert f"{title_of[agreed]}: proposed" in text and title_of[unwanted] not in text
	for hidden in ("Robin Bakker", "Narrative word", "Evaluation word", "Contact word"):
		assert hidden not in text
	assert frappe.db.get_value("SV Report", afterwards.report, "case_number") not in text


def test_what_is_not_known_is_left_out():
	afterwards = Afterwards()
	named = text_of(afterwards.download(plan_on_paper))
	assert "Keeps contact" in named and "Our reference" in named
	unknown = text_of(afterwards.change(responsible=None).download(plan_on_paper))
	assert "Keeps contact" not in unknown and "Answers to" not in unknown and " - " not in unknown
	assert "Our reference" in unknown


def test_a_dutch_plan_is_dutch_all_over():
	text = text_of(Afterwards().download(plan_on_paper, language="nl"))
	assert "Nazorgplan" in text and "VERTROUWELIJK" in text and "01-12-2026: gepland" in text


def test_the_letter_says_that_it_is_over_and_nothing_of_the_report():
	text = text_of(Afterwards().download(unfounded_letter))
	assert "For Sam Visser" in text and UNFOUNDED in text and PROTECTED in text
	for hidden in ("Robin Bakker", "Narrative word", "Walk together"):
		assert hidden not in text
	assert "ongegrond" in text_of(Afterwards().download(unfounded_letter, language="nl"))


def test_established_bad_faith_is_not_called_protected():
	assert PROTECTED not in text_of(Afterwards(bad_faith_established=1).download(unfounded_letter))


def test_the_letter_denies_no_measure_that_was_taken():
	afterwards = Afterwards()
	values = {"report": afterwards.report, "action_owner": afterwards.staff}
	make_action(**values, measure="after_accused_return")
	other = make_party(afterwards.report, "Accused").name
	make_action(**values, measure="sanction_serious_suspension", concerns=other)
	assert NONE_TAKEN in text_of(afterwards.download(unfounded_letter))
	taken = make_action(**values, measure="sanction_serious_suspension")
	text = text_of(afterwards.download(unfounded_letter))
	assert NONE_TAKEN not in text and "no measures against you follow" in text
	taken.db_set("status", "Dropped")
	assert NONE_TAKEN in text_of(afterwards.download(unfounded_letter))
	table = make_decision_table(desk=afterwards.desk).name
	make_table_case(table, afterwards.report)
	make_action(decision_table=table, action_owner=afterwards.staff, measure="sanction_serious_suspension")
	assert NONE_TAKEN not in text_of(afterwards.download(unfounded_letter))


def test_a_plan_for_one_side_names_nobody_of_the_other():
	afterwards = Afterwards()
	reporter = frappe.db.get_value("SV Party", {"report": afterwards.report, "party_role": "Reporter"})
	plan = frappe.get_doc("SV Aftercare", afterwards.name)
	plan.party = reporter
	with pytest.raises(frappe.ValidationError, match="another part in the case"):
		plan.save()
	plan.reload()
	plan.meant_for = "Reporter"
	with pytest.raises(frappe.ValidationError, match="another part in the case"):
		plan.save()


@PAPERS
def test_nothing_goes_on_paper_for_who_turned_out_to_have_another_part(paper):
	afterwards = Afterwards()
	frappe.db.set_value("SV Party", {"report": afterwards.report}, "party_role", "Witness")
	with pytest.raises(frappe.ValidationError, match="another part in the case"):
		afterwards.download(paper)


@pytest.mark.parametrize(
	"of_the_case", [{"outcome": "Founded"}, {"status": "Handling", "outcome": None}], ids=["founded", "open"]
)
def test_there_is_no_letter_of_a_case_that_is_not_settled_as_unfounded(of_the_case):
	with pytest.raises(frappe.ValidationError, match="isn't settled as unfounded"):
		Afterwards(**of_the_case).download(unfounded_letter)


def test_the_letter_is_for_the_accused_alone():
	with pytest.raises(frappe.ValidationError, match="for the accused"):
		Afterwards("Reporter").download(unfounded_letter)


@PAPERS
def test_who_does_not_know_of_the_case_gets_nothing_on_paper(paper):
	with pytest.raises(frappe.ValidationError, match="doesn't know of the case yet"):
		Afterwards().change(informed=0).download(paper)


@PAPERS
def test_who_does_not_work_on_the_case_gets_nothing_and_learns_nothing(paper):
	afterwards, other = Afterwards(), make_user(CCP_STAFF)
	make_desk(other)
	said = set()
	# HR holds a contact of the plan, and has no right to the plan itself
	for user in (other, afterwards.hr):
		for name in (afterwards.name, "0123456789"):
			with acting_as(user), pytest.raises(frappe.PermissionError) as refused:
				paper.download(name)
			said.add(str(refused.value))
	assert len(said) == 1


@PAPERS
def test_it_stands_in_the_access_log(paper):
	afterwards = Afterwards()
	afterwards.download(paper)
	assert of_this_transaction().has("Printed", "SV Aftercare", afterwards.name)
