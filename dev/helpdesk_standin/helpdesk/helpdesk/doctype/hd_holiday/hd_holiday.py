"""HD Holiday, as far as the stand-in needs it."""

from frappe.model.document import Document


class HDHoliday(Document):
	"""Holds its fields; nothing more happens here."""
