"""One person who works at a desk."""

from frappe.model.document import Document


class SVDeskMember(Document):
	"""One person who works at a desk."""
