"""One seat at a decision table."""

from frappe.model.document import Document


class SVTableMember(Document):
	"""One seat at a decision table."""
