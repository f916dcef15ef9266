"""HD Ticket Type, as far as the stand-in needs it."""

from frappe.model.document import Document


class HDTicketType(Document):
	"""Holds its fields; nothing more happens here."""
