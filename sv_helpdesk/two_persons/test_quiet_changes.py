"""What would take something from our people without a word: refused, or told at once."""

from unittest.mock import patch

import frappe

from sv_helpdesk.test_utils import SVTestCase
from sv_helpdesk.two_persons import approvals, code_fields, our_forms, rows, settings
from sv_helpdesk.two_persons.doors import DOORS


class TestQuietChanges(SVTestCase):
	def setUp(self) -> None:
		super().setUp()
		for module in (approvals, settings):
			self.enterContext(patch.object(module, "from_outside", lambda: True))
		self.addCleanup(setattr, frappe.local, rows.COLLECTED, [])

	def reported(self, doctype: str) -> int:
		return frappe.db.count("SV Approval", {"target_doctype": doctype, "status": "Reported"})

	def test_nobody_takes_the_report_of_who_opened_what_from_its_readers(self):
		role = {"doctype": "Custom Role", "roles": [{"role": "System Manager"}]}
		for place in ({"report": "Who opened what"}, {"page": "shared-with-me"}):
			with self.assertRaises(frappe.PermissionError):
				frappe.get_doc({**role, **place}).insert()

	def test_the_order_of_the_apps_that_decides_who_reads_the_mails_stays(self):
		door = "frappe.core.doctype.installed_applications.installed_applications.update_installed_apps_order"
		self.assertIs(DOORS[door], our_forms.reorder_apps)
		with self.assertRaisesRegex(frappe.PermissionError, "mails to a desk"):
			DOORS[door]({"new_order": ["frappe", "sv_helpdesk", "helpdesk"]})

	def test_a_job_of_ours_that_is_stopped_is_told_at_once_and_another_one_is_not(self):
		ours, other = (
			frappe.get_last_doc("Scheduled Job Type", filters={"method": ["like", f"{app}.%"]})
			for app in ("sv_helpdesk", "frappe")
		)
		before = self.reported("Scheduled Job Type")
		for job in (ours, other):
			job.stopped = 1
			job.save()
		self.assertEqual(self.reported("Scheduled Job Type"), before + 1)

	def test_another_clock_and_a_stopped_scheduler_are_told_at_once(self):
		for fieldname, value in (("time_zone", "Asia/Tokyo"), ("enable_scheduler", 0)):
			doc = frappe.get_doc("System Settings")
			frappe.db.set_single_value("System Settings", fieldname, "Europe/Amsterdam" if value else 1)
			before = self.reported("System Settings")
			doc.set(fieldname, value)
			settings.system_settings_validate(doc)
			self.assertEqual(self.reported("System Settings"), before + 1)

	def test_an_address_that_runs_is_seen_however_it_is_written(self):
		for address in ("javascript:x()", "java&#115;cript:x()", "java&Tab;script:x()", "java\nscript:x()"):
			self.assertTrue(code_fields.runs(f"<a href='{address}'>Save</a>"), address)
		self.assertFalse(code_fields.runs("<a href='https://uni.example'>Java script</a>"))
