"""Tell a ticket about its mails on a Frappe that doesn't do so itself."""

import functools
import inspect

from frappe.core.doctype.communication import communication
from frappe.core.utils import get_parent_doc


@functools.cache
def frappe_tells_parents():
	"""Tell whether this Frappe calls `on_communication_update` (it does since a later 15.0.0-dev)."""
	return "on_communication_update" in inspect.getsource(communication)


def tell_ticket(doc, method=None):
	"""Call the ticket's `on_communication_update`, where Frappe leaves that out.

	Args:
		doc: the Communication that was saved.
		method: name of the event; not used.
	"""
	if doc.reference_doctype != "HD Ticket" or frappe_tells_parents():
		return
	ticket = get_parent_doc(doc)
	if ticket:
		ticket.on_communication_update(doc)
