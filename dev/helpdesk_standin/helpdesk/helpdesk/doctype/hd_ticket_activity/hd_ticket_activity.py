"""HD Ticket Activity: one line of a ticket's history."""

import frappe
from frappe.model.document import Document


class HDTicketActivity(Document):
	"""Holds its fields; rows are written by `log_ticket_activity`."""


def log_ticket_activity(ticket, action):
	"""Write a line into a ticket's history.

	Args:
		ticket: name of the HD Ticket.
		action: what happened, as "set team to Network".

	Returns:
		HDTicketActivity: the row.
	"""
	return frappe.get_doc({"doctype": "HD Ticket Activity", "ticket": ticket, "action": action}).insert(
		ignore_permissions=True
	)
