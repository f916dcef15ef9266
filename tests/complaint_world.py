"""A case that became a formal complaint, and what the desk does with it, for the tests of complaints."""

import io

import pypdf
from grant_helpers import acting_as

import frappe
from frappe.utils import getdate, now_datetime

from sv_helpdesk.complaints import copies
from sv_helpdesk.permissions.roles import CCP_STAFF
from sv_helpdesk.test_utils import (
	make_complaint,
	make_complaint_part,
	make_consent,
	make_desk,
	make_party,
	make_report,
	make_user,
)
from sv_helpdesk.workflows.moving import move

COMMITTEE = "The committee at the Maas"


class Complaint:
	"""A complaint of Robin Bakker about Sam Visser, drawn up with its text in the file.

	Attributes:
		staff: who works at the desk of the case.
		report, name: of the SV Report and the SV Complaint.
		complainant, accused: names of SV Party.
	"""

	def __init__(self, staff: str | None = None):
		frappe.set_user("Administrator")
		self.staff = staff or make_user(CCP_STAFF)
		self.desk = make_desk(self.staff).name
		self.report = make_report(
			kind="Formal complaint",
			desk=self.desk,
			handler=self.staff,
			status="Handling",
			main_category="bullying",
			narrative="Narrative word",
		).name
		self.complainant = make_party(self.report, person_name="Robin Bakker").name
		self.accused = make_party(self.report, "Accused", person_name="Sam Visser").name
		sides = {"complainant": self.complainant, "accused": self.accused}
		self.name = make_complaint(self.report, committee=f"{COMMITTEE}, its office", **sides).name
		self.part("Complaint", body="Complaint word")

	def doc(self):
		return frappe.get_doc("SV Complaint", self.name)

	def case(self):
		return frappe.get_doc("SV Report", self.report)

	def part(self, kind: str = "Document", **values) -> str:
		with acting_as(self.staff):
			return make_complaint_part(self.name, kind, **values).name

	def consent(self, **values) -> str:
		"""Return the complainant's consent to give the committee what was told in the case."""
		consent = {"scope": "Dossier", "recipient": COMMITTEE, "purpose": "To judge the complaint", **values}
		return make_consent(self.report, self.complainant, **consent).name

	def informal(self, **values) -> str:
		"""Put a part out of the informal case into the file, with the complainant's consent."""
		out_of_case = {"origin": "Out of the informal case", "body": "Narrative word"}
		out_of_case |= {"open_to": "Complainant", "withheld_ground": "For the committee alone"}
		if "consent" not in values:
			values["consent"] = self.consent()
		return self.part(**out_of_case | values)

	def take(self, step: str, reason: str = "", **values):
		with acting_as(self.staff):
			return move("SV Complaint", self.name, step, values, reason)

	def write(self, **values):
		with acting_as(self.staff):
			doc = self.doc()
			doc.update(values)
			return doc.save()

	def tell_accused(self) -> None:
		frappe.db.set_value("SV Report", self.report, "accused_informed_on", getdate())

	def until(self, status: str) -> "Complaint":
		"""Take the steps of a complaint that is admissible and decided on, as far as a status."""
		for reached, step in (
			("Handed over", self.hand_over),
			("Admissible", self.admit),
			("Heard", self.hear),
			("Advice given", self.advise),
			("Decided", self.decide),
		):
			step()
			if reached == status:
				return self
		raise ValueError(status)

	def hand_over(self):
		return self.take("hand_over")

	def admit(self):
		self.tell_accused()
		return self.take("admit")

	def hear(self):
		self.write(complainant_heard_at=now_datetime(), accused_heard_at=now_datetime())
		return self.take("hear")

	def advise(self):
		self.part("Advice", body="Advice word")
		return self.take("advise")

	def decide(self, **values):
		self.part("Decision", body="Decision word", for_committee=0)
		return self.take("decide", **{"decider": "The secretary", "remedy": "Appeal", **values})

	def copy(self, recipient: str, user: str | None = None, language: str = "nl"):
		"""Return the PDF of a new copy for the committee, complainant or accused."""
		with acting_as(user or self.staff):
			getattr(copies, f"for_{recipient}")(self.name, language)
		return pypdf.PdfReader(io.BytesIO(frappe.local.response.filecontent))


def text_of(pdf) -> str:
	return "\n".join(page.extract_text() for page in pdf.pages)
