"""Which service level agreement a ticket falls under."""

import frappe
from frappe.utils import getdate, nowdate
from helpdesk.utils import get_context

DOCTYPE = "HD Service Level Agreement"


def get_sla(ticket):
	"""Return the agreement whose condition fits a ticket, else the default one.

	Args:
		ticket: the HD Ticket.

	Returns:
		frappe._dict | None: with `name`; None on a site without a default agreement.
	"""
	today = getdate(nowdate())
	for sla in frappe.get_all(
		DOCTYPE,
		filters={"enabled": 1, "default_sla": 0, "condition": ("is", "set")},
		fields=["name", "condition", "start_date", "end_date"],
		order_by="creation",
	):
		if (sla.start_date and sla.start_date > today) or (sla.end_date and sla.end_date < today):
			continue
		if ticket.priority and not frappe.db.exists(
			"HD Service Level Priority", {"parent": sla.name, "priority": ticket.priority}
		):
			continue
		if frappe.safe_eval(sla.condition, None, get_context(ticket)):
			return sla
	defaults = frappe.get_all(
		DOCTYPE, filters={"enabled": 1, "default_sla": 1}, fields=["name"], order_by="creation", limit=1
	)
	return defaults[0] if defaults else None
