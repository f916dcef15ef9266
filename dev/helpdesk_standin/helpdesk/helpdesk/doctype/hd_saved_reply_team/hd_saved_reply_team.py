"""HD Saved Reply Team, as far as the stand-in needs it."""

from frappe.model.document import Document


class HDSavedReplyTeam(Document):
	"""Holds its fields; nothing more happens here."""
