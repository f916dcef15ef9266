"""A coded count of a report to a faculty's PhD confidant."""

from frappe.model.document import Document

from sv_helpdesk.social_safety import checks


class SVConfidantReport(Document):
	"""Counted apart from the cases; holds no content and no names."""

	def validate(self):
		checks.not_in_future(self, "received_on")
		checks.in_use(self, "unit")
