"""HD Form Script, as far as the stand-in needs it."""

from frappe.model.document import Document


class HDFormScript(Document):
	"""Holds its fields; nothing more happens here."""
