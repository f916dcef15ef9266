"""What the tests share: a base class that fits every Frappe, and one factory per document.

A factory fills in what a document needs and nothing more; keyword arguments override. Names
are new each time, so that no cache remembers what a rollback took back.
"""

import unittest

import frappe
from frappe.utils import add_days, now_datetime

try:
	from frappe.tests import IntegrationTestCase
except ImportError:
	from frappe.tests.utils import FrappeTestCase as IntegrationTestCase

from sv_helpdesk.moments import this_minute
from sv_helpdesk.permissions.roles import CCP_STAFF


class SVTestCase(IntegrationTestCase):
	"""Each test runs as Administrator unless it says otherwise, and what it wrote is rolled back."""

	@classmethod
	def setUpClass(cls) -> None:
		# Frappe 16 would fill the site with made-up records of every linked doctype
		if doctype := _doctype_of(cls):
			frappe.local.test_objects.setdefault(doctype, [])
		super().setUpClass()

	def setUp(self) -> None:
		super().setUp()
		frappe.set_user("Administrator")
		self.addCleanup(frappe.db.rollback)
		self.addCleanup(frappe.set_user, "Administrator")

	def assert_refused(self, words: str, action, *args, **kwargs) -> None:
		"""Check that an action is refused with a message that holds these words."""
		with self.assertRaises(frappe.ValidationError) as refusal:
			action(*args, **kwargs)
		self.assertIn(words, str(refusal.exception))


def make_user(role: str | None = CCP_STAFF, **values) -> str:
	"""Return the id of a new user with one of our roles (or none)."""
	address = values.pop("email", f"{frappe.generate_hash(length=10)}@uni.example")
	user = frappe.get_doc(
		{
			"doctype": "User",
			"email": address,
			"first_name": "Somebody",
			"send_welcome_email": 0,
			"user_type": "System User",
			"roles": [{"role": role}] if role else [],
			**values,
		}
	)
	user.flags.no_welcome_mail = True
	user.insert(ignore_permissions=True)
	return user.name


def make_desk(*members: str, **values):
	"""Return a new desk; `members` are user ids."""
	return _insert(
		"SV Desk",
		{
			"code": f"desk_{frappe.generate_hash(length=8)}",
			"title": "Desk",
			"desk_type": "Concerns and complaints point",
			"visibility": "Whole desk",
			"members": [{"user": user} for user in members],
		},
		values,
	)


def make_unit(**values):
	"""Return a new part of the organisation."""
	return _insert("SV Unit", {"unit_name": f"Unit {frappe.generate_hash(length=8)}"}, values)


def make_calendar(**values):
	"""Return a new calendar, open on weekdays from 9 to 17 unless `hours` says otherwise."""
	week = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
	hours = [{"weekday": weekday, "opens_at": "09:00", "closes_at": "17:00"} for weekday in week]
	name = f"Calendar {frappe.generate_hash(length=8)}"
	return _insert("SV Calendar", {"calendar_name": name, "hours": hours}, values)


def make_term(kind: str, amount: int, unit: str = "Working days", **values):
	"""Return a new term that is valid from today, for all desks unless `desk` is given."""
	return _insert("SV Term", {"kind": kind, "amount": amount, "unit": unit}, values)


def make_report(**values):
	"""Return a new case, at a desk of its own unless `desk` is given."""
	if "desk" not in values:
		values["desk"] = make_desk().name
	return _insert(
		"SV Report", {"kind": "Report", "channel": "In person", "received_at": this_minute()}, values
	)


def make_report_without_clocks(**values):
	"""Return a new case of which none of the deadlines runs that begin with a case."""
	report = make_report(**values)
	frappe.db.delete("SV Deadline", {"report": report.name})
	return report


def make_party(report: str, party_role: str = "Reporter", **values):
	"""Return a new person of a case."""
	return _insert("SV Party", {"report": report, "party_role": party_role}, values)


def make_note(report: str, note_type: str = "Talk", **values):
	"""Return a new talk or working note of a case."""
	return _insert("SV Note", {"report": report, "note_type": note_type, "talk_at": now_datetime()}, values)


def make_message(report: str, **values):
	"""Return a new message of a case, as somebody registers it by hand."""
	return _insert("SV Message", {"report": report, "channel": "Telephone", "body": "Text"}, values)


def make_consent(report: str, party: str, **values):
	"""Return a person's consent to share a summary with somebody outside."""
	return _insert(
		"SV Consent",
		{
			"report": report,
			"party": party,
			"basis": "Consent",
			"scope": "Summary",
			"how_given": "In writing",
			"recipient": "The company doctor",
			"purpose": "To get help",
		},
		values,
	)


def make_referral(report, **values):
	"""Return a new referral of a case (the document) to the police."""
	return _insert(
		"SV Referral",
		{"report": report.name, "referral_type": "Referral", "target": "Police", "from_desk": report.desk},
		values,
	)


def make_complaint(report: str, **values):
	"""Return the formal complaint of a case of that kind, drawn up for a committee."""
	complaint = {"report": report, "committee": "The committee", "advice_status": "Advisory"}
	return _insert("SV Complaint", complaint, values)


def make_complaint_part(complaint: str, kind: str = "Document", **values):
	"""Return a new part of a complaint's file, made for it and for everybody to read."""
	part = {"complaint": complaint, "kind": kind, "origin": "Made for the complaint", "for_committee": 1}
	return _insert("SV Complaint Part", {**part, "open_to": "Both", "body": "What it says"}, values)


def make_decision_table(**values):
	"""Return a new decision table, at a desk of its own unless `desk` is given."""
	if "desk" not in values:
		values["desk"] = make_desk().name
	return _insert("SV Decision Table", {"started_from": "Report"}, values)


def make_table_case(decision_table: str, *reports: str, **values):
	"""Return a new case of a decision table, with these reports."""
	case = {"decision_table": decision_table, "reports": [{"report": report} for report in reports]}
	return _insert("SV Table Case", {**case, "subject": "Employee", "kind": "Undesirable behaviour"}, values)


def make_minutes(decision_table: str, **values):
	"""Return new minutes of a decision table."""
	return _insert("SV Minutes", {"decision_table": decision_table, "facts": "What is known"}, values)


def make_action(**values):
	"""Return a new action; say what it belongs to."""
	return _insert("SV Action", {"action_owner": "Administrator", "due_on": now_datetime().date()}, values)


def make_deadline(**values):
	"""Return a new clock, which started just now and is due in a week; say what it belongs to."""
	now = this_minute()
	clock = {"kind": "Triage", "started_at": now, "due_at": add_days(now, 7)}
	if values.get("report"):
		clock |= {"document_type": "SV Report", "document_name": values["report"]}
	return _insert("SV Deadline", clock, values)


def make_communication_line(decision_table: str, addressed_to: str, **values):
	"""Return a new line of a decision table that one person has to know."""
	line = {"decision_table": decision_table, "addressed_to": addressed_to, "line_text": "What to know"}
	return _insert("SV Communication Line", line, values)


def make_aftercare(report: str, meant_for: str = "Reporter", **values):
	"""Return a new aftercare plan of a case."""
	return _insert("SV Aftercare", {"report": report, "meant_for": meant_for}, values)


def make_aftercare_contact(aftercare: str, held_by: str, **values):
	"""Return a new contact of an aftercare plan, planned today."""
	contact = {"aftercare": aftercare, "held_by": held_by, "planned_on": now_datetime().date()}
	return _insert("SV Aftercare Contact", contact, values)


def _insert(doctype: str, values: dict, overrides: dict):
	doc = frappe.get_doc({"doctype": doctype, **values, **overrides})
	# a test begins where it wants
	doc.flags.status_as_given = True
	return doc.insert()


def _doctype_of(case: type[unittest.TestCase]) -> str | None:
	parts = case.__module__.split(".")
	if "doctype" not in parts:
		return None
	folder = parts[parts.index("doctype") + 1]
	names = frappe.get_all("DocType", filters={"module": "Social Safety"}, pluck="name", order_by="name asc")
	return next((name for name in names if frappe.scrub(name) == folder), None)
