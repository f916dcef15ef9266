"""HD Agent Status, as far as the stand-in needs it."""

import frappe
from frappe.model.document import Document


class HDAgentStatus(Document):
	"""Holds its fields; nothing more happens here."""


def get_active_status():
	"""Return the name of the first status in which an agent takes work, or None."""
	found = frappe.get_all(
		"HD Agent Status", filters={"category": "Active", "enable": 1}, order_by="status_order", limit=1
	)
	return found[0].name if found else None
