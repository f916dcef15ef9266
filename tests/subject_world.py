"""People who ask about their own data, the desks that answer, and words by which others would be known."""

import io
import json
import zipfile

import pypdf
from grant_helpers import acting_as, adviser, advisers_desk, desk_of

import frappe
from frappe.utils import today

from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR
from sv_helpdesk.subject_access import choosing, downloading, registering
from sv_helpdesk.subject_access.registering import REQUEST
from sv_helpdesk.test_utils import (
	make_aftercare,
	make_consent,
	make_message,
	make_note,
	make_party,
	make_referral,
	make_report,
	make_user,
)
from sv_helpdesk.workflows import moving

NAME, ADDRESS, PHONE = "Robin van Zandwijk", "robin.zandwijk@uni.example", "06-12345678"
OTHER, OTHER_ADDRESS, OTHER_PHONE = "Méindert de Quaedvlieg", "m.quaedvlieg@uni.example", "+31 6 8765 4321"
WITNESS = "Isolde Tromp-Yskes"
# what may never leave in an answer to the reporter, however it is written
OF_OTHERS = ("meindert", "méindert", "quaedvlieg", "87654321", "8765 4321", "isolde", "tromp", "yskes")
STORY = (
	"Meindert shouted at me. M. de Quaedvlieg's door was open; Quaedvlieg wrote from m.quaedvlieg@uni.example"
	" and called from 0031 6-87654321 or 06 87 65 43 21. ISOLDE TROMP saw it, ask Tromp-Yskes."
	" Robin van Zandwijk lives at the canal."
)


class Desk:
	"""A desk where a whole team reads: its coordinator, two of its staff, and a case with a reporter and others."""

	def __init__(self):
		frappe.set_user("Administrator")
		self.coordinator, self.staff = make_user(COORDINATOR), make_user(CCP_STAFF)
		self.colleague = make_user(CCP_STAFF)
		self.desk = desk_of(self.coordinator, None, self.staff, self.colleague).name
		self.case = make_report(
			desk=self.desk,
			handler=self.staff,
			subject="What happened",
			narrative=STORY,
			wishes="That it stops",
		)
		self.number = self.case.case_number
		self.reporter = make_party(
			self.case.name, person_name=NAME, email_address=ADDRESS, phone=PHONE, remarks="Was upset"
		)
		self.accused = make_party(
			self.case.name, "Accused", person_name=OTHER, email_address=OTHER_ADDRESS, phone=OTHER_PHONE
		)
		make_party(self.case.name, "Witness", person_name=WITNESS)

	def filled(self) -> "Desk":
		"""Return it with one of everything that is about the reporter."""
		case, reporter = self.case.name, self.reporter.name
		make_note(case, body="We talked about Quaedvlieg", party=reporter)
		make_note(case, "Working note", body="Thought of my own")
		make_message(case, body="A word from Robin about Isolde", sender=ADDRESS)
		make_message(case, direction="Outgoing", body="A word to Robin", recipient=ADDRESS)
		make_message(case, body="What the witness wrote", sender=WITNESS)
		make_consent(case, reporter, purpose="To have a doctor help")
		make_referral(self.case, party=reporter, shared_text="A summary for the police")
		make_aftercare(case, party=reporter, plan="Coffee each Monday")
		return self


def advisers() -> tuple:
	"""Return a desk where everybody works on their own, who leads it, and two advisers with a case of Robin's each."""
	lead, one, two = adviser(), adviser(), adviser()
	desk = advisers_desk(lead, one, two).name
	told = {one: "Told on Monday", two: "Told on Friday"}
	cases = [make_report(desk=desk, handler=user, narrative=text) for user, text in told.items()]
	for case in cases:
		make_party(case.name, person_name=NAME, email_address=ADDRESS)
	return desk, lead, one, two


def register(desk: str, user: str, **values) -> str | None:
	"""Register a request of Robin's, and return it if it is the user's to see."""
	asked = {"kind": "Access", "received_on": today(), "person_name": NAME, "addresses": ADDRESS}
	with acting_as(user):
		return registering.register(desk=desk, language="en", **{**asked, **values})


def made() -> list:
	"""Return all requests there are in this test."""
	return frappe.get_all(REQUEST, fields=["*"], order_by="creation asc, name asc")


def take(name: str, user: str, step: str, **values):
	with acting_as(user):
		return moving.move(REQUEST, name, step, values)


def collected(desk: str, user: str, **values) -> str:
	name = register(desk, user, **values)
	take(name, user, "collect", identity_checked="Identity document")
	return name


def items(name: str, user: str) -> dict[str, str]:
	"""Return what is proposed or chosen, by the titles of items."""
	with acting_as(user):
		return {item["title"]: item["choice"] for item in choosing.items(name)}


def choose_all(name: str, user: str, choice: str = "Goes in") -> None:
	with acting_as(user):
		keys = [item["key"] for item in choosing.items(name)]
		choosing.choose(name, dict.fromkeys(keys, choice))


def decide_rest(name: str, user: str) -> None:
	"""Let everything go in of which nobody has decided it yet."""
	with acting_as(user):
		undecided = [item["key"] for item in choosing.items(name) if not item["choice"]]
		choosing.choose(name, dict.fromkeys(undecided, "Goes in"))


def prepared(desk: str, user: str, second: str, choice: str = "Goes in", **values) -> str:
	name = collected(desk, user, **values)
	choose_all(name, user, choice)
	take(name, user, "prepare", decision="Granted", second_person=second)
	return name


def downloaded(name: str, user: str, what: str = "paper") -> bytes:
	with acting_as(user):
		getattr(downloading, what)(name)
	return frappe.local.response.filecontent


def text_of(content: bytes) -> str:
	pages = pypdf.PdfReader(io.BytesIO(content)).pages
	return " ".join(" ".join(page.extract_text() for page in pages).split())


def told(name: str, user: str) -> str:
	"""Return everything that the person gets: the letter and the data."""
	return text_of(downloaded(name, user)) + json.dumps(
		json.loads(downloaded(name, user, "data")), ensure_ascii=False
	)


def in_archive(content: bytes) -> dict[str, bytes]:
	with zipfile.ZipFile(io.BytesIO(content)) as archive:
		return {name: archive.read(name) for name in archive.namelist()}
