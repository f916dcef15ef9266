"""An invented institution for the tests of the rules: one of each document, people of every role.

Whose each document is stands in `Institution.holds`, written by hand; the tests compare the lists
and checks of the app with it.
"""

import frappe

from sv_helpdesk.permissions import roles
from sv_helpdesk.permissions.test_institution_documents import InstitutionDocuments
from sv_helpdesk.test_utils import IntegrationTestCase, make_user

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


class Institution(InstitutionDocuments):
	"""The people, their desks and documents, and whose each document is."""

	def __init__(self):
		self.people = {name: make_user(role) for name, role in PEOPLE.items()}
		self.desks = {code: self._desk(*values) for code, values in DESKS.items()}
		self.make_documents()

	def label(self, doctype: str, name: str) -> str | None:
		"""Return the label of a document of this institution."""
		found = (key for key, doc in self.docs.items() if (doc.doctype, doc.name) == (doctype, name))
		return next(found, None)

	def of(self, desk: str) -> set[str]:
		"""Return the labels of everything of the desk's case."""
		return {label for label in self.docs if label.startswith(f"{desk}.")}

	def holds(self) -> dict[str, dict[str, set[str]]]:
		"""Return whose each document is: person -> relation -> labels."""
		table = {"table", "table.case", "table.minutes", "table.approved", "table.line"}
		table |= {
			"table.deadline",
			"table.step",
			"table.contribution",
			"table.agreed",
			"table.approval",
			"table.copy",
		}
		actions = {"table.action", "table.hr_action", "table.manager_action"}
		ccp = {"desk": self.of("ccp") | table | actions | {"held", "asked_table"}}
		everything = {"all": set(self.docs)}
		# what was published is open to everybody who works on cases, and to the board
		working = everything | {"published": {"figures.published"}}
		return {
			"coordinator": ccp
			| working
			| {"coordinates": {"desk.ccp", "term.ccp"}, "common": {"common_term", "calendar"}},
			"staff": ccp | working,
			"adviser": {"own": self.of("advisers"), "received": {"ccp.referral"}} | working,
			"other_adviser": {"received": {"ccp.referral"}, "second": {"advisers.request"}} | working,
			"leading_adviser": {
				"own": {"unheld", "held_advisers"},
				"received": {"ccp.referral"},
				"coordinates": {"desk.advisers", "term.advisers", "calendar.advisers"},
			}
			| working,
			"ombuds_officer": {"own": self.of("ombuds")} | working,
			"helper": {"granted": self.of("ccp")} | working,
			"companion": {"supports": {"ccp.accused"}} | everything,
			"member": {"seat": table | actions, "assigned": {"table.action"}} | everything,
			"invited": everything,
			"hr_at_table": {"seat": table | actions} | everything,
			"hr_carrying_out": {"assigned": {"table.hr_action", "ccp.contact", "table.line"}} | everything,
			"hr_in_general": everything,
			"manager": {
				"decides": table | actions,
				"asked": {"table"},
				"assigned": {"table.manager_action"},
			}
			| everything,
			"other_manager": {"asked": {"asked_table"}} | everything,
			"board": working,
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
