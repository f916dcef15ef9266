"""The page of a sealed ticket in Helpdesk: number and state of its case, and the way there.

Helpdesk hands its form scripts to every agent, so the script says nothing; what it shows it asks for here.
"""

from pathlib import Path

import frappe
from frappe import _
from frappe.utils import cstr

SCRIPT = "HD Form Script"
NAME = "Social safety: the case of a ticket"
TEXT = Path(__file__).with_name("ticket_form.js")


@frappe.whitelist(methods=["POST"])
def case_of(ticket: str | int) -> dict[str, str] | None:
	"""Return what the page of a ticket shows of its case.

	Args:
		ticket: name of the HD Ticket.

	Returns:
		label of the button and address of the case; None for whoever may not see the case, as where there is none.
	"""
	# an empty name would be that of the cases without a ticket
	if not cstr(ticket) or not frappe.has_permission("SV Report", "read"):
		return None
	for case in frappe.get_list(
		"SV Report",
		filters={"ticket": cstr(ticket)},
		fields=["name", "case_number", "status"],
		order_by="name asc",
		limit_page_length=1,
	):
		label = _("Case {0}: {1}").format(case.case_number, _(case.status, context="SV Report"))
		return {"label": label, "address": f"/app/sv-report/{case.name}"}
	return None


def keep() -> None:
	"""Make the form script, or bring it up to date; called after install and after each migrate."""
	if not frappe.db.exists("DocType", SCRIPT):
		return
	known = frappe.db.exists(SCRIPT, NAME)
	script = frappe.get_doc(SCRIPT, NAME) if known else frappe.new_doc(SCRIPT)
	script.update(
		{
			"dt": "HD Ticket",
			"apply_to": "Form",
			"enabled": 1,
			"apply_to_customer_portal": 0,
			"apply_on_new_page": 0,
			"script": TEXT.read_text(encoding="utf-8"),
		}
	)
	if known:
		script.save()
	else:
		script.insert(set_name=NAME)


def remove() -> None:
	"""Take the form script away."""
	if frappe.db.exists("DocType", SCRIPT):
		frappe.db.delete(SCRIPT, {"name": NAME})
