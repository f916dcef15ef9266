"""Messages are written once."""

import frappe
from frappe.utils import add_days, now_datetime

from sv_helpdesk.test_utils import SVTestCase, make_desk, make_message, make_report, make_user


class TestSVMessage(SVTestCase):
	def setUp(self):
		super().setUp()
		self.member = make_user()
		self.report = make_report(desk=make_desk(self.member).name).name
		frappe.set_user(self.member)

	def test_a_message_can_not_be_changed(self):
		message = make_message(self.report)
		message.body = "Another text"
		with self.assertRaises(frappe.PermissionError):
			message.save()
		frappe.set_user("Administrator")
		self.assert_refused("can't be changed", message.save)

	def test_a_message_does_not_come_in_tomorrow(self):
		tomorrow = add_days(now_datetime(), 1)
		self.assert_refused("in the future", make_message, self.report, message_at=tomorrow)

	def test_a_message_can_not_be_deleted(self):
		frappe.set_user("Administrator")
		self.assert_refused("can't be deleted", make_message(self.report).delete)

	def test_a_message_written_by_hand_is_not_sent_by_the_outbox(self):
		message = make_message(self.report, direction="Outgoing", delivery_status="Waiting", sender_index="x")
		self.assertFalse(message.delivery_status or message.sender_index)
		self.assertEqual(message.author, self.member)
