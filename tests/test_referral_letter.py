"""The letter to who helps outside the desks says what the person agreed to, and nothing else."""

import io

import pypdf
import pytest
from grant_helpers import acting_as

import frappe

from sv_helpdesk.access_log.pending import of_this_transaction
from sv_helpdesk.permissions.roles import CCP_STAFF
from sv_helpdesk.referrals import letter
from sv_helpdesk.test_utils import (
	make_consent,
	make_desk,
	make_party,
	make_referral,
	make_report,
	make_user,
)


class Outside:
	"""A case whose reporter is referred to a lawyer."""

	def __init__(self, shared: str = "Summary", status: str = "Offered"):
		self.staff = make_user(CCP_STAFF)
		report = make_report(
			desk=make_desk(self.staff).name, subject="Subject word", narrative="Narrative word"
		)
		self.reporter = make_party(report.name, person_name="Robin Bakker", phone="043 000 0000").name
		make_party(report.name, "Accused", person_name="Sam Visser")
		self.consent = make_consent(report.name, self.reporter, scope=shared, recipient="A lawyer").name
		self.name = make_referral(
			report,
			target="Lawyer",
			target_details="A lawyer, Office at the Maas",
			party=self.reporter,
			shared=shared,
			shared_text="Summary word",
			consent=self.consent,
			status=status,
		).name

	def download(self, user: str | None = None, language: str = "nl"):
		with acting_as(user or self.staff):
			letter.download(self.name, language)
		return pypdf.PdfReader(io.BytesIO(frappe.local.response.filecontent))


def text_of(pdf) -> str:
	return "\n".join(page.extract_text() for page in pdf.pages)


@pytest.mark.parametrize(
	("shared", "said"),
	[
		("Summary", {"Summary word"}),
		("Contact details", {"Robin Bakker", "043 000 0000"}),
		("Dossier", {"Robin Bakker", "043 000 0000", "Subject word", "Narrative word"}),
	],
)
def test_it_says_what_was_consented_to_and_nothing_else(shared, said):
	words = {"Summary word", "Robin Bakker", "043 000 0000", "Subject word", "Narrative word", "Sam Visser"}
	text = text_of(Outside(shared).download())
	assert {word for word in words if word in text} == said
	assert "Office at the Maas" in text


def test_it_is_in_the_language_asked_for_with_embedded_fonts_and_a_mark_on_each_page():
	pdf = Outside().download()
	assert pdf.trailer["/Root"]["/Lang"] == "nl"
	assert pdf.metadata.title == "Verwijzing"
	assert all("VERTROUWELIJK" in page.extract_text() for page in pdf.pages)
	fonts = [font.get_object() for page in pdf.pages for font in page["/Resources"]["/Font"].values()]
	assert fonts and all("+BitstreamVera" in font["/BaseFont"] for font in fonts)
	assert Outside().download(language="en").metadata.title == "Referral"


def test_it_says_whether_the_person_agreed():
	outside = Outside()
	assert "De persoon stemde ermee in" in text_of(outside.download())
	exception = {"basis": "Criminal offence", "ground": "x", "confirmed_at": frappe.utils.now_datetime()}
	exception |= {"decided_by": outside.staff, "second_person": make_user(CCP_STAFF)}
	frappe.db.set_value("SV Consent", outside.consent, exception)
	text = " ".join(text_of(outside.download()).split())
	assert "zonder toestemming van de persoon" in text and "stemde ermee in" not in text


def test_it_says_where_an_answer_goes():
	outside = Outside()
	text = text_of(outside.download())
	report = frappe.db.get_value("SV Referral", outside.name, ["report", "from_desk"], as_dict=True)
	account = frappe.get_doc(
		{"doctype": "Email Account", "email_id": f"{frappe.generate_hash(length=6)}@uni.example"}
	)
	account.email_account_name = account.email_id
	account.insert()
	frappe.db.set_value("SV Desk", report.from_desk, "email_account", account.name)
	assert account.email_id not in text
	text = text_of(outside.download())
	assert account.email_id in text
	assert frappe.db.get_value("SV Report", report.report, "case_number") in text


def test_nothing_goes_out_once_the_consent_is_withdrawn():
	outside = Outside()
	frappe.db.set_value("SV Consent", outside.consent, "withdrawn_at", frappe.utils.now_datetime())
	with pytest.raises(frappe.ValidationError, match="withdrawn"):
		outside.download()


def test_nothing_goes_out_before_it_is_offered():
	with pytest.raises(frappe.ValidationError, match="once the referral is offered"):
		Outside(status="Draft").download()


def test_somebody_of_another_desk_gets_no_letter_and_learns_nothing():
	outside, other = Outside(), make_user(CCP_STAFF)
	make_desk(other)
	with acting_as(other):
		said = set()
		for name in (outside.name, "0123456789"):
			with pytest.raises(frappe.PermissionError) as refused:
				letter.download(name)
			said.add(str(refused.value))
	assert len(said) == 1


def test_the_letter_stands_in_the_access_log():
	outside = Outside()
	outside.download()
	assert of_this_transaction().has("Printed", "SV Referral", outside.name)
