"""Aftercare plans."""

import frappe
from frappe.utils import add_days, nowdate

from sv_helpdesk.test_utils import SVTestCase, make_aftercare, make_party, make_report, make_unit


class TestSVAftercare(SVTestCase):
	def test_aftercare_for_a_team_names_no_person(self):
		report = make_report().name
		party = make_party(report).name
		self.assert_refused("names no person", make_aftercare, report, "Team", party=party)
		make_aftercare(report, "Reporter", party=party)

	def test_aftercare_is_for_somebody_of_this_case(self):
		stranger = make_party(make_report().name).name
		self.assert_refused("another case", make_aftercare, make_report().name, party=stranger)

	def test_a_unit_out_of_use_can_not_be_chosen(self):
		unit = make_unit(enabled=0).name
		self.assert_refused("no longer in use", make_aftercare, make_report().name, "Team", unit=unit)

	def test_a_measure_is_taken_once(self):
		measures = [{"measure": "care_team_talk"}, {"measure": "care_team_talk"}]
		self.assert_refused("twice", make_aftercare, make_report().name, "Team", measures=measures)

	def test_aftercare_is_evaluated_in_the_past_and_before_it_is_closed(self):
		report = make_report().name
		self.assert_refused("in the future", make_aftercare, report, evaluated_on=add_days(nowdate(), 2))
		days = {"evaluated_on": nowdate(), "closed_on": add_days(nowdate(), -1)}
		self.assert_refused("is before", make_aftercare, report, **days)

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
