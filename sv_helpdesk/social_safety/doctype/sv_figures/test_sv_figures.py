"""A year's figures."""

import frappe

from sv_helpdesk.test_utils import SVTestCase


class TestSVFigures(SVTestCase):
	def test_one_row_per_year_and_origin(self):
		make_figures()
		self.assert_refused("already", make_figures)
		make_figures(origin="Taken over")

	def test_frozen_figures_stay(self):
		figures = make_figures(status="Frozen")
		figures.figures = '{"reports": 2}'
		self.assert_refused("can't be changed", figures.save)

	def test_a_state_comes_by_steps_only(self):
		figures = frappe.get_doc("SV Figures", make_figures().name)
		figures.status = "Approved"
		self.assert_refused("by its steps only", figures.save)

	def test_a_year_is_a_calendar_year(self):
		self.assert_refused("four digits", make_figures, year=24)


def make_figures(**values):
	row = {"doctype": "SV Figures", "year": 2019, "figures": '{"reports": 1}', **values}
	figures = frappe.get_doc(row)
	figures.flags.status_as_given = True
	return figures.insert()
