"""Employees of a unit in one year."""

from frappe.model.document import Document


class SVUnitHeadcount(Document):
	"""Employees of a unit in one year."""
