"""One measure of the catalogue."""

import frappe
from frappe import _
from frappe.model.document import Document


class SVMeasure(Document):
	"""Care and aftercare have a phase, sanctions have a severity; no measure is both."""

	def validate(self):
		self.check_sort()

	def check_sort(self) -> None:
		"""Refuse a measure that is neither care nor a sanction, or both."""
		if bool(self.phase) == bool(self.severity):
			frappe.throw(
				_(
					"A measure is either care, with a phase, or a sanction, with a severity. Fill in one of the two."
				)
			)
