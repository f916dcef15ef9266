"""The list of cases that are to be anonymised, of which several are confirmed at once."""

import frappe
from frappe import _

from sv_helpdesk.retention.steps import announced_until
from sv_helpdesk.retention.terms import ENDED, until
from sv_helpdesk.workflows.moving import move

MOST = 500


@frappe.whitelist(methods=["POST"])
def filters() -> dict:
	"""Return the filters of the list of cases that the desk has to say something about: do they go?"""
	return {
		"status": ["in", list(ENDED)],
		"anonymise_on": until(announced_until()),
		"anonymise_confirmed_at": ["is", "not set"],
		"legal_hold": 0,
	}


@frappe.whitelist(methods=["POST"])
def confirm(reports: str) -> int:
	"""Confirm for each of these cases that it is anonymised when its day comes; all of them or none.

	Args:
		reports: names of cases, with commas between them.

	Returns:
		How many.

	Raises:
		frappe.PermissionError: one of them isn't the user's to confirm, or can't be confirmed now.
		frappe.ValidationError: they are too many for one request.
	"""
	names = sorted({name for name in reports.split(",") if name})
	if len(names) > MOST:
		frappe.throw(_("Choose at most {0} cases at once.").format(MOST))
	for name in names:
		move("SV Report", name, "confirm_anonymising")
	return len(names)
