"""A catalogue measure used in an aftercare plan."""

from frappe.model.document import Document


class SVAftercareMeasure(Document):
	"""A catalogue measure used in an aftercare plan."""
