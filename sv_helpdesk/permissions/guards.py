"""Doors of the host that would answer about our documents without asking for a right."""

import frappe
from frappe import _
from frappe.client import get_count as count_of_host


@frappe.whitelist()
def get_count(
	doctype: str,
	filters: str | dict | list | None = None,
	debug: bool | int | str = False,
	cache: bool | int | str = False,
) -> int:
	"""Stand in for frappe.client.get_count, which counts any rows for anybody on Frappe 15.

	Of our doctypes only what the session's user may see is counted; others are the host's business.

	Args:
	        doctype: what is counted.
	        filters: as in frappe.get_list.
	        debug, cache: as the host has them.

	Raises:
	        frappe.PermissionError: the user has no right to this doctype of ours.
	"""
	if not doctype.startswith("SV "):
		return count_of_host(doctype, filters=filters, debug=debug, cache=cache)
	if not frappe.has_permission(doctype, "read"):
		raise frappe.PermissionError(_("You have no right to count these."))
	filters = frappe.parse_json(filters)
	return len(
		frappe.get_list(doctype, filters=filters, pluck="name", order_by="name asc", limit_page_length=0)
	)
