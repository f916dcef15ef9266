"""HD Ticket Status, as far as the stand-in needs it."""

from frappe.model.document import Document


class HDTicketStatus(Document):
	"""Holds its fields; nothing more happens here."""
