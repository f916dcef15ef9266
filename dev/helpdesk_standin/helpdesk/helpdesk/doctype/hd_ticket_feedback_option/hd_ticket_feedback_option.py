"""HD Ticket Feedback Option, as far as the stand-in needs it."""

from frappe.model.document import Document


class HDTicketFeedbackOption(Document):
	"""Holds its fields; nothing more happens here."""
