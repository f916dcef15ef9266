"""Saved replies filled in for a ticket."""

import frappe
from helpdesk.utils import agent_only


@frappe.whitelist()
@agent_only
def get_rendered_saved_reply(ticket_id: str, saved_reply_id: str):
	"""Return a saved reply with a ticket's fields filled in; checks neither record, as in Helpdesk.

	Args:
		ticket_id: name of the HD Ticket.
		saved_reply_id: name of the HD Saved Reply.

	Returns:
		str: the text.
	"""
	template = frappe.get_doc("HD Saved Reply", saved_reply_id).message
	ticket = frappe.get_doc("HD Ticket", ticket_id)
	user = frappe.get_doc("User", frappe.session.user)
	return frappe.render_template(template, {**ticket.as_dict(), **user.as_dict()})
