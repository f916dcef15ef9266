"""What somebody else counted in a year and delivered as numbers only."""

import frappe
from frappe import _

from sv_helpdesk.access_log.document import LoggedDocument
from sv_helpdesk.reports import delivered_numbers
from sv_helpdesk.social_safety import checks


class SVDeliveredFigures(LoggedDocument):
	"""Delivered figures (aangeleverde cijfers): one row per year and body, corrected until the year is frozen.

	They are counted apart and never added to what the desks counted: the same person may be in both.
	"""

	def validate(self):
		checks.calendar_year(self, "year")
		checks.not_in_future(self, "delivered_on")
		checks.in_use(self, "unit")
		self.refuse_second()
		self.refuse_change_of_frozen()
		self.check_numbers()
		self.entered_by = frappe.session.user

	def refuse_second(self) -> None:
		"""A body delivers once a year; what it delivers again takes the place of what it delivered before."""
		same = {"year": self.year, "source": self.source, "body": self.body, "name": ["!=", self.name or ""]}
		if frappe.db.exists("SV Delivered Figures", {**same, "unit": self.unit or ["is", "not set"]}):
			frappe.throw(
				_("The figures of this body and year were entered already. Open those and correct them.")
			)

	def refuse_change_of_frozen(self) -> None:
		"""A year that is frozen has the numbers as they were then; one that is being frozen is waited for."""
		before, figures = self.get_doc_before_save(), frappe.qb.DocType("SV Figures")
		years = [self.year, *([before.year] if before else [])]
		of_years = figures.year.isin(years) & (figures.origin == "Counted here")
		query = frappe.qb.from_(figures).select(figures.status).where(of_years)
		if set(query.for_update().run(pluck=True)) - {"Draft"}:
			frappe.throw(
				_(
					"The figures of this year are frozen. Take them back to draft before you change what is in them."
				)
			)

	def check_numbers(self) -> None:
		"""All that is wrong is said at once, row by row."""
		faults = delivered_numbers.faults([row.as_dict() for row in self.numbers])
		if faults:
			frappe.throw(faults, as_list=True)
