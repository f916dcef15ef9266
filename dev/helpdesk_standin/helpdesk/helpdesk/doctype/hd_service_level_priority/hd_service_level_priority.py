"""HD Service Level Priority, as far as the stand-in needs it."""

from frappe.model.document import Document


class HDServiceLevelPriority(Document):
	"""Holds its fields; nothing more happens here."""
