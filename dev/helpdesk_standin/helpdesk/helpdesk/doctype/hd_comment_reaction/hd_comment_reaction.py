"""HD Comment Reaction, as far as the stand-in needs it."""

from frappe.model.document import Document


class HDCommentReaction(Document):
	"""Holds its fields; nothing more happens here."""
