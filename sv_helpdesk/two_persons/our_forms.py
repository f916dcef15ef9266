"""Forms and rights of our own doctypes: they come with the app and aren't changed over the web."""

from collections.abc import Mapping

from frappe.utils import cstr

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
}
# what our own people may save for themselves
HARMLESS = {"Report": "Report Builder"}


def before_validate(doc, method: str | None = None) -> None:
	"""before_validate of everything in ABOUT: nothing about our doctypes.

	Raises:
		frappe.PermissionError: it is about one of ours.
	"""
	if doc.get("report_type") == HARMLESS.get(doc.doctype, ...):
		return
	if is_our_doctype(doc.get(ABOUT[doc.doctype])):
		refuse_ours(doc.doctype, cstr(doc.name))


def before_rename(doc, method: str, old: str, new: str, merge: bool = False) -> None:
	"""DocType.before_rename: none of ours gets another name, and no other becomes one of ours."""
	if is_our_doctype(old) or is_our_doctype(new):
		refuse_ours("DocType", old)


def change_rights(form: Mapping) -> None:
	"""Role Permission Manager, which writes and deletes rows past documents."""
	doctype = cstr(form.get("doctype") or form.get("parent"))
	if is_our_doctype(doctype):
		refuse_ours("DocType", doctype)
