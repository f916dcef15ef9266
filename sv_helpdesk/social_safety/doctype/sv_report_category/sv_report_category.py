"""A further category of a report."""

from frappe.model.document import Document


class SVReportCategory(Document):
	"""A further category of a report."""
