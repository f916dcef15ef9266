"""Fields of linked documents, which the host's lists join to their rows without asking for a right to them."""

from collections.abc import Iterator, Mapping

import frappe

from sv_helpdesk.guards.checks.arguments import parsed
from sv_helpdesk.guards.subjects import is_ours, refuse

# under these names a list is told which fields to show, to search or to sort by
NAMING_FIELDS = frozenset(
	("fields", "fieldname", "field", "field_map", "filters", "or_filters", "order_by", "group_by", "sort_by")
)


def fields(doctype: object, arguments: Mapping) -> None:
	"""Refuse "link.field" where the link leads to a document of ours: a row's reader may not be that document's.

	Titles that the host shows in place of a link (of desks, categories and measures) pass: its lists ask for them.

	Args:
		doctype: whose rows are asked for, as the request names it.
		arguments: of the request.

	Raises:
		frappe.PermissionError: such a field is named.
	"""
	links = {name for key in NAMING_FIELDS & arguments.keys() for name in _links(arguments[key])}
	if not links or not isinstance(doctype, str) or not frappe.db.exists("DocType", doctype):
		return
	for name, column in links:
		field = frappe.get_meta(doctype).get_field(name)
		if field and field.fieldtype == "Link" and is_ours(field.options):
			linked = frappe.get_meta(field.options)
			if not (linked.show_title_field_in_link and column == linked.title_field):
				refuse()


def _links(value: object) -> Iterator[tuple[str, str]]:
	"""Yield what stands before and after the dot (without "as name", "desc"), in texts, lists and keys."""
	value = parsed(value)
	if isinstance(value, str):
		for name in value.split(","):
			link, dot, column = name.strip().partition(".")
			if dot:
				yield link.strip("`\"' "), column.strip().partition(" ")[0].strip("`\"'")
	elif isinstance(value, Mapping):
		yield from _links([*value.keys(), *value.values()])
	elif isinstance(value, list | tuple):
		for item in value:
			yield from _links(item)
