"""The catalogue of measures and categories that a site starts with."""

import frappe

from sv_helpdesk.social_safety import severity
from sv_helpdesk.social_safety.masters import sync_masters
from sv_helpdesk.test_utils import SVTestCase, make_user

LEVELS = ("Light", "Moderate", "Serious", "Very serious")


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

	def test_the_catalogue_knows_who_is_helped_after_which_outcome(self):
		unfounded = frappe.get_all(
			"SV Measure", {"fits_outcome": "Unfounded"}, ["meant_for", "phase"], order_by="code asc"
		)
		self.assertEqual({row.meant_for for row in unfounded}, {"Reporter", "Accused", "Team", "Manager"})
		self.assertEqual({row.phase for row in unfounded}, {"Aftercare"})
		# what follows a sanction is nothing for somebody who did nothing
		self.assertEqual(
			frappe.db.get_value("SV Measure", "after_accused_plan", "fits_outcome"), "Not unfounded"
		)

	def test_every_severity_has_sanctions(self):
		for level in LEVELS:
			self.assertTrue(frappe.db.exists("SV Measure", {"severity": level}))

	def test_the_severity_guide_has_examples_and_measures_for_each_level_in_dutch_too(self):
		frappe.set_user(make_user())
		english = severity.guide()
		self.assertEqual([level["severity"] for level in english["levels"]], list(LEVELS))
		for level in english["levels"]:
			self.assertTrue(level["examples"] and level["measures"])
		self.assertEqual(len(english["factors"]), 6)
		frappe.local.lang = "nl"
		self.addCleanup(setattr, frappe.local, "lang", "en")
		dutch = severity.guide()
		self.assertEqual(dutch["levels"][0]["examples"][2], "Een enkele grap over de rug van een collega")
		self.assertFalse(set(dutch["power"]) & set(english["power"]))
		frappe.set_user(make_user(None))
		with self.assertRaises(frappe.PermissionError):
			severity.guide()

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
