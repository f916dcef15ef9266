"""HD Ticket Template, as far as the stand-in needs it."""

from frappe.model.document import Document


class HDTicketTemplate(Document):
	"""Holds its fields; nothing more happens here."""
