"""Field rights on writing: what somebody may only read stays as it is, whatever form or API they use."""

import frappe
from frappe.client import insert as insert_by_api
from frappe.client import set_value as set_value_by_api
from frappe.utils import add_days, getdate, today

from sv_helpdesk.permissions.test_institution import InstitutionTestCase


class TestFields(InstitutionTestCase):
	def form(self, person: str, label: str):
		"""Return a document as this person's form has it: sealed texts shown where they may read them."""
		self.act_as(person)
		doc = frappe.get_doc(self.docs[label].doctype, self.docs[label].name)
		doc.onload()
		return frappe.get_doc(doc.as_dict(convert_dates_to_str=True))

	def stored(self, label: str, fieldname: str):
		return frappe.db.get_value(self.docs[label].doctype, self.docs[label].name, fieldname)

	def assert_not_yours(self, label: str, doc) -> None:
		with self.assertRaises(frappe.PermissionError) as refusal:
			doc.save()
		self.assertIn(label, str(refusal.exception))

	def test_who_carries_out_an_action_fills_in_progress_and_evidence(self):
		action = self.form("hr_carrying_out", "table.hr_action")
		action.update({"progress": 40, "evidence": "It was talked about."})
		action.save()
		self.assertEqual(self.stored("table.hr_action", "progress"), 40)
		self.assertEqual(self.form("hr_carrying_out", "table.hr_action").evidence, "It was talked about.")

	def test_but_not_its_text_due_date_severity_or_owner(self):
		for fieldname, value in {
			"action_text": "Something else",
			"due_on": add_days(today(), 9),
			"severity": "Light",
			"action_owner": "Administrator",
		}.items():
			action = self.form("hr_carrying_out", "table.hr_action")
			action.set(fieldname, value)
			self.assert_not_yours(action.meta.get_label(fieldname), action)

	def test_no_api_is_a_way_round(self):
		user = self.act_as("hr_carrying_out")
		with self.assertRaises(frappe.PermissionError):
			set_value_by_api("SV Action", self.docs["table.hr_action"].name, "due_on", "2030-01-01")
		set_value_by_api("SV Action", self.docs["table.hr_action"].name, "progress", "30")
		made_up = {"doctype": "SV Action", "decision_table": self.docs["table"].name, "action_owner": user}
		with self.assertRaises(frappe.PermissionError):
			insert_by_api({**made_up, "due_on": today()})

	def test_a_form_saved_unchanged_changes_nothing(self):
		for person, label in (("hr_carrying_out", "table.hr_action"), ("hr_carrying_out", "ccp.contact")):
			self.form(person, label).save()
		self.form("manager", "table").save()
		self.assertEqual(getdate(self.stored("ccp.contact", "planned_on")), getdate())

	def test_who_holds_a_contact_writes_it_up_and_moves_it_to_nobody(self):
		contact = self.form("hr_carrying_out", "ccp.contact")
		contact.how_it_goes = "Better"
		contact.save()
		contact.held_by = self.people["hr_in_general"]
		self.assert_not_yours(contact.meta.get_label("held_by"), contact)

	def test_a_member_fills_in_the_minutes_while_they_are_a_draft(self):
		minutes = self.form("member", "table.minutes")
		minutes.risks = "What could happen"
		minutes.save()
		self.assertTrue(self.stored("table.minutes", "risks"))
		minutes.approver = self.people["manager"]
		self.assert_not_yours(minutes.meta.get_label("approver"), minutes)

	def test_and_not_afterwards(self):
		frappe.db.set_value("SV Minutes", self.docs["table.minutes"].name, "status", "Submitted")
		minutes = self.form("member", "table.minutes")
		minutes.risks = "Too late"
		with self.assertRaises(frappe.PermissionError):
			minutes.save()

	def test_a_member_can_make_minutes_but_not_approve_them_at_once(self):
		self.act_as("member")
		values = {"doctype": "SV Minutes", "decision_table": self.docs["table"].name, "facts": "Facts"}
		made = frappe.get_doc(
			{**values, "approver": self.people["manager"], "version": 7, "checksum": "x"}
		).insert()
		self.assertEqual((made.status, made.approver, made.version, made.checksum), ("Draft", None, 1, None))

	def test_a_manager_writes_why_the_decision_deviates_and_nothing_else_of_the_table(self):
		table = self.form("manager", "table")
		table.update(
			{"deviates": 1, "deviated_by": self.people["manager"], "deviation_authority": "Line manager"}
		)
		table.deviation_reason = "Because"
		table.save()
		table.coordinator = self.people["manager"]
		self.assert_not_yours(table.meta.get_label("coordinator"), table)

	def test_nobody_changes_the_desk_of_a_case(self):
		report = self.form("staff", "ccp.report")
		report.desk = self.institution.desks["elsewhere"]
		with self.assertRaises(frappe.PermissionError):
			report.save()
		frappe.set_user("Administrator")
		report = frappe.get_doc("SV Report", report.name)
		report.desk = self.institution.desks["elsewhere"]
		with self.assertRaises(frappe.ValidationError):
			report.save()

	def test_nobody_moves_a_document_to_another_case(self):
		for label, fieldname in (
			("ccp.note", "report"),
			("ccp.contact", "aftercare"),
			("table.case", "decision_table"),
		):
			doc = self.form("staff", label)
			doc.set(fieldname, self.docs[{"report": "unheld"}.get(fieldname, "ombuds.plan")].name)
			with self.assertRaises(frappe.PermissionError):
				doc.save()

	def test_nobody_puts_another_desks_case_on_a_table(self):
		case = self.form("staff", "table.case")
		case.append("reports", {"report": self.docs["advisers.report"].name})
		with self.assertRaises(frappe.PermissionError):
			case.save()

	def test_what_the_system_keeps_stays_whatever_a_form_sends(self):
		report = self.form("staff", "ccp.report")
		number, index = report.case_number, self.stored("ccp.accused", "name_index")
		report.update(
			{"case_number": "SV-MINE", "vulnerable_dependence": 1, "import_key": "2024/1", "language": "en"}
		)
		report.append("kind_changes", {"from_kind": "Signal", "to_kind": "Report", "reason": "Other"})
		report.save()
		self.assertEqual(self.stored("ccp.report", "case_number"), number)
		self.assertEqual(self.stored("ccp.report", "language"), "en")
		self.assertFalse(
			self.stored("ccp.report", "import_key")
			or frappe.db.count("SV Kind Change", {"parent": report.name})
		)
		party = self.form("staff", "ccp.accused")
		party.name_index = "of somebody else"
		party.save()
		self.assertEqual(self.stored("ccp.accused", "name_index"), index)

	def test_converting_and_retracting_are_still_possible(self):
		self.act_as("staff")
		frappe.get_doc("SV Report", self.docs["ccp.report"].name).convert("Signal", "Other")
		self.assertEqual(self.stored("ccp.report", "kind"), "Signal")
		frappe.get_doc("SV Note", self.docs["ccp.note"].name).retract("A mistake")
		self.assertTrue(self.stored("ccp.note", "retracted"))

	def test_a_row_within_a_document_is_not_changed_past_the_document(self):
		self.act_as("staff")
		row = self.docs["table"].members[0]
		with self.assertRaises(frappe.PermissionError):
			frappe.get_doc(frappe.get_doc("SV Table Member", row.name).as_dict()).save()

	def test_a_client_that_says_nothing_is_sealed_stores_no_clear_text(self):
		self.act_as("staff")
		made_up = {
			"doctype": "SV Note",
			"report": self.docs["ccp.report"].name,
			"body": "In clear",
			"SEALED_FIELDS": [],
		}
		made = frappe.get_doc(made_up).insert()
		self.assertTrue(frappe.db.get_value("SV Note", made.name, "body").startswith("sv1."))

	def test_a_companions_form_shows_the_name_and_not_the_remarks(self):
		party = self.form("companion", "ccp.accused")
		self.assertEqual((party.person_name, party.remarks), ("Sam Visser", None))
		with self.assertRaises(frappe.PermissionError):
			party.save()

	def test_who_makes_a_case_where_only_handlers_see_them_handles_it(self):
		for person, desk, handles in (
			("adviser", "advisers", True),
			("leading_adviser", "advisers", False),
			("staff", "ccp", False),
		):
			user = self.act_as(person)
			made = frappe.get_doc(
				{"doctype": "SV Report", "desk": self.institution.desks[desk], "channel": "Telephone"}
			)
			made.insert()
			self.assertEqual(made.handler, user if handles else None)
			self.assertTrue(frappe.has_permission("SV Report", "read", doc=made.name))
