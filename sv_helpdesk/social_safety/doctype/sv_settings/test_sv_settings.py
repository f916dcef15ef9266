"""Site-wide choices."""

import frappe

from sv_helpdesk.social_safety import choices
from sv_helpdesk.test_utils import SVTestCase


class TestSVSettings(SVTestCase):
	def test_thresholds_are_raised_only(self):
		self.assert_refused("can't be lower than 5", save_settings, threshold_internal=4)
		self.assert_refused("can't be lower than 10", save_settings, threshold_published=9)
		save_settings(threshold_internal=6, threshold_published=12)

	def test_what_is_published_hides_at_least_as_much(self):
		self.assert_refused("smaller numbers", save_settings, threshold_internal=20, threshold_published=10)

	def test_the_sender_on_sealed_tickets_can_not_exist(self):
		self.assert_refused("can't exist", save_settings, sealed_raised_by="melding@uni.example")

	def test_cases_are_kept_for_a_year_at_least(self):
		self.assert_refused("at least one year", save_settings, retention_years=0)

	def test_a_signal_needs_two_reporters_and_comes_within_reach(self):
		for fieldname in ("signal_person", "signal_unit"):
			for number in (0, 1, 21):
				self.assert_refused("2 to 20 reporters", save_settings, **{fieldname: number})
		save_settings(signal_person=3, signal_unit=5)
		self.assertEqual(choices.reporters_of_a_signal(), {"Person": 3, "Unit": 5})

	def test_contacts_come_in_order_within_two_years(self):
		for weeks in ("6, 2", "2, 2", "0", "-2", "27", "two", "2 weeks", "1.5"):
			self.assert_refused("ascending order", save_settings, aftercare_weeks=weeks)
		self.assert_refused("from 1 to 24", save_settings, aftercare_months="25")
		self.assert_refused("at least one contact", save_settings, aftercare_weeks="", aftercare_months=" ")
		save_settings(aftercare_weeks="", aftercare_months="1, 12")
		self.assertEqual(choices.contacts_after(), ([], [1, 12]))

	def test_a_choice_that_came_later_gets_its_default_and_what_was_chosen_stays(self):
		save_settings(signal_unit=7, aftercare_months="")
		frappe.db.delete("Singles", {"doctype": "SV Settings", "field": "aftercare_weeks"})
		for _times in range(2):
			choices.fill_in()
			frappe.db.value_cache.clear()
			self.assertEqual(choices.contacts_after(), ([2, 6], []))
			self.assertEqual(choices.reporters_of_a_signal()["Unit"], 7)

	def test_the_defaults_are_safe(self):
		settings = frappe.new_doc("SV Settings")
		self.assertEqual((settings.threshold_internal, settings.threshold_published), (5, 10))
		self.assertTrue(settings.sealed_raised_by.endswith(".invalid"))
		self.assertEqual((settings.signal_person, settings.signal_unit), (2, 3))
		self.assertEqual((settings.aftercare_weeks, settings.aftercare_months), ("2, 6", "3, 6"))


def save_settings(**values):
	settings = frappe.get_doc("SV Settings")
	safe = {"threshold_internal": 5, "threshold_published": 10, "retention_years": 2}
	safe |= {"signal_person": 2, "signal_unit": 3, "aftercare_weeks": "2, 6", "aftercare_months": "3, 6"}
	settings.update({**safe, "sealed_raised_by": "melding@verzegeld.invalid", **values})
	settings.save()
