"""Actions belong to something."""

import frappe

from sv_helpdesk.test_utils import SVTestCase, make_action, make_aftercare, make_decision_table, make_report


class TestSVAction(SVTestCase):
	def test_an_action_of_nothing_is_refused(self):
		self.assert_refused("belongs to nothing", make_action)

	def test_an_action_of_an_aftercare_plan_belongs_to_its_case(self):
		report = make_report().name
		action = make_action(aftercare=make_aftercare(report).name, action_text="Call")
		self.assertEqual((action.report, action.key_reference()), (report, report))

	def test_an_action_of_a_table_is_sealed_with_the_key_of_the_table(self):
		table = make_decision_table().name
		self.assertEqual(make_action(decision_table=table, action_text="Call").key_reference(), table)

	def test_an_action_that_is_done_is_done_entirely(self):
		self.assertEqual(make_action(report=make_report().name, status="Done", progress=20).progress, 100)

	def test_a_measure_out_of_use_can_not_be_chosen(self):
		measure = {
			"doctype": "SV Measure",
			"code": frappe.generate_hash(length=8),
			"title": "Old",
			"phase": "Aftercare",
		}
		old = frappe.get_doc({**measure, "enabled": 0}).insert().name
		action = {"report": make_report().name, "measure": old}
		self.assert_refused("no longer in use", make_action, **action)

	def test_progress_is_a_share(self):
		self.assert_refused("between 0 and 100", make_action, report=make_report().name, progress=101)
