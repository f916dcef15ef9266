"""Minutes are locked once approved."""

from frappe.utils import add_days, now_datetime

from sv_helpdesk.test_utils import SVTestCase, make_decision_table, make_minutes, make_user


class TestSVMinutes(SVTestCase):
	def test_minutes_are_sealed_with_the_key_of_the_table(self):
		table = make_decision_table().name
		self.assertEqual(make_minutes(table).key_reference(), table)

	def test_a_meeting_was_in_the_past(self):
		tomorrow = add_days(now_datetime(), 1)
		self.assert_refused("in the future", make_minutes, make_decision_table().name, meeting_at=tomorrow)

	def test_nobody_approves_what_they_wrote(self):
		minutes = make_minutes(make_decision_table().name, writer=make_user())
		minutes.update({"status": "Approved", "approver": minutes.writer})
		self.assert_refused("somebody else", minutes.save)

	def test_approved_minutes_can_not_be_changed_or_deleted(self):
		minutes = make_minutes(make_decision_table().name, writer=make_user(), approver=make_user())
		minutes.status = "Approved"
		minutes.save()
		minutes.status = "Draft"
		self.assert_refused("can't be changed", minutes.save)
		self.assert_refused("can't be deleted", minutes.delete)
