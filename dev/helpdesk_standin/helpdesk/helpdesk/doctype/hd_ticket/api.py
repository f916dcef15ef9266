"""The portal's way to raise a ticket."""

import frappe


@frappe.whitelist()
def new(doc: dict, attachments: list | None = None):
	"""Raise a ticket as the person who is logged in; any field may be filled, as in Helpdesk.

	Args:
		doc: fields of the ticket.
		attachments: dicts with `name` of File records.

	Returns:
		HDTicket: the ticket.
	"""
	ticket = frappe.get_doc({**doc, "doctype": "HD Ticket", "via_customer_portal": 1})
	ticket.raised_by = frappe.session.user
	ticket.attachments = attachments or []
	return ticket.insert()
