"""Fields of other doctypes that copy what stands in ours: their readers need no right to ours.

The app refuses to make one; these were made before it was installed, or past the web.
"""

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.utils import cstr

from sv_helpdesk.self_check.finding import Finding

OURS = "SV "


def copying_fields() -> Iterator[Finding]:
	"""Fields that fetch through a link to one of ours, or through one that can lead to any record."""
	for doctype in sorted(_doctypes_that_fetch()):
		meta = frappe.get_meta(doctype, cached=False)
		for field in meta.fields:
			link, dot, _fetched = cstr(field.fetch_from).partition(".")
			source = meta.get_field(link) if dot else None
			if not source:
				continue
			dynamic = source.fieldtype == "Dynamic Link" and not _came_with_the_host(meta, field)
			if dynamic or cstr(source.options).startswith(OURS):
				yield Finding(
					"fetch-from",
					_(
						"The field {0} of {1} copies fields of {2}, where others read them. Remove what it fetches from."
					).format(field.fieldname, doctype, _("any record") if dynamic else source.options),
				)


def _came_with_the_host(meta, field) -> bool:
	"""The host's own mails and activities fetch who made the record that they are about."""
	same = {"parent": meta.name, "fieldname": field.fieldname, "fetch_from": field.fetch_from}
	return not meta.custom and bool(frappe.db.exists("DocField", same))


def _doctypes_that_fetch() -> set[str]:
	"""Return the doctypes of the host with a field that fetches: of its own, added or changed."""
	found = set()
	for doctype, parent, filters in (
		("DocField", "parent", {"fetch_from": ["is", "set"]}),
		("Custom Field", "dt", {"fetch_from": ["is", "set"]}),
		("Property Setter", "doc_type", {"property": "fetch_from"}),
	):
		found |= set(
			frappe.get_all(doctype, filters=filters, pluck=parent, distinct=True, order_by=f"{parent} asc")
		)
	return {doctype for doctype in found if not doctype.startswith(OURS)}
