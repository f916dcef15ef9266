"""Cases that had ended before there were terms of retention get the day on which theirs is over."""

import frappe

from sv_helpdesk.retention import terms

BATCH = 500


def execute() -> None:
	"""Set the day of each, by the settings as they are now."""
	wanted = {
		"status": ["in", terms.ENDED],
		"closed_at": ["is", "set"],
		"anonymise_on": ["is", "not set"],
		"anonymised_at": ["is", "not set"],
	}
	fields = ["name", "status", "closed_at", "outcome", "kind", "retention_class"]
	while cases := frappe.get_all("SV Report", wanted, fields, order_by="name asc", limit_page_length=BATCH):
		for case in cases:
			frappe.db.set_value(
				"SV Report", case.name, "anonymise_on", terms.last_day(case), update_modified=False
			)
