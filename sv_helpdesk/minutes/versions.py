"""Approved minutes are corrected by a new version that names the old one; both stay."""

import frappe
from frappe import _

from sv_helpdesk.minutes import contributions


@frappe.whitelist(methods=["POST"])
def correct(minutes: str) -> str:
	"""Begin a new version of approved minutes, with the same texts and writers.

	Args:
		minutes: name of the SV Minutes.

	Returns:
		The name of the new version, a draft.

	Raises:
		frappe.PermissionError: the user may not write minutes there; the same whether these exist or not.
		frappe.ValidationError: the minutes aren't approved, or a new version was begun already.
	"""
	exists = frappe.db.exists("SV Minutes", minutes)
	old = frappe.get_doc("SV Minutes", minutes, for_update=True) if exists else None
	if not old or not frappe.has_permission("SV Minutes", "read", doc=old):
		frappe.throw(_("You can't correct these minutes."), frappe.PermissionError)
	if old.status != "Approved":
		frappe.throw(_("These minutes aren't approved. Change them as they are."))
	# as it is now: two people may begin a correction at once
	if frappe.db.get_value("SV Minutes", {"corrects": old.name}, for_update=True):
		frappe.throw(_("There is a newer version of these minutes already. Continue with that one."))
	return _copy_of(old).insert().name


def _copy_of(old):
	labels = {field: old.meta.get_label(field) for field in old.SEALED_FIELDS}
	authors = contributions.authors_of(old.name)
	new = frappe.get_doc(
		{
			"doctype": "SV Minutes",
			"decision_table": old.decision_table,
			"meeting_at": old.meeting_at,
			"writer": old.writer,
			"follows_advice": old.follows_advice,
			"version": old.version + 1,
			"corrects": old.name,
			**{field: old.opened(field) for field in old.SEALED_FIELDS},
		}
	)
	new.flags.authors = {field: authors[label] for field, label in labels.items() if label in authors}
	new.flags.set_by_method = ("version", "corrects")
	return new
