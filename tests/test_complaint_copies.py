"""The committee and the two sides get their part of a complaint's file on paper, and nothing else (A&O 6.1.2; R1)."""

import io

import pypdf
import pytest
from complaint_world import COMMITTEE, Complaint, text_of
from grant_helpers import acting_as
from people import PASSWORD, make_people

import frappe
from frappe.utils import now_datetime

from sv_helpdesk.access_log.pending import of_this_transaction
from sv_helpdesk.complaints import copies, files
from sv_helpdesk.permissions.roles import CCP_STAFF
from sv_helpdesk.test_utils import make_desk, make_party

PIXEL = bytes.fromhex(
	"89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003010100"
	"18dd8db00000000049454e44ae426082"
)
WORDS = {"Complaint word", "Defence word", "Kept word", "Own word", "Narrative word"}


@pytest.fixture(scope="module")
def people():
	"""Two of the CCP, at desks of their own."""
	return make_people("copies", CCP_STAFF, CCP_STAFF)


@pytest.fixture
def complaint(people):
	made = Complaint(people[0])
	made.part("Statement of defence", body="Defence word")
	made.part(body="Kept word", for_committee=0, open_to="Neither", withheld_ground="Ground word")
	made.part(body="Own word", for_committee=0, open_to="Accused", withheld_ground="Ground word")
	made.informal()
	made.tell_accused()
	return made


def said(pdf) -> set[str]:
	return {word for word in WORDS if word in text_of(pdf)}


def test_each_reader_gets_exactly_their_parts(complaint):
	complaint.hand_over()
	assert said(complaint.copy("committee")) == {"Complaint word", "Defence word", "Narrative word"}
	assert said(complaint.copy("complainant")) == {"Complaint word", "Defence word", "Narrative word"}
	assert said(complaint.copy("accused")) == {"Complaint word", "Defence word", "Own word"}


def test_a_copy_names_both_sides_its_reader_and_its_number_and_never_the_ground_for_withholding(complaint):
	complaint.hand_over()
	first, second = complaint.copy("committee"), complaint.copy("accused", language="en")
	text = text_of(first)
	assert "Exemplaar 1 voor de commissie" in text and f"{COMMITTEE}, its office" in text
	assert "Robin Bakker" in text and "Sam Visser" in text
	assert "1. Klacht\n" in text and "2. Verweerschrift\n" in text
	assert frappe.db.get_value("SV Report", complaint.report, "case_number") in text
	assert "Copy 2 for the accused" in text_of(second)
	assert not any("Ground word" in text_of(pdf) for pdf in (first, second))


def test_who_got_what_and_when_is_kept_and_stands_in_the_access_log(complaint):
	complaint.hand_over()
	complaint.copy("committee")
	complaint.copy("accused")
	rows = frappe.get_all(
		"SV Complaint Copy", {"complaint": complaint.name}, ["*"], order_by="copy_number asc"
	)
	assert [(row.copy_number, row.recipient, row.parts, row.given_by) for row in rows] == [
		(1, "Committee", "1, 2, 5", complaint.staff),
		(2, "Accused", "1, 2, 4", complaint.staff),
	]
	assert of_this_transaction().has("Printed", "SV Complaint", complaint.name)
	with acting_as(complaint.staff), pytest.raises(frappe.PermissionError):
		frappe.get_doc({"doctype": "SV Complaint Copy", "complaint": complaint.name}).insert()


def test_the_committee_gets_nothing_before_the_hand_over_and_the_accused_nothing_before_they_were_told(
	complaint,
):
	with pytest.raises(frappe.ValidationError, match="once the complaint is handed over"):
		complaint.copy("committee")
	frappe.db.set_value("SV Report", complaint.report, "accused_informed_on", None)
	with pytest.raises(frappe.ValidationError, match="hasn't been told"):
		complaint.copy("accused")
	complaint.copy("complainant")


def test_a_consent_that_was_withdrawn_after_the_hand_over_keeps_it_out_of_each_further_copy(complaint):
	complaint.hand_over()
	complaint.copy("committee")
	consents = {"report": complaint.report, "scope": "Dossier"}
	frappe.db.set_value("SV Consent", consents, "withdrawn_at", now_datetime())
	with pytest.raises(frappe.ValidationError, match="part 5 of the file is withdrawn"):
		complaint.copy("committee")


def test_what_was_given_out_stays_as_it_was_and_may_still_be_kept_from_further_readers(complaint):
	complaint.copy("complainant")
	names = frappe.get_all("SV Complaint Part", {"complaint": complaint.name, "part_number": 1}, pluck="name")
	with acting_as(complaint.staff):
		part = frappe.get_doc("SV Complaint Part", names[0])
		part.body = "Something else"
		with pytest.raises(frappe.ValidationError, match="given out"):
			part.save()
		part.reload()
		part.for_committee = 0
		part.save()


def test_somebody_of_another_desk_gets_no_copy_and_learns_nothing(complaint, people):
	other = people[1]
	make_desk(other)
	with acting_as(other):
		answers = set()
		for name in (complaint.name, "0123456789"):
			for give in (copies.for_committee, copies.for_complainant, copies.for_accused):
				with pytest.raises(frappe.PermissionError) as refused:
					give(name)
				answers.add(str(refused.value))
			for of_file in (files.add, files.download):
				with pytest.raises(frappe.PermissionError):
					of_file(name)
	assert len(answers) == 1


@pytest.mark.commits
def test_over_http_a_file_goes_along_with_the_copy_and_is_nowhere_in_clear(web, people):
	staff, stranger = people
	complaint = Complaint(staff)
	part = complaint.part("Document", title="A picture")
	complaint.tell_accused()
	complaint.hand_over()
	frappe.db.commit()
	url = f"{web.base_url}/api/method/sv_helpdesk.complaints"
	session, other = web.login(staff, PASSWORD), web.login(stranger, PASSWORD)
	sent = {"data": {"name": part}, "files": {"file": ("Sam Visser.png", PIXEL)}}
	assert other.post(f"{url}.files.add", **sent).status_code == 403
	assert session.post(f"{url}.files.add", data={"name": part}).status_code == 417
	assert session.post(f"{url}.files.add", **sent).ok
	assert "has a file already" in session.post(f"{url}.files.add", **sent).text
	assert other.post(f"{url}.files.download", data={"name": part}).status_code == 403
	got = session.post(f"{url}.files.download", data={"name": part})
	assert got.content.startswith(b"\x89PNG") and "Sam" not in got.headers["Content-Disposition"]

	answer = session.post(f"{url}.copies.for_committee", data={"name": complaint.name, "language": "en"})
	pdf = pypdf.PdfReader(io.BytesIO(answer.content))
	[(name, contents)] = pdf.attachments.items()
	assert name in text_of(pdf) and contents == [got.content]
	assert pdf.trailer["/Root"]["/Lang"] == "en"
	assert other.post(f"{url}.copies.for_committee", data={"name": complaint.name}).status_code == 403
	# a link in a mail opens nothing
	assert session.get(f"{url}.copies.for_committee", params={"name": complaint.name}).status_code == 403

	frappe.db.rollback()
	assert frappe.db.count("SV Complaint Copy", {"complaint": complaint.name}) == 1
	stored = frappe.get_doc("SV Complaint Part", part)
	file = frappe.get_doc("File", stored.file)
	assert "Sam" not in str(file.as_dict()) and PIXEL[:8] not in file.get_content()[:64]


# sides that are changed


def other_person(complaint, party_role: str = "Reporter") -> str:
	return make_party(complaint.report, party_role, person_name="Kim de Wit").name


def test_what_one_complainant_told_is_given_to_no_other_one(complaint):
	assert "Narrative word" in said(complaint.copy("complainant"))
	complaint.write(complainant=other_person(complaint))
	with pytest.raises(
		frappe.ValidationError, match="part 5 of the file was given when the complaint had other"
	):
		complaint.copy("complainant")


@pytest.mark.parametrize(("side", "party_role"), [("complainant", "Reporter"), ("accused", "Accused")])
def test_nor_to_the_committee_in_a_complaint_of_or_about_somebody_else(complaint, side, party_role):
	complaint.write(**{side: other_person(complaint, party_role)})
	with pytest.raises(frappe.ValidationError, match="had other sides"):
		complaint.hand_over()


def test_a_consent_that_is_asked_for_again_is_for_the_complaint_as_it_is_now(complaint):
	complaint.write(accused=other_person(complaint, "Accused"))
	with acting_as(complaint.staff):
		part = frappe.get_doc("SV Complaint Part", {"complaint": complaint.name, "part_number": 5})
		with pytest.raises(frappe.ValidationError, match="had other sides"):
			part.save()
		part.reload()
		part.consent = complaint.consent()
		part.save()
	assert complaint.hand_over().status == "Handed over"
	assert "Narrative word" in said(complaint.copy("committee")) & said(complaint.copy("complainant"))


def test_a_part_with_such_a_consent_can_still_be_kept_from_everybody(complaint):
	complaint.write(complainant=other_person(complaint))
	with acting_as(complaint.staff):
		part = frappe.get_doc("SV Complaint Part", {"complaint": complaint.name, "part_number": 5})
		part.update({"for_committee": 0, "open_to": "Neither"})
		part.save()
	assert complaint.hand_over().status == "Handed over"
	assert "Narrative word" not in said(complaint.copy("committee")) | said(complaint.copy("complainant"))


def test_naming_a_side_for_the_first_time_changes_none_and_no_form_says_that_none_was_changed(complaint):
	frappe.db.set_value("SV Complaint", complaint.name, "accused", None)
	complaint.write(accused=complaint.accused)
	assert complaint.doc().sides_changed_at is None
	complaint.write(accused=other_person(complaint, "Accused"))
	assert complaint.doc().sides_changed_at
	complaint.write(sides_changed_at=None)
	assert complaint.doc().sides_changed_at
