"""Aftercare plans."""

import frappe

from sv_helpdesk.test_utils import SVTestCase, make_aftercare, make_party, make_report


class TestSVAftercare(SVTestCase):
	def test_aftercare_for_a_team_names_no_person(self):
		report = make_report().name
		party = make_party(report).name
		self.assert_refused("names no person", make_aftercare, report, "Team", party=party)
		make_aftercare(report, "Reporter", party=party)

	def test_the_unfounded_path_needs_that_outcome(self):
		self.assert_refused("isn't unfounded", make_aftercare, make_report().name, unfounded_path=1)
		make_aftercare(make_report(outcome="Unfounded").name, "Accused", unfounded_path=1)

	def test_a_contact_belongs_to_the_case_of_its_plan(self):
		report = make_report().name
		contact = frappe.get_doc(
			{
				"doctype": "SV Aftercare Contact",
				"aftercare": make_aftercare(report).name,
				"report": make_report().name,
				"planned_on": "2026-10-01",
			}
		).insert()
		self.assertEqual(contact.report, report)
