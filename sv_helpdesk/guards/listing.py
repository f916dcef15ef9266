"""Lists of the host's that ask for no right to each row, answered by the rights where we guard the rows."""

import frappe
from frappe.desk.form.linked_with import get_linked_docs, get_linked_doctypes
from frappe.desk.query_report import get_data_for_custom_field as _column_of_host

from sv_helpdesk.guards.checks.arguments import each
from sv_helpdesk.guards.counting import by_rights
from sv_helpdesk.guards.subjects import refuse, require_read


@frappe.whitelist()
def get_linked(doctype: str, docname: str) -> dict:
	"""Stand in for frappe.desk.form.linked_with.get, which names every linked document on Frappe 15.

	Args:
		doctype, docname: the document whose links are asked for.

	Returns:
		by doctype that the session's user may read what the host says, of guarded ones what they may see.

	Raises:
		frappe.PermissionError: it is one of ours and not theirs to read, or not there.
	"""
	require_read(doctype, docname)
	# Frappe 15 refuses the whole answer to somebody who may not read one of the doctypes
	readable = {
		target: how
		for target, how in get_linked_doctypes(doctype).items()
		if frappe.has_permission(target, "read")
	}
	linked = get_linked_docs(doctype, docname, readable) or {}
	shown = {target: _seen(target, rows) if by_rights(target) else rows for target, rows in linked.items()}
	return {target: rows for target, rows in shown.items() if rows}


@frappe.whitelist()
def get_data_for_custom_field(doctype: str, field: str, names: str | list | None = None) -> dict:
	"""Stand in for frappe.desk.query_report.get_data_for_custom_field, which reads every row on Frappe 15.0.

	Args:
		doctype, field: what is added to a report as a column.
		names: of which documents, as JSON; all of them when left out.

	Returns:
		the field by name, of guarded doctypes for what the session's user may see.

	Raises:
		frappe.PermissionError: the user has no right to this doctype.
	"""
	if not by_rights(doctype):
		return _column_of_host(doctype, field, names) if names else _column_of_host(doctype, field)
	if not frappe.has_permission(doctype, "read"):
		refuse()
	wanted = list(each(names)) if names else None
	filters = {"name": ["in", wanted]} if wanted else {}
	rows = frappe.get_list(
		doctype, filters=filters, fields=["name", field], order_by="name asc", limit_page_length=0
	)
	return {row.name: row.get(field) for row in rows}


def _seen(doctype: str, rows: list) -> list:
	if not isinstance(rows, list):
		return []
	names = {"name": ["in", [row.get("name") for row in rows]]}
	seen = set(
		frappe.get_list(doctype, filters=names, pluck="name", order_by="name asc", limit_page_length=0)
	)
	return [row for row in rows if row.get("name") in seen]
