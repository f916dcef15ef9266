"""What happened to a clock."""

from frappe.model.document import Document


class SVDeadlineEvent(Document):
	"""What happened to a clock."""
