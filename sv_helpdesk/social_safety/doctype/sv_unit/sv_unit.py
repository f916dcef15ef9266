"""A part of the organisation, with its head counts."""

import frappe
from frappe import _
from frappe.model.document import Document

from sv_helpdesk.social_safety import checks


class SVUnit(Document):
	"""Figures per unit divide by its head count of the year."""

	def validate(self):
		self.check_parents()
		checks.no_row_twice(self, "headcounts", "year")

	def check_parents(self) -> None:
		"""Refuse a unit that is part of itself, directly or by a detour."""
		above, seen = self.parent_unit, {self.unit_name}
		while above:
			if above in seen:
				frappe.throw(_("A unit can't be part of itself. Choose another larger unit."))
			seen.add(above)
			above = frappe.db.get_value("SV Unit", above, "parent_unit")
