"""One span of opening hours."""

from frappe.model.document import Document


class SVOpeningHours(Document):
	"""One span of opening hours."""
