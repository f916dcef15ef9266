"""Who wrote what in the sections of minutes, for the form that shows it beside them."""

import frappe
from frappe import _

from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.minutes import contributions
from sv_helpdesk.permissions.decision import rights_on


@frappe.whitelist(methods=["POST"])
def by_section(minutes: str) -> dict[str, list[dict]]:
	"""Return who wrote what in each section of minutes, oldest first.

	Args:
		minutes: name of the SV Minutes.

	Returns:
		By field of the section: name of the author, written_at, whether it was taken in, and the text.

	Raises:
		frappe.PermissionError: the session's user may not read them; the same whether they exist or not.
	"""
	be_quiet()
	if not rights_on("SV Minutes", minutes, frappe.session.user):
		frappe.throw(_("You can't read these minutes."), frappe.PermissionError)
	fields = {field.label: field.fieldname for field in frappe.get_meta("SV Minutes").fields}
	found = {}
	for row in contributions.rows_of(minutes):
		kept = frappe.get_doc("SV Contribution", row.name)
		written = {
			"author": frappe.db.get_value("User", row.author, "full_name") or row.author,
			"written_at": row.written_at,
			"taken_in": row.taken_in,
			"text": kept.opened("text"),
		}
		found.setdefault(fields[row.section], []).append(written)
	return found
