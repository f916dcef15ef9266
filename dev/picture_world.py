"""What the pictures show: an invented institution on an invented Tuesday, with work in every state.

Everything happens at a moment of its own through the steps of the documents, so that time lines and deadlines are real
ones. Nobody and nothing in it exists.
"""

import frappe

from dev import institution
from dev.demo import CASES
from dev.institution import PEOPLE
from dev.picture_texts import TEXTS
from dev.picture_time import acting_as, at, new, take
from sv_helpdesk.permissions import break_glass, seats, temporary_access
from sv_helpdesk.reports.taking_over import take_over

YEAR = 2024
DESK, ADVISERS = "ccp", "confidential_adviser"
LAW, ARTS = "Faculty of Law", "Faculty of Arts and Social Sciences"
USERS = {person.user.partition("@")[0]: person.user for person in PEOPLE}
STAFF, COLLEAGUE, COORDINATOR = USERS["b.okafor"], USERS["l.hendriks"], USERS["m.terpstra"]
ADVISER, MEMBER, HR, MANAGER = (
	USERS[name] for name in ("n.elamrani", "i.bouwman", "k.vandoorn", "h.prakash")
)


class World:
	"""The institution and its work, in one language.

	Attributes:
		language: "nl" or "en", of people's Desk and of what was written.
		case, table, minutes, action, plan, referral, figures: names of what pictures open.
		reported: the case that came by the reporting page, once it has.
	"""

	language: str
	case: str
	table: str
	minutes: str
	action: str
	plan: str
	referral: str
	figures: str
	reported: str

	def __init__(self, language: str):
		"""Make it on the connected, fresh site and commit.

		Args:
			language: "nl" or "en".
		"""
		self.language = language
		with at("2025-01-06 09:00"):
			self._institution()
		self._year()
		self._table_with_its_case()
		self._settled()
		self._handed_over()
		self._queue()
		self._given_access()
		frappe.db.commit()

	def say(self, text: str) -> str:
		"""Return one of TEXTS in this world's language."""
		return TEXTS[text][("nl", "en").index(self.language)]

	def _institution(self) -> None:
		institution.make_settings()
		institution.make_units()
		institution.make_people(PEOPLE)
		institution.make_team(institution.TEAM, [person.user for person in PEOPLE if person.desk == DESK])
		for code, title, desk_type, visibility in institution.DESKS:
			institution.make_desk(code, title, desk_type, visibility, PEOPLE)
		for user in USERS.values():
			frappe.db.set_value("User", user, "language", self.language)
		institution.open_reporting_page(DESK)
		frappe.clear_cache()

	def _year(self) -> None:
		"""The cases of a year, counted, approved and published."""
		with at("2025-02-03 14:00"):
			take_over(CASES)
			self.figures = new(COORDINATOR, "SV Figures", year=YEAR)
			for step in ("freeze", "approve", "publish"):
				take(COORDINATOR, "SV Figures", self.figures, step)
		# nobody works on them any more: what the desks have now is what the pictures tell of
		for doctype, ended in (("SV Report", "Closed"), ("SV Decision Table", "Settled")):
			frappe.db.set_value(doctype, {"import_key": ["is", "set"]}, "status", ended)

	def _case(self, came: str, *steps: str, by: str = STAFF, **values) -> str:
		"""Return a case that came at a moment and took these steps, an hour apart."""
		usual = {
			"kind": "Report",
			"channel": "Telephone",
			"main_category": "bullying",
			"desk": DESK,
			"unit": LAW,
		}
		with at(came) as clock:
			name = new(by, "SV Report", **{**usual, "language": self.language, **values})
			for step in steps:
				clock.shift(3600)
				take(by, "SV Report", name, step, **({"handler": by} if step == "handle" else {}))
		return name

	def _person(self, case: str, role: str, name: str, by: str = STAFF, **profile) -> str:
		return new(by, "SV Party", report=case, party_role=role, person_name=name, **profile)

	def _table_with_its_case(self) -> None:
		self.case = self._case(
			"2025-02-19 09:40",
			*("acknowledge", "triage", "handle"),
			subject=self.say("subject"),
			narrative=self.say("story"),
			wishes=self.say("wish"),
			accused_position="Direct manager",
			ladder_step="Colleague or manager",
		)
		with at("2025-02-20 11:00"):
			employed = {"staff_group": "Support staff", "contract": "Permanent", "unit": LAW}
			reporter = self._person(self.case, "Reporter", "Sanne de Wit", **employed)
			accused = self._person(self.case, "Accused", "Victor Maas", position="Direct manager", unit=LAW)
			talk = {"note_type": "Talk", "talk_at": "2025-02-20 10:00:00", "duration_minutes": 50}
			new(STAFF, "SV Note", report=self.case, party=reporter, body=self.say("talk"), **talk)
			new(
				STAFF,
				"SV Consent",
				report=self.case,
				party=reporter,
				basis="Consent",
				scope="Follow-up towards the accused",
				how_given="Spoken",
				recipient=self.say("to_table"),
				purpose=self.say("purpose"),
			)
		with at("2025-02-25 09:15"):
			self.table = new(
				COORDINATOR,
				"SV Decision Table",
				desk=DESK,
				opened_on="2025-02-25",
				started_from="Report",
				purpose=self.say("purpose"),
				members=[{"user": MEMBER, "capacity": "Member"}],
			)
			about = {
				"subject": "Employee",
				"kind": "Undesirable behaviour",
				"reports": [{"report": self.case}],
			}
			new(COORDINATOR, "SV Table Case", decision_table=self.table, **about)
			with acting_as(MEMBER):
				seats.accept_seat(self.table, keeps_confidential=True)
			convened = {
				"manager": MANAGER,
				"coordinator": COORDINATOR,
				"first_meeting_at": "2025-03-06 13:00:00",
			}
			take(COORDINATOR, "SV Decision Table", self.table, "convene", **convened)
			for user in (MANAGER, COORDINATOR):
				with acting_as(user):
					seats.state_confidentiality(self.table, keeps_confidential=True)
		with at("2025-03-06 15:00"):
			take(COORDINATOR, "SV Decision Table", self.table, "run", advice_status="Advisory")
			self._minutes_being_written()
			self.action = new(
				COORDINATOR,
				"SV Action",
				decision_table=self.table,
				action_owner=HR,
				due_on="2025-03-18",
				concerns=accused,
				action_text=self.say("action"),
			)
			line = {"addressed_to": HR, "line_text": self.say("told")}
			new(COORDINATOR, "SV Communication Line", decision_table=self.table, **line)
		with at("2025-03-10 16:00"):
			take(HR, "SV Action", self.action, "begin", progress=self.say("progress"))
			member_only = {"decision_table": self.table, "action_owner": MEMBER, "due_on": "2025-03-20"}
			new(COORDINATOR, "SV Action", action_text=self.say("told"), **member_only)
			self._second_table()

	def _minutes_being_written(self) -> None:
		texts = {name: self.say(name) for name in ("facts", "reporter_heard")}
		meeting = {"decision_table": self.table, "meeting_at": "2025-03-06 13:00:00", "writer": MEMBER}
		self.minutes = new(COORDINATOR, "SV Minutes", **meeting, **texts)
		with acting_as(MEMBER):
			minutes = frappe.get_doc("SV Minutes", self.minutes)
			minutes.accused_heard, minutes.interpretation = (
				self.say("accused_heard"),
				self.say("interpretation"),
			)
			minutes.save()

	def _second_table(self) -> None:
		"""Another table, to which people are invited and that asks its manager for a statement."""
		case = self._case("2025-03-10 10:00", "acknowledge", "triage", by=COORDINATOR, unit=ARTS)
		invited = [{"user": MEMBER, "capacity": "Member"}, {"user": HR, "capacity": "HR adviser"}]
		table = {"desk": DESK, "opened_on": "2025-03-10", "started_from": "Report", "members": invited}
		name = new(COORDINATOR, "SV Decision Table", purpose=self.say("purpose"), **table)
		about = {"subject": "Employee", "kind": "Employment conflict", "reports": [{"report": case}]}
		new(COORDINATOR, "SV Table Case", decision_table=name, **about)

	def _settled(self) -> None:
		"""A settled case whose aftercare runs, with a contact that HR holds."""
		case = self._case(
			"2025-02-04 13:00",
			"acknowledge",
			"triage",
			"handle",
			subject=self.say("other_subject"),
			unit=ARTS,
		)
		with at("2025-03-03 15:00"):
			self._person(case, "Reporter", "Ilse Verbrugge", unit=ARTS)
			self._person(case, "Accused", "Rik Dijkhuis", unit=ARTS)
			settled = {"outcome": "Partly founded", "settlement_text": self.say("settled")}
			take(STAFF, "SV Report", case, "settle", **settled)
			self.plan = frappe.db.get_value("SV Aftercare", {"report": case, "meant_for": "Reporter"})
			take(STAFF, "SV Aftercare", self.plan, "begin", responsible=STAFF, informed=1)
			first = frappe.get_all(
				"SV Aftercare Contact",
				{"aftercare": self.plan},
				pluck="name",
				order_by="planned_on asc",
				limit=1,
			)
			with acting_as(STAFF):
				contact = frappe.get_doc("SV Aftercare Contact", first[0])
				contact.held_by = HR
				contact.save()

	def _handed_over(self) -> None:
		"""A hand-over that waits for an adviser, who has cases of her own as well."""
		self._case("2025-02-27 10:00", "acknowledge", "triage", "handle", by=ADVISER, desk=ADVISERS)
		self._case("2025-03-07 15:00", "acknowledge", by=ADVISER, desk=ADVISERS, handler=ADVISER)
		case = self._case("2025-03-05 11:00", "acknowledge", "triage", "handle", by=COLLEAGUE, unit=ARTS)
		with at("2025-03-10 14:00"):
			person = self._person(case, "Reporter", "Yara Boonstra", by=COLLEAGUE, unit=ARTS)
			consent = new(
				COLLEAGUE,
				"SV Consent",
				report=case,
				party=person,
				basis="Consent",
				scope="Summary",
				how_given="By e-mail",
				to_desk=ADVISERS,
				purpose=self.say("help"),
			)
			self.referral = new(
				COLLEAGUE,
				"SV Referral",
				report=case,
				party=person,
				target="Confidential adviser",
				target_desk=ADVISERS,
				from_desk=DESK,
				shared="Summary",
				shared_text=self.say("summary"),
				consent=consent,
				warm=1,
			)
			take(COLLEAGUE, "SV Referral", self.referral, "offer")

	def _queue(self) -> None:
		"""What else waits at the desk today."""
		self._case("2025-03-03 09:10", "acknowledge", handler=STAFF, main_category="harassment")
		self._case("2025-03-06 16:20", "acknowledge", "triage", handler=STAFF, unit=ARTS)
		self._case("2025-03-07 10:05", kind="Advice request", asked_by="Manager", channel="E-mail")
		self._case("2025-03-10 12:00", by=COLLEAGUE, kind="Signal", channel="In person")

	def _given_access(self) -> None:
		"""A colleague has a case for a time, and an adviser asks for one in an emergency."""
		with at("2025-03-07 09:00"), acting_as(COORDINATOR):
			temporary_access.give(self.case, COLLEAGUE, "Absence", self.say("away"))
		number = frappe.db.get_value("SV Report", self.case, "case_number")
		with at("2025-03-11 08:40"), acting_as(USERS["j.wiersma"]):
			break_glass.ask(number, "Danger to somebody", self.say("danger"))
