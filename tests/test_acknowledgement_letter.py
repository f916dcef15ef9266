"""The acknowledgement of receipt on paper says what the desk writes to everybody, and nothing of the report."""

import io

import pypdf
import pytest
from grant_helpers import acting_as

import frappe

from sv_helpdesk.access_log.pending import of_this_transaction
from sv_helpdesk.helpdesk import acknowledgement_letter
from sv_helpdesk.permissions.roles import CCP_STAFF
from sv_helpdesk.test_utils import make_desk, make_party, make_report, make_user


class CameInPerson:
	"""A case of somebody who came by, with the one it is about."""

	def __init__(self, **of_the_desk):
		frappe.set_user("Administrator")
		self.staff = make_user(CCP_STAFF)
		texts = {"acknowledgement_nl": "Bel in nood 112.", "acknowledgement_en": "Call 112 in an emergency."}
		self.desk = make_desk(self.staff, **{**texts, **of_the_desk}).name
		case = make_report(desk=self.desk, subject="Subject word", narrative="Narrative word")
		self.report, self.number = case.name, case.case_number
		self.reporter = make_party(case.name, person_name="Robin Bakker").name
		self.accused = make_party(case.name, "Accused", person_name="Sam Visser").name

	def letter(self, party: str | None = None, user: str | None = None, language: str = "en") -> str:
		with acting_as(user or self.staff):
			acknowledgement_letter.download(party or self.reporter, language)
		assert frappe.local.response.filename == f"{self.number}.pdf"
		pdf = pypdf.PdfReader(io.BytesIO(frappe.local.response.filecontent))
		return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_it_has_the_desks_text_and_nothing_of_the_report():
	case = CameInPerson()
	text = case.letter()
	assert "Call 112 in an emergency." in text and "For Robin Bakker" in text and case.number in text
	for hidden in ("Subject word", "Narrative word", "Sam Visser"):
		assert hidden not in text
	text = case.letter(language="nl")
	assert "Bel in nood 112." in text and "Ontvangstbevestiging" in text


def test_it_is_for_a_reporter_whose_name_is_known():
	case = CameInPerson()
	frappe.db.set_value("SV Party", case.reporter, "person_name", "")
	for party in (case.accused, case.reporter):
		with pytest.raises(frappe.ValidationError, match="whose name is known"):
			case.letter(party)


def test_a_desk_without_a_text_is_told_to_write_one():
	with pytest.raises(frappe.ValidationError, match="Write one in the desk"):
		CameInPerson(acknowledgement_nl="", acknowledgement_en="").letter()


def test_somebody_of_another_desk_gets_no_letter_and_learns_nothing():
	case, other = CameInPerson(), make_user(CCP_STAFF)
	make_desk(other)
	said = set()
	for name in (case.reporter, "0123456789"):
		with pytest.raises(frappe.PermissionError) as refused:
			case.letter(name, user=other)
		said.add(str(refused.value))
	assert len(said) == 1


def test_it_stands_in_the_access_log():
	case = CameInPerson()
	case.letter()
	assert of_this_transaction().has("Printed", "SV Party", case.reporter)
