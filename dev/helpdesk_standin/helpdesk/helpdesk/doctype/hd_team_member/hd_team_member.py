"""HD Team Member, as far as the stand-in needs it."""

from frappe.model.document import Document


class HDTeamMember(Document):
	"""Holds its fields; nothing more happens here."""
