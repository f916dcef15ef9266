"""Held mails: what intake wrote stays."""

import frappe
from frappe.utils import now_datetime

from sv_helpdesk.test_utils import SVTestCase, make_desk, make_report, make_user


class TestSVHeldMail(SVTestCase):
	def setUp(self):
		super().setUp()
		member = make_user()
		self.held = frappe.get_doc(
			{
				"doctype": "SV Held Mail",
				"desk": make_desk(member).name,
				"reason": "Automatic reply",
				"received_at": now_datetime(),
				"subject": "Away",
			}
		).insert()
		frappe.set_user(member)
		self.held.reload()

	def test_it_has_a_key_of_its_own_whatever_case_it_is_taken_into(self):
		self.held.report = make_report_name()
		self.assertEqual(self.held.key_reference(), self.held.name)

	def test_the_desk_sets_it_aside_and_changes_nothing_else(self):
		self.held.update({"status": "Set aside", "reason": "Delivery failure"})
		self.held.save()
		self.assertEqual((self.held.status, self.held.reason), ("Set aside", "Automatic reply"))
		self.assertEqual(self.held.opened("subject"), "Away")

	def test_it_can_not_be_deleted(self):
		frappe.set_user("Administrator")
		self.assert_refused("can't be deleted", self.held.delete)

	def test_only_intake_takes_it_in(self):
		self.held.status = "Taken in"
		self.assert_refused("follows from", self.held.save)


def make_report_name() -> str:
	frappe.set_user("Administrator")
	return make_report().name
