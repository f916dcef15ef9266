"""The status of a case on its queue entry: it follows the steps of the case, and nobody sets it in Helpdesk.

Of the states of a case no more shows than whether there is work, whether it was settled and whether it is closed.
"""

import frappe
from frappe import _

from sv_helpdesk.helpdesk import sealed_ticket

TICKET, STATUS = "HD Ticket", "HD Ticket Status"
OPEN, RESOLVED, CLOSED = "Open", "Resolved", "Closed"
# every other state is one of work
SHOWN = {"Settled": RESOLVED, "Aftercare": RESOLVED, "Closed": CLOSED, "Withdrawn": CLOSED}
CATEGORIES = {OPEN: "Open", RESOLVED: "Resolved", CLOSED: "Resolved"}


def show(case) -> None:
	"""Write the state of a case on its ticket; it follows every step.

	The ticket's `modified` stays, so that a form somebody has open can still be saved.

	Args:
		case: the SV Report, or its ticket and status; one without a ticket is passed over.
	"""
	if case.ticket:
		_write(case.ticket, SHOWN.get(case.status, OPEN))


def show_all() -> None:
	"""Write the state of every case on its ticket; for sites that had cases before."""
	tickets: dict[str, list[str]] = {}
	for case in frappe.get_all(
		"SV Report", filters={"ticket": ["is", "set"]}, fields=["ticket", "status"], order_by="name"
	):
		tickets.setdefault(SHOWN.get(case.status, OPEN), []).append(case.ticket)
	for shown, names in tickets.items():
		_write({"name": ["in", names]}, shown)


def _write(tickets: str | dict, shown: str) -> None:
	values = {"status": in_helpdesk(shown)}
	if frappe.get_meta(TICKET).has_field("status_category"):
		values["status_category"] = CATEGORIES[shown]
	frappe.db.set_value(TICKET, tickets, values, update_modified=False)


def in_helpdesk(shown: str) -> str:
	"""Return the status of this Helpdesk for one of OPEN, RESOLVED and CLOSED.

	Newer ones let a site name its own: then it is the oldest of the same category that is in use.
	"""
	if frappe.get_meta(TICKET).get_field("status").fieldtype == "Select":
		return shown
	in_use = {"category": CATEGORIES[shown], "enabled": 1}
	names = frappe.get_all(STATUS, filters=in_use, pluck="name", order_by="creation asc")
	return shown if shown in names or not names else names[0]


def keep(doc, method: str | None = None) -> None:
	"""HD Ticket.validate: a sealed ticket isn't closed or opened again in Helpdesk, the case would know nothing of it."""
	if not doc.is_new() and doc.has_value_changed("status") and sealed_ticket.is_sealed(doc.name):
		frappe.throw(
			_("The status of this ticket follows its case. Open the case and take the next step there.")
		)
