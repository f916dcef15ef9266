"""The catalogue of measures and categories that a site starts with."""

import frappe

from sv_helpdesk.social_safety.masters import sync_masters
from sv_helpdesk.test_utils import SVTestCase


class TestSVMeasure(SVTestCase):
	def test_a_measure_is_care_or_a_sanction(self):
		neither = {"doctype": "SV Measure", "code": "x", "title": "X", "enabled": 1}
		self.assert_refused("either care", frappe.get_doc(neither).insert)
		both = {**neither, "phase": "Aftercare", "severity": "Light"}
		self.assert_refused("either care", frappe.get_doc(both).insert)

	def test_every_group_of_people_has_care_at_once_and_aftercare(self):
		for person in ("Reporter", "Accused", "Witness", "Team"):
			for phase in ("Care at once", "Aftercare"):
				self.assertTrue(frappe.db.exists("SV Measure", {"meant_for": person, "phase": phase}))

	def test_every_severity_has_sanctions(self):
		for severity in ("Light", "Moderate", "Serious", "Very serious"):
			self.assertTrue(frappe.db.exists("SV Measure", {"severity": severity}))

	def test_setup_keeps_what_the_institution_changed_and_restores_nothing_else(self):
		frappe.db.set_value("SV Category", "bullying", "definition", "Our own words")
		frappe.db.delete("SV Category", {"name": "other"})
		sync_masters()
		self.assertEqual(frappe.db.get_value("SV Category", "bullying", "definition"), "Our own words")
		self.assertTrue(frappe.db.exists("SV Category", "other"))

	def test_discrimination_and_racism_are_counted_together(self):
		groups = {
			frappe.db.get_value("SV Category", code, "figure_group") for code in ("discrimination", "racism")
		}
		self.assertEqual(groups, {"discrimination_racism"})
