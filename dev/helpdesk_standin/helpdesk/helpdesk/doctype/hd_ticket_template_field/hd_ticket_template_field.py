"""HD Ticket Template Field, as far as the stand-in needs it."""

from frappe.model.document import Document


class HDTicketTemplateField(Document):
	"""Holds its fields; nothing more happens here."""
