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

	Args:
		doctype: whose rows are asked for, as the request names it.
		arguments: of the request.

	Raises:
		frappe.PermissionError: such a field is named.
	"""
	links = {name for key in NAMING_FIELDS & arguments.keys() for name in _links(arguments[key])}
	if not links or not isinstance(doctype, str) or not frappe.db.exists("DocType", doctype):
		return
	for name in links:
		field = frappe.get_meta(doctype).get_field(name)
		if field and field.fieldtype == "Link" and is_ours(field.options):
			refuse()


def _links(value: object) -> Iterator[str]:
	"""Yield what stands before the dot, in texts, lists and keys."""
	value = parsed(value)
	if isinstance(value, str):
		for name in value.split(","):
			link, dot, _field = name.strip().partition(".")
			if dot:
				yield link.strip("`\"' ")
	elif isinstance(value, Mapping):
		yield from _links([*value.keys(), *value.values()])
	elif isinstance(value, list | tuple):
		for item in value:
			yield from _links(item)
