"""Rows of an agenda, each from a list that the rules restrict."""

import frappe

MOST = 200


def find(doctype: str, filters: dict | list, fields: list[str]) -> list:
	"""Return rows that the session's user may see; none of a kind they have no right to at all.

	Args:
		doctype: of the rows.
		filters: as for a list.
		fields: beside the name.
	"""
	if not frappe.has_permission(doctype, "read"):
		return []
	return frappe.get_list(
		doctype, filters=filters, fields=["name", *fields], order_by="modified asc", limit_page_length=MOST
	)


def numbers(doctype: str, fieldname: str, names: list[str | None]) -> dict[str, str]:
	"""Return the numbers of those documents that the session's user may see, by name.

	Args:
		doctype, fieldname: where the number stands.
		names: of the documents; None is passed over.
	"""
	wanted = sorted({name for name in names if name})
	found = find(doctype, {"name": ["in", wanted]}, [fieldname]) if wanted else []
	return {row.name: row[fieldname] for row in found}


def row(doctype: str, found, number: str, status: str, due=None) -> dict:
	"""Return a row of the agenda.

	Args:
		doctype: of what it leads to.
		found: has its name.
		number: of its case, table or plan.
		status: as it is shown.
		due: a day, or None.
	"""
	return {"doctype": doctype, "name": found.name, "number": number, "status": status, "due": due}
