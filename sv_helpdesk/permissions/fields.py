"""Field level on writing: whoever may read a field but not change it can't, whatever form or API they use.

Runs before anything else looks at a document that is saved. Administrator and the system's own writes
(`ignore_permissions`) pass; a method of a document that is an act of its own names what it sets in
`flags.set_by_method`, which a client can't send.
"""

import frappe
from frappe import _
from frappe.utils import cast, cstr

from sv_helpdesk.permissions.acting import NOBODY
from sv_helpdesk.permissions.field_groups import CHILD_TABLES, GROUPS, SYSTEM, group_of
from sv_helpdesk.permissions.rules import readable_groups, writable_groups

LAYOUT = ("Section Break", "Column Break", "Tab Break", "HTML", "Button")
TABLES = ("Table", "Table MultiSelect")


def keep_to_rights(doc, method: str | None = None) -> None:
	"""Before a document of ours is validated: only what its writer may change is changed (R6, DOMAIN's table).

	What nobody changes by hand, and texts the writer can't read, are put back: a form sends them along.

	Args:
		doc: the document.
		method: the host's event.

	Raises:
		frappe.PermissionError: something else was changed; names the labels of the fields.
	"""
	user = frappe.session.user
	if user in NOBODY or doc.flags.ignore_permissions or (doc.is_new() and doc.flags.kept_to_rights):
		return
	writable = writable_groups(doc, user)
	kept = [
		field
		for field in doc.meta.fields
		if field.fieldtype not in LAYOUT
		and group_of(doc.doctype, field.fieldname) not in writable
		and field.fieldname not in (doc.flags.set_by_method or ())
	]
	if doc.is_new():
		doc.flags.kept_to_rights = True
		_leave_empty(doc, kept if writable else [])
	else:
		_put_back(doc, kept, readable_groups(doc, user))


def refuse_row(doc, method: str | None = None) -> None:
	"""Before a row of a table is saved on its own: it is part of a document, whose rules it would pass by.

	Raises:
		frappe.PermissionError: always.
	"""
	frappe.throw(
		_("A row of a table is changed in the document it belongs to. Open {0} and change it there.").format(
			_(CHILD_TABLES[doc.doctype])
		),
		frappe.PermissionError,
	)


def _leave_empty(doc, kept: list) -> None:
	"""Give what the maker of a new document may not fill in its default."""
	empty = frappe.new_doc(doc.doctype)
	for field in kept:
		doc.set(field.fieldname, empty.get(field.fieldname))


def _put_back(doc, kept: list, readable: set[str]) -> None:
	before = doc.get_doc_before_save()
	refused = []
	for field in kept:
		old = before.get(field.fieldname)
		if is_same(doc, field, old):
			continue
		group = group_of(doc.doctype, field.fieldname)
		if group in (SYSTEM, None) or (group not in readable and not doc.get(field.fieldname)):
			doc.set(field.fieldname, _copy(old) if field.fieldtype in TABLES else old)
		else:
			refused.append(_(field.label, context=doc.doctype))
	if refused:
		frappe.throw(
			_("You have no right to change {0}. Reload the form and leave it as it is.").format(
				", ".join(refused)
			),
			frappe.PermissionError,
		)


def is_same(doc, field, old) -> bool:
	"""Tell whether a document has in a field what was stored there, in whatever form a client sent it.

	Args:
		doc: the document that is being saved.
		field: the field of its meta.
		old: what is stored.
	"""
	new = doc.get(field.fieldname)
	if field.fieldtype in TABLES:
		return _rows(new) == _rows(old)
	if field.fieldname in getattr(type(doc), "SEALED_FIELDS", ()):
		return doc.is_same_text(field.fieldname, new, old)
	return new == old or _value(field.fieldtype, new) == _value(field.fieldtype, old)


def _value(fieldtype: str, value):
	"""Return a value as the database would have it: forms send numbers and moments as text."""
	if fieldtype in ("Check", "Int", "Float", "Percent"):
		return cast(fieldtype, value)
	return cast(fieldtype, value) if value and fieldtype in ("Date", "Datetime") else cstr(value)


def _rows(rows: list | None) -> list[tuple]:
	return [
		tuple(_value(field.fieldtype, row.get(field.fieldname)) for field in row.meta.fields)
		for row in rows or []
	]


def _copy(rows: list | None) -> list[dict]:
	return [row.as_dict() for row in rows or []]


EVENTS = {
	**{doctype: {"before_validate": "sv_helpdesk.permissions.fields.keep_to_rights"} for doctype in GROUPS},
	**{doctype: {"before_validate": "sv_helpdesk.permissions.fields.refuse_row"} for doctype in CHILD_TABLES},
}
