"""Notes are retracted, never deleted."""

import frappe
from frappe.utils import add_days, now_datetime

from sv_helpdesk.test_utils import SVTestCase, make_desk, make_note, make_party, make_report, make_user


class TestSVNote(SVTestCase):
	def setUp(self):
		super().setUp()
		self.member = make_user()
		self.report = make_report(desk=make_desk(self.member).name).name

	def test_the_author_is_who_wrote_it(self):
		frappe.set_user(self.member)
		self.assertEqual(make_note(self.report, author="Administrator").author, self.member)

	def test_a_note_can_not_be_deleted(self):
		self.assert_refused("can't be deleted", make_note(self.report).delete)

	def test_a_retracted_note_no_longer_counts_as_a_talk(self):
		note = make_note(self.report)
		frappe.set_user(self.member)
		note.retract("Written in the wrong case")
		self.assertEqual(frappe.db.get_value("SV Report", self.report, "intervention"), "Report only")
		stored = frappe.get_doc("SV Note", note.name)
		self.assertEqual(
			(stored.retracted, stored.opened("retraction_reason")), (1, "Written in the wrong case")
		)

	def test_retracting_needs_a_reason(self):
		self.assert_refused("no reason", make_note(self.report).retract, "  ")

	def test_a_retracted_note_stays_as_it_is(self):
		note = make_note(self.report)
		frappe.set_user(self.member)
		note.retract("Mistake")
		stored = frappe.get_doc("SV Note", note.name)
		self.assert_refused("retracted already", stored.retract, "Again")
		stored.duration_minutes = 10
		self.assert_refused("can't be changed", stored.save)

	def test_saving_does_not_retract(self):
		note = make_note(self.report)
		note.retracted = 1
		note.save()
		self.assertFalse(frappe.db.get_value("SV Note", note.name, "retracted"))

	def test_who_may_not_change_the_note_can_not_retract_it(self):
		note = make_note(self.report)
		frappe.set_user(make_user())
		self.assertRaises(frappe.PermissionError, note.retract, "Mistake")

	def test_a_talk_was_held_in_the_past(self):
		self.assert_refused("in the future", make_note, self.report, talk_at=add_days(now_datetime(), 1))

	def test_a_talk_is_with_somebody_of_this_case(self):
		stranger = make_party(make_report().name).name
		self.assert_refused("another case", make_note, self.report, party=stranger)
		make_note(self.report, party=make_party(self.report).name)
