"""An invented institution for the tests of the rules: one of each document, people of every role.

Whose each document is stands in `Institution.holds`, written by hand; the tests compare the lists
and checks of the app with it.
"""

import frappe
from frappe.utils import add_days, now_datetime, today

from sv_helpdesk.permissions import roles
from sv_helpdesk.test_utils import (
	IntegrationTestCase,
	make_action,
	make_aftercare,
	make_consent,
	make_decision_table,
	make_message,
	make_minutes,
	make_note,
	make_party,
	make_referral,
	make_report,
	make_unit,
	make_user,
)

PEOPLE = {
	"coordinator": roles.COORDINATOR,
	"staff": roles.CCP_STAFF,
	"adviser": roles.CONFIDENTIAL_ADVISER,
	"other_adviser": roles.CONFIDENTIAL_ADVISER,
	"leading_adviser": roles.CONFIDENTIAL_ADVISER,
	"ombuds_officer": roles.OMBUDS_OFFICER,
	"helper": roles.CCP_STAFF,
	"companion": roles.COMPANION,
	"member": roles.TABLE_MEMBER,
	"invited": roles.TABLE_MEMBER,
	"hr_at_table": roles.HR_ADVISOR,
	"hr_carrying_out": roles.HR_ADVISOR,
	"hr_in_general": roles.HR_ADVISOR,
	"manager": roles.MANAGER,
	"other_manager": roles.MANAGER,
	"board": roles.BOARD,
	"privacy_officer": roles.PRIVACY_OFFICER,
	"system_manager": "System Manager",
	"agent": "Agent",
}
DESKS = {
	"ccp": ("Whole desk", {"coordinator": "Coordinator", "staff": "Member"}),
	"advisers": (
		"Handler only",
		{"adviser": "Member", "other_adviser": "Member", "leading_adviser": "Coordinator"},
	),
	"ombuds": ("Handler only", {"ombuds_officer": "Member"}),
	# a desk without cases: who works there has what somebody gives them
	"elsewhere": ("Whole desk", {"helper": "Member"}),
}


class Institution:
	"""The people, desks and documents, as names in dictionaries.

	Attributes:
		people: user ids.
		desks: names of SV Desk.
		docs: the documents, by a label of their own.
	"""

	def __init__(self):
		self.people = {name: make_user(role) for name, role in PEOPLE.items()}
		self.desks = {code: self._desk(*values) for code, values in DESKS.items()}
		self.docs: dict[str, object] = {}
		self._case("ccp", handler=self.people["staff"])
		self._case("advisers", handler=self.people["adviser"])
		self._case("ombuds", handler=self.people["ombuds_officer"])
		self.docs["unheld"] = make_report(desk=self.desks["advisers"])
		self._table()
		self._row("SV Held Mail", "held", desk=self.desks["ccp"], reason="Automatic reply", status="Held")
		self._row("SV Held Mail", "held_advisers", desk=self.desks["advisers"], reason="Automatic reply")
		self._organisation()
		frappe.clear_cache(doctype="SV Figures")

	def label(self, doctype: str, name: str) -> str | None:
		"""Return the label of a document of this institution."""
		found = (key for key, doc in self.docs.items() if (doc.doctype, doc.name) == (doctype, name))
		return next(found, None)

	def of(self, desk: str) -> set[str]:
		"""Return the labels of everything of the desk's case."""
		return {label for label in self.docs if label.startswith(f"{desk}.")}

	def holds(self) -> dict[str, dict[str, set[str]]]:
		"""Return whose each document is: person -> relation -> labels."""
		table = {"table", "table.case", "table.minutes", "table.approved", "table.line", "table.deadline"}
		actions = {"table.action", "table.hr_action", "table.manager_action"}
		ccp = {"desk": self.of("ccp") | table | actions | {"held"}}
		everything = {"all": set(self.docs)}
		return {
			"coordinator": ccp | everything | {"coordinates": {"desk.ccp"}},
			"staff": ccp | everything,
			"adviser": {"own": self.of("advisers"), "received": {"ccp.referral"}} | everything,
			"other_adviser": {"received": {"ccp.referral"}} | everything,
			"leading_adviser": {
				"own": {"unheld", "held_advisers"},
				"received": {"ccp.referral"},
				"coordinates": {"desk.advisers"},
			}
			| everything,
			"ombuds_officer": {"own": self.of("ombuds")} | everything,
			"helper": {"granted": self.of("ccp")} | everything,
			"companion": {"supports": {"ccp.accused"}} | everything,
			"member": {"seat": table | actions, "assigned": {"table.action"}} | everything,
			"invited": everything,
			"hr_at_table": {"seat": table | actions} | everything,
			"hr_carrying_out": {"assigned": {"table.hr_action", "ccp.contact", "table.line"}} | everything,
			"hr_in_general": everything,
			"manager": {"decides": table | actions, "assigned": {"table.manager_action"}} | everything,
			"other_manager": everything,
			"board": {"published": {"figures.published"}} | everything,
			"privacy_officer": everything,
			"system_manager": {},
			"agent": {},
		}

	def _desk(self, visibility: str, members: dict[str, str]) -> str:
		desk = frappe.new_doc("SV Desk")
		desk.update(
			{
				"code": f"desk_{frappe.generate_hash(length=8)}",
				"title": "Desk",
				"desk_type": "Other",
				"visibility": visibility,
				"members": [{"user": self.people[name], "desk_role": role} for name, role in members.items()],
			}
		)
		return desk.insert().name

	def _case(self, desk: str, **values) -> None:
		"""A case with one of every document of a case."""
		report = make_report(desk=self.desks[desk], narrative="The story", **values)
		reporter = make_party(report.name, person_name="Robin Bakker")
		companion = {"supported_by": self.people["companion"]} if desk == "ccp" else {}
		accused = make_party(report.name, "Accused", person_name="Sam Visser", remarks="Remarks", **companion)
		consent = make_consent(report.name, reporter.name, to_desk=self.desks["advisers"])
		handed_over = {
			"referral_type": "Hand-over",
			"target": "Confidential adviser",
			"target_desk": self.desks["advisers"],
			"status": "Offered",
			"consent": consent.name,
		}
		message = make_message(report.name)
		plan = make_aftercare(report.name, plan="What is planned")
		made = {
			"report": report,
			"reporter": reporter,
			"accused": accused,
			"consent": consent,
			"message": message,
			"note": make_note(report.name, body="What was said"),
			"referral": make_referral(report, **(handed_over if desk == "ccp" else {})),
			"plan": plan,
			"action": make_action(report=report.name, action_text="To do"),
		}
		self.docs |= {f"{desk}.{label}": doc for label, doc in made.items()}
		held_by = self.people["hr_carrying_out"] if desk == "ccp" else None
		self._insert(
			"SV Aftercare Contact",
			f"{desk}.contact",
			aftercare=plan.name,
			report=report.name,
			planned_on=today(),
			held_by=held_by,
		)
		self._insert("SV Deadline", f"{desk}.deadline", report=report.name, **self._clock())
		self._row("SV Attachment", f"{desk}.attachment", report=report.name, message=message.name)
		given = {"user": self.people["helper"], "kind": "Temporary access", "confirmed_at": now_datetime()}
		until = add_days(now_datetime(), 1 if desk == "ccp" else -1)
		self._row("SV Access Grant", f"{desk}.grant", report=report.name, valid_until=until, **given)

	def _table(self) -> None:
		"""A decision table of the CCP on its case: two have accepted their seats, one has not."""
		seats = {"member": "Member", "invited": "Minutes writer", "hr_at_table": "HR adviser"}
		table = make_decision_table(
			desk=self.desks["ccp"],
			manager=self.people["manager"],
			members=[{"user": self.people[name], "capacity": as_} for name, as_ in seats.items()],
		)
		for row in table.members:
			if row.user != self.people["invited"]:
				row.db_set("accepted_at", now_datetime())
		self.docs["table"] = table
		reports = [{"report": self.docs["ccp.report"].name}]
		on_table = {"decision_table": table.name}
		self._insert(
			"SV Table Case",
			"table.case",
			subject="Employee",
			kind="Employment conflict",
			reports=reports,
			**on_table,
		)
		self.docs["table.minutes"] = make_minutes(table.name)
		approved = {"status": "Approved", "writer": self.people["staff"], "approver": self.people["manager"]}
		self.docs["table.approved"] = make_minutes(table.name, **approved)
		addressed_to = self.people["hr_carrying_out"]
		self._insert("SV Communication Line", "table.line", addressed_to=addressed_to, **on_table)
		for label, owner in {
			"action": "member",
			"hr_action": "hr_carrying_out",
			"manager_action": "manager",
		}.items():
			self.docs[f"table.{label}"] = make_action(action_owner=self.people[owner], **on_table)
		self._insert("SV Deadline", "table.deadline", **on_table, **self._clock())

	def _organisation(self) -> None:
		for code, name in self.desks.items():
			self.docs[f"desk.{code}"] = frappe.get_doc("SV Desk", name)
		self.docs["unit"] = make_unit()
		for doctype in ("SV Category", "SV Measure"):
			self.docs[doctype] = frappe.get_last_doc(doctype)
		self.docs["settings"] = frappe.get_doc("SV Settings")
		self._insert("SV Figures", "figures.draft", year=2998)
		self._insert("SV Figures", "figures.published", year=2999, status="Published")
		self._insert("SV Confidant Report", "confidant", received_on=today(), confidant="A", about="Unknown")
		report = self.docs["ccp.report"].name
		self._row("SV Denied", "denied", report=self.docs["unheld"].name, user_index="x", origin="By hand")
		self._row("SV Approval", "approval", kind="Break-glass", status="Asked")
		self._row("SV Access Log", "logged", action="Opened", document_type="SV Report", report=report)
		self._row("SV Data Key", "key", reference="x")
		self._row("SV Access Log Head", "head", position=0)

	def _clock(self) -> dict:
		return {"kind": "Triage", "started_at": now_datetime(), "due_at": add_days(now_datetime(), 1)}

	def _insert(self, doctype: str, label: str, **values) -> None:
		self.docs[label] = frappe.get_doc({"doctype": doctype, **values}).insert()

	def _row(self, doctype: str, label: str, **values) -> None:
		"""A row that only the system writes, and that its own document refuses."""
		doc = frappe.get_doc({"doctype": doctype, **values})
		doc.name = frappe.generate_hash(length=10)
		frappe.model.base_document.BaseDocument.db_insert(doc)
		self.docs[label] = doc


class InstitutionTestCase(IntegrationTestCase):
	"""The institution is made once for a class; what a test changes in it is taken back."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frappe.set_user("Administrator")
		cls.institution = Institution()
		cls.people, cls.docs = cls.institution.people, cls.institution.docs

	def setUp(self) -> None:
		super().setUp()
		frappe.set_user("Administrator")
		frappe.db.savepoint("institution")
		self.addCleanup(frappe.db.rollback, save_point="institution")
		self.addCleanup(frappe.set_user, "Administrator")

	def act_as(self, person: str) -> str:
		"""Log somebody of the institution in, and return the user id."""
		frappe.set_user(self.people[person])
		return self.people[person]

	def listed(self, person: str, doctype: str) -> set[str]:
		"""Return the labels of what this person's list of a doctype shows."""
		self.act_as(person)
		try:
			names = frappe.get_list(doctype, pluck="name", order_by="name asc", limit_page_length=0)
		except frappe.PermissionError:
			names = []
		return {self.institution.label(doctype, name) for name in names} - {None}
