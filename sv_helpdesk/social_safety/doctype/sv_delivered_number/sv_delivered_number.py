"""One number that somebody else delivered."""

from frappe.model.document import Document


class SVDeliveredNumber(Document):
	"""One number (aangeleverd aantal): a total, or a part of one by nature or by position of the accused."""
