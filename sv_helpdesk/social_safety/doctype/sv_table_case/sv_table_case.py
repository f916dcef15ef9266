"""One case that a decision table deals with."""

from frappe.model.document import Document

from sv_helpdesk.social_safety import checks


class SVTableCase(Document):
	"""Coded facts only; several reports about one person are one case here."""

	def validate(self):
		checks.no_row_twice(self, "reports", "report")
