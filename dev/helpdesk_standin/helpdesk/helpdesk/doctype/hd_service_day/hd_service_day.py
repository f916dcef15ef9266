"""HD Service Day, as far as the stand-in needs it."""

from frappe.model.document import Document


class HDServiceDay(Document):
	"""Holds its fields; nothing more happens here."""
