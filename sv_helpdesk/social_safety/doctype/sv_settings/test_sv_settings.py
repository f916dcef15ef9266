"""Site-wide choices."""

import frappe

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

	def test_the_defaults_are_safe(self):
		settings = frappe.new_doc("SV Settings")
		self.assertEqual((settings.threshold_internal, settings.threshold_published), (5, 10))
		self.assertTrue(settings.sealed_raised_by.endswith(".invalid"))


def save_settings(**values):
	settings = frappe.get_doc("SV Settings")
	safe = {"threshold_internal": 5, "threshold_published": 10, "retention_years": 2}
	settings.update({**safe, "sealed_raised_by": "melding@verzegeld.invalid", **values})
	settings.save()
