"""Lines of a decision table."""

from frappe.utils import add_days, now_datetime

from sv_helpdesk.test_utils import (
	SVTestCase,
	make_communication_line,
	make_decision_table,
	make_minutes,
	make_user,
)


class TestSVCommunicationLine(SVTestCase):
	def setUp(self):
		super().setUp()
		self.table, self.user = make_decision_table().name, make_user("SV HR Advisor")

	def test_a_line_is_sealed_with_the_key_of_the_table(self):
		self.assertEqual(make_communication_line(self.table, self.user).key_reference(), self.table)

	def test_its_minutes_are_of_the_same_table(self):
		other = make_minutes(make_decision_table().name).name
		self.assert_refused(
			"another decision table", make_communication_line, self.table, self.user, minutes=other
		)
		make_communication_line(self.table, self.user, minutes=make_minutes(self.table).name)

	def test_nobody_was_told_tomorrow(self):
		tomorrow = add_days(now_datetime(), 1)
		self.assert_refused(
			"in the future", make_communication_line, self.table, self.user, communicated_at=tomorrow
		)
