"""One conversion of a case to another kind; written by `SVReport.convert` only."""

from frappe.model.document import Document


class SVKindChange(Document):
	"""One conversion of a case to another kind; written by `SVReport.convert` only."""
