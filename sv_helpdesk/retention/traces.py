"""What the host keeps about records of ours and about the sealed ticket of a case: rows that name them, and the ticket.

Nothing of a case is in clear there (architecture, wall 1), but rows say that there was one, and who had to do with
it. Rows are found by what they link to, in whatever documents the host and its apps have.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from pypika import Table

import frappe
from frappe import safe_decode
from frappe.utils import cstr

TICKET = "HD Ticket"
# what names a document without a link field of the host's
BY_NAME = {
	"Version": ("ref_doctype", "docname"),
	"Deleted Document": ("deleted_doctype", "deleted_name"),
	"File": ("attached_to_doctype", "attached_to_name"),
	"Notification Log": ("document_type", "document_name"),
	"Document Follow": ("ref_doctype", "ref_docname"),
	"DocShare": ("share_doctype", "share_name"),
	"Access Log": ("export_from", "reference_document"),
	"Email Queue": ("reference_doctype", "reference_name"),
	"Error Log": ("reference_doctype", "reference_name"),
}
OF_TICKET = {
	"HD Ticket Activity": "ticket",
	"HD Ticket Comment": "reference_ticket",
	"HD Notification": "reference_ticket",
}
# addresses of forms that somebody opened, and filters of lists
ROUTES = ((Table("tabRoute History"), "route"), (Table("__UserSettings"), "data"))
SETTINGS_IN_CACHE = "_user_settings"
# a long case has thousands of names, and a condition with as many arms can't be built
AT_ONCE = 100


def forget(documents: dict[str, list[str]], ticket: str | None) -> int:
	"""Delete what the host keeps about these documents, and the ticket with what belongs to it; return how many rows.

	Args:
		documents: names of ours by doctype.
		ticket: name of the sealed HD Ticket, if there is one.
	"""
	named = {doctype: names for doctype, names in documents.items() if names}
	gone = _forget_routes(sorted({name for names in named.values() for name in names}))
	if ticket:
		named[TICKET] = [cstr(ticket)]
	gone += sum(_delete_naming(place, *fields, named) for place, fields in _places())
	return gone + (_delete_ticket(cstr(ticket)) if ticket else 0)


def _places() -> list[tuple[str, tuple[str, str]]]:
	"""Each table of the host's with rows that may name any document, and its columns for doctype and name."""
	field, custom = frappe.qb.DocType("DocField"), frappe.qb.DocType("Custom Field")
	rows = [
		*frappe.qb.from_(field)
		.select(field.parent, field.options, field.fieldname)
		.where(field.fieldtype == "Dynamic Link")
		.run(),
		*frappe.qb.from_(custom)
		.select(custom.dt, custom.options, custom.fieldname)
		.where(custom.fieldtype == "Dynamic Link")
		.run(),
	]
	places = {(place, (doctype, name)) for place, doctype, name in rows} | set(BY_NAME.items())
	return sorted(found for found in places if _has_columns(found[0], found[1]))


def _has_columns(place: str, columns: Iterable[str]) -> bool:
	if place.startswith("SV ") or not frappe.db.table_exists(place):
		return False
	return set(columns) <= set(frappe.db.get_table_columns(place))


def _delete_naming(place: str, doctype: str, name: str, named: dict[str, list[str]]) -> int:
	names = sorted({name for names in named.values() for name in names})
	rows = frappe.get_all(
		place,
		{doctype: ["in", sorted(named)], name: ["in", names]},
		pluck="name",
		order_by="name asc",
	)
	return _delete(place, rows)


def _delete(place: str, rows: list) -> int:
	if not rows:
		return 0
	parents = ["in", [cstr(row) for row in rows]]
	for field in frappe.get_meta(place).get_table_fields():
		frappe.db.delete(field.options, {"parenttype": place, "parent": parents})
	frappe.db.delete(place, {"name": ["in", rows]})
	return len(rows)


def _delete_ticket(ticket: str) -> int:
	gone = 0
	for place, fieldname in OF_TICKET.items():
		if _has_columns(place, [fieldname]):
			gone += _delete(
				place, frappe.get_all(place, {fieldname: ticket}, pluck="name", order_by="name asc")
			)
	frappe.db.delete("__global_search", {"doctype": TICKET, "name": ticket})
	# its number stands in many other addresses
	gone += _delete("Route History", _named_in_full(f"{TICKET}/{ticket}"))
	frappe.clear_document_cache(TICKET, ticket)
	return gone + _delete(TICKET, frappe.get_all(TICKET, {"name": ticket}, pluck="name", order_by="name asc"))


def _named_in_full(form: str) -> list:
	ending = {"route": ["like", f"%/{form}"]}
	return frappe.get_all("Route History", ending, pluck="name", order_by="name asc")


def _forget_routes(names: list[str]) -> int:
	"""Forget addresses and filters with one of these names, which are random and stand nowhere by chance."""
	gone = 0
	for table, column in ROUTES:
		for start in range(0, len(names), AT_ONCE):
			some = names[start : start + AT_ONCE]
			where = reduce(or_, (table[column].like(f"%{name}%") for name in some))
			gone += len(frappe.qb.from_(table).select(table[column]).where(where).run())
			frappe.qb.from_(table).delete().where(where).run()
	# the host writes these back to the table
	for key, data in frappe.cache.hgetall(SETTINGS_IN_CACHE).items():
		if any(name in cstr(safe_decode(data)) for name in names):
			frappe.cache.hdel(SETTINGS_IN_CACHE, safe_decode(key))
	return gone
