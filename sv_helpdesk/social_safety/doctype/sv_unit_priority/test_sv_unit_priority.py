"""A priority in a unit's plan."""

import frappe

from sv_helpdesk.test_utils import SVTestCase, make_unit


class TestSVUnitPriority(SVTestCase):
	def test_a_light_needs_its_explanation(self):
		self.assert_refused("what came of it", make_priority, progress="Partly")
		make_priority(progress="Partly", outcome="Half of the managers were trained.")

	def test_a_year_is_a_calendar_year(self):
		self.assert_refused("four digits", make_priority, year=24)


def make_priority(**values):
	"""Return a new priority, of a unit of its own unless `unit` is given."""
	row = {"doctype": "SV Unit Priority", "year": 2024, "subject": "Policy", **values}
	return frappe.get_doc({"unit": values.get("unit") or make_unit().name, **row}).insert()
