"""A case in which somebody who asks about their own data was found."""

from frappe.model.document import Document


class SVSubjectCase(Document):
	"""A case in which somebody who asks about their own data was found."""
