"""Days on which a desk is closed besides public holidays."""

from frappe.model.document import Document


class SVClosingDay(Document):
	"""Days on which a desk is closed besides public holidays."""
