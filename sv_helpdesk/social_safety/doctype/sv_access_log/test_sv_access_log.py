"""The access log is append only."""

import frappe
from frappe.utils import now_datetime

from sv_helpdesk.test_utils import SVTestCase


class TestSVAccessLog(SVTestCase):
	def test_a_row_can_not_be_changed_or_deleted(self):
		row = frappe.get_doc(
			{
				"doctype": "SV Access Log",
				"logged_at": now_datetime(),
				"user": "Administrator",
				"action": "Opened",
				"document_type": "SV Report",
			}
		).insert()
		row.action = "Changed"
		self.assert_refused("can't be changed", row.save)
		self.assert_refused("can't be deleted", row.delete)
