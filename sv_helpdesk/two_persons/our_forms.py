"""Forms and rights of our own doctypes: they come with the app and aren't changed over the web."""

from collections.abc import Mapping

import frappe
from frappe import _
from frappe.utils import cstr

from sv_helpdesk.two_persons import approvals, staff
from sv_helpdesk.two_persons.scripts import is_our_doctype, refuse_ours

# doctypes of the host that change another doctype, with the field that names it
ABOUT = {
	"Custom DocPerm": "parent",
	"DocPerm": "parent",
	"DocField": "parent",
	"Custom Field": "dt",
	"Property Setter": "doc_type",
	"Customize Form": "doc_type",
	"DocType": "name",
	"Workflow": "document_type",
	"Report": "ref_doctype",
	"Print Format": "doc_type",
	"Web Form": "doc_type",
	"DocType Layout": "document_type",
	"Custom Role": "ref_doctype",
	# would empty the lists of our people without a word
	"User Permission": "allow",
}
MODULE = "Social Safety"
# fields of other documents; a link to one of ours would fetch its fields for anybody
FIELDS = ("Custom Field", "DocField", "Property Setter", "DocType")
DYNAMIC = "Dynamic Link"
# what our own people may save for themselves
HARMLESS = {"Report": "Report Builder"}


def before_validate(doc, method: str | None = None) -> None:
	"""before_validate of everything in ABOUT: nothing about our doctypes.

	Raises:
		frappe.PermissionError: it is about one of ours.
	"""
	if doc.get("report_type") == HARMLESS.get(doc.doctype, ...):
		return
	if is_our_doctype(doc.get(ABOUT[doc.doctype])) or (doc.doctype == "Custom Role" and _opens_ours(doc)):
		refuse_ours(doc.doctype, cstr(doc.name))
	if doc.doctype == "User Permission":
		_narrows(doc)
	if doc.doctype in FIELDS:
		_refuse_leading_to_ours(doc)


def _opens_ours(doc) -> bool:
	"""Tell whether a Custom Role, which takes the place of the roles that come with it, is for a report or page of ours."""
	modules = [
		frappe.db.get_value(doctype, {"name": doc.get(fieldname)}, "module")
		for doctype, fieldname in (("Report", "report"), ("Page", "page"))
		if doc.get(fieldname)
	]
	return MODULE in modules


def _narrows(doc) -> None:
	"""A User Permission on something of the host: none for our documents alone, and told where it reaches them too."""
	if is_our_doctype(doc.applicable_for):
		refuse_ours(doc.doctype, cstr(doc.name))
	if not doc.applicable_for and staff.is_staff(doc.user):
		approvals.report("Rights or form", doc.doctype, cstr(doc.name), cstr(doc.user))


def _refuse_leading_to_ours(doc) -> None:
	"""Refuse a field that links to ours or has rows of ours, or that fetches from whatever a record names."""
	fields = doc.get("fields") or [doc]
	if doc.doctype == "Property Setter":
		fields = [frappe._dict({doc.property: doc.value})]
	if any(is_our_doctype(field.get("options")) for field in fields):
		refuse_ours(doc.doctype, cstr(doc.name))
	sources = {cstr(field.get("fetch_from")).partition(".")[0] for field in fields} - {""}
	if sources & _dynamic_links(doc, fields) or (doc.doctype == "Property Setter" and doc.value == DYNAMIC):
		approvals.refuse(
			"Rights or form",
			doc.doctype,
			cstr(doc.name),
			_("Fetching through a dynamic link would show fields of any record. Fetch through a plain link."),
		)


def _dynamic_links(doc, fields: list) -> set[str]:
	"""Return the names of the dynamic links of the doctype that a field belongs to."""
	doctype = doc.get(ABOUT[doc.doctype])
	known = frappe.get_meta(doctype).fields if frappe.db.exists("DocType", doctype) else []
	return {field.fieldname for field in (*known, *fields) if field.get("fieldtype") == DYNAMIC}


def before_rename(doc, method: str, old: str, new: str, merge: bool = False) -> None:
	"""DocType.before_rename: none of ours gets another name, and no other becomes one of ours."""
	if is_our_doctype(old) or is_our_doctype(new):
		refuse_ours("DocType", old)


def change_rights(form: Mapping) -> None:
	"""Role Permission Manager, which writes and deletes rows past documents."""
	doctype = cstr(form.get("doctype") or form.get("parent"))
	if is_our_doctype(doctype):
		refuse_ours("DocType", doctype)


def reorder_apps(form: Mapping) -> None:
	"""update_installed_apps_order: the last app's class of Email Account reads the mails, and only ours seals them.

	Raises:
		frappe.PermissionError: always.
	"""
	approvals.refuse(
		"Rights or form",
		"Installed Applications",
		"Installed Applications",
		_(
			"The order of the apps decides whether mails to a desk are sealed, so it is changed on the server only."
		),
	)
