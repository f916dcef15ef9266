"""A report within a case of a decision table."""

from frappe.model.document import Document


class SVTableCaseReport(Document):
	"""A report within a case of a decision table."""
