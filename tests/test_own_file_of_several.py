"""Of several reporters of a case each sees who opened what is theirs: not that there is another, nor a complaint (R1)."""

from complaint_world import Complaint
from grant_helpers import acting_as

import frappe

from sv_helpdesk import access_log
from sv_helpdesk.access_log import openings, own_file
from sv_helpdesk.test_utils import (
	make_consent,
	make_desk,
	make_message,
	make_note,
	make_party,
	make_report,
	make_user,
)

ROBIN, KIM, SAM = "robin@uni.example", "kim@uni.example", "sam@uni.example"


def test_another_reporter_does_not_learn_that_there_is_a_complaint():
	complaint = Complaint()
	other = make_party(complaint.report, person_name="Kim Jansen").name
	complaint.part(body="A word")
	complaint.copy("complainant")
	with acting_as(complaint.staff):
		openings.opened(complaint.case())
		for part in frappe.get_all("SV Complaint Part", {"complaint": complaint.name}, pluck="name"):
			openings.opened(frappe.get_doc("SV Complaint Part", part))
	access_log.write_now()
	seen = {
		party: {opening.what for opening in own_file.openings_of({"name": complaint.report, "own": [party]})}
		for party in (complaint.complainant, other)
	}
	assert seen[complaint.complainant] >= {"The case itself", "Formal complaint"}
	assert "The case itself" in seen[other] and "Formal complaint" not in seen[other]


class Case:
	"""A case that Robin reported and Kim later, too; Sam is accused. Somebody of the desk opens what is made."""

	def __init__(self):
		frappe.set_user("Administrator")
		self.staff = make_user()
		self.report = make_report(desk=make_desk(self.staff).name)
		self.robin = self.person(ROBIN)
		self.person(SAM, "Accused")

	def person(self, address: str, party_role: str = "Reporter") -> str:
		return make_party(self.report.name, party_role, person_name=address, email_address=address).name

	def open(self, *documents) -> None:
		with acting_as(self.staff):
			for document in documents:
				openings.opened(document)
		access_log.write_now()

	def seen_by(self, party: str) -> dict[str, int]:
		lines = own_file.openings_of({"name": self.report.name, "own": [party]})
		return {line.what: line.count for line in lines}

	def message(self, **values):
		return make_message(self.report.name, **values)

	def file(self, **values):
		values |= {"doctype": "SV Attachment", "report": self.report.name, "original_name": "a.txt"}
		return frappe.get_doc(values).insert()


def test_messages_of_another_and_their_files_are_not_counted():
	case = Case()
	kim = case.person(KIM)
	of_kim = case.message(direction="Incoming", sender=KIM)
	case.open(
		of_kim,
		case.file(message=of_kim.name),
		case.message(direction="Incoming", sender=SAM),
		case.message(direction="Outgoing", recipient=KIM),
		case.message(direction="Incoming", sender="who.knows@uni.example"),
		case.message(direction="Outgoing", recipient=ROBIN),
	)
	assert case.seen_by(case.robin) == {"Messages": 1}
	assert case.seen_by(kim) == {"Messages": 2, "Files": 1}


def test_who_is_known_by_their_account_alone_sees_the_openings_of_their_own_mails():
	case = Case()
	account = make_user(None)
	kim = make_party(case.report.name, account=account).name
	case.open(case.message(direction="Incoming", sender=account))
	assert case.seen_by(kim) == {"Messages": 1}


def test_what_names_nobody_is_of_who_was_the_only_reporter_when_it_was_made_and_stays_theirs():
	case = Case()
	note = make_note(case.report.name, "Working note")
	early = [case.message(), note, case.file(note=note.name)]
	case.open(*early)
	before = case.seen_by(case.robin)
	assert before == {"Messages": 1, "Notes of talks": 1, "Files": 1}
	kim = case.person(KIM)
	assert case.seen_by(case.robin) == before
	message = case.message()
	case.open(message, make_note(case.report.name), case.file(message=message.name), *early)
	assert case.seen_by(case.robin) == before
	assert case.seen_by(kim) == {}


def test_a_step_taken_with_what_is_of_another_is_not_counted():
	case = Case()
	kim = case.person(KIM)
	of_kim = make_consent(case.report.name, kim)
	step = frappe.get_doc(
		{
			"doctype": "SV Step",
			"report": case.report.name,
			"document_type": of_kim.doctype,
			"document_name": of_kim.name,
			"step": "withdraw",
			"taken_by": case.staff,
		}
	).insert(ignore_permissions=True)
	case.open(step)
	assert case.seen_by(kim) == {"Steps taken": 1}
	assert case.seen_by(case.robin) == {}


def test_who_reported_later_does_not_see_that_the_case_was_there_before_them():
	case = Case()
	case.open(case.report)
	kim = case.person(KIM)
	assert case.seen_by(kim) == {}
	assert case.seen_by(case.robin) == {"The case itself": 1}
	with acting_as(case.staff):
		access_log.record("Downloaded", "SV Report", case.report.name, case.report.name)
	access_log.write_now()
	assert case.seen_by(kim) == {"The case itself": 1}
