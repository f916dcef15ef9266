"""The host's counters, answered by the rights where our documents or sealed tickets are among what they count."""

from collections import Counter

import frappe
from frappe.client import get_count as _count_of_host
from frappe.desk.listview import get_group_by_count as _groups_of_host

from sv_helpdesk.guards import wiring
from sv_helpdesk.guards.subjects import is_ours, is_ticket, refuse

MOST_GROUPS = 50


@frappe.whitelist()
def get_count(
	doctype: str,
	filters: str | dict | list | None = None,
	debug: bool | int | str = False,
	cache: bool | int | str = False,
) -> int:
	"""Stand in for frappe.client.get_count, which counts any rows for anybody on Frappe 15.

	Args:
		doctype: what is counted.
		filters: as in frappe.get_list.
		debug, cache: as the host has them.

	Returns:
		Of our doctypes, of tickets and of what the host keeps about either what the session's user may
		see; of others what the host says.

	Raises:
		frappe.PermissionError: the user has no right to this doctype.
	"""
	if not by_rights(doctype):
		return _count_of_host(doctype, filters=filters, debug=debug, cache=cache)
	return len(_names(doctype, filters))


@frappe.whitelist()
def get_group_by_count(doctype: str, current_filters: str | dict | list, field: str) -> list[dict]:
	"""Stand in for frappe.desk.listview.get_group_by_count, which counts assignments for anybody on Frappe 15.

	Args:
		doctype: whose rows are grouped.
		current_filters: the list's filters, as in frappe.get_list.
		field: by what; only "assigned_to" is answered here.

	Returns:
		dicts with name (a user) and count, most first, over what the session's user may see.

	Raises:
		frappe.PermissionError: the user has no right to this doctype.
	"""
	if field != "assigned_to" or not by_rights(doctype):
		return _groups_of_host(doctype, current_filters, field)
	names = [str(name) for name in _names(doctype, current_filters)]
	if not names:
		return []
	todo = frappe.qb.DocType("ToDo")
	assigned = (
		frappe.qb.from_(todo)
		.select(todo.allocated_to)
		.where((todo.status != "Cancelled") & (todo.reference_type == doctype))
		.where(todo.reference_name.isin(names))
		.run(pluck=True)
	)
	return [{"name": user, "count": count} for user, count in Counter(assigned).most_common(MOST_GROUPS)]


def under_its_own_name(arguments: dict) -> None:
	"""Refuse the host's counters about what they don't protect, when they are reached past the two above."""
	if by_rights(arguments.get("doctype")):
		refuse()


def by_rights(doctype: object) -> bool:
	"""Tell whether rows of this doctype are counted and listed by the rights of who asks, whatever the host does."""
	return is_ours(doctype) or is_ticket(doctype) or doctype in wiring.list_conditions()


def _names(doctype: str, filters: object) -> list:
	if not frappe.has_permission(doctype, "read"):
		refuse()
	return frappe.get_list(
		doctype, filters=frappe.parse_json(filters), pluck="name", order_by="name asc", limit_page_length=0
	)
