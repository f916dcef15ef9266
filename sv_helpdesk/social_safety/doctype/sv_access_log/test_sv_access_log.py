"""The access log is append only, whoever tries."""

import frappe

from sv_helpdesk import access_log
from sv_helpdesk.test_utils import SVTestCase


class TestSVAccessLog(SVTestCase):
	def setUp(self) -> None:
		super().setUp()
		access_log.record("Opened", "SV Report", "somecase")
		access_log.write_now()
		self.row = frappe.get_last_doc("SV Access Log", order_by="position desc")

	def test_a_row_can_not_be_changed_or_deleted(self):
		self.row.action = "Changed"
		self.assert_refused("can't be changed", self.row.save)
		self.assert_refused("can't be changed", self.row.db_update)
		self.assert_refused("can't be changed", self.row.delete)
		self.assert_refused(
			"can't be changed", frappe.delete_doc, self.row.doctype, self.row.name, force=True
		)

	def test_a_row_can_not_be_made_by_hand(self):
		copy = frappe.copy_doc(self.row)
		self.assert_refused("can't be changed", copy.insert)
		self.assert_refused("can't be changed", copy.db_insert)
