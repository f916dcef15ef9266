"""Scripts on the pages of our people: about our documents none, anywhere else with a second person.

A script that runs in the Desk runs with the rights of whoever opens the page. Doc events of everything in
code_fields.CODE; switching off and deleting is free.
"""

from collections.abc import Mapping

import frappe
from frappe import _
from frappe.utils import cint, cstr

from sv_helpdesk.two_persons import approvals
from sv_helpdesk.two_persons.code_fields import CODE, Code
from sv_helpdesk.two_persons.outside import from_outside

OURS = "SV "
SCRIPT = "Script"
NAMED_BY_CONTENT = ("field:", "format:", "prompt")
# dynamic filters of a card that filters nothing
EMPTY = ("", "[]", "{}", "null", "None")


def validate(doc, method: str | None = None) -> None:
	"""validate of everything in CODE: nothing new runs that nobody else has read.

	Raises:
		frappe.PermissionError: it is about one of our documents, or takes a second person.
	"""
	if not from_outside():
		return
	if _runs_at_all(doc, CODE[doc.doctype]):
		_check(doc, _stored(doc, CODE[doc.doctype]))


def made_up(form: Mapping) -> None:
	"""run_doc_method: the host renders some unsaved documents for a preview.

	Raises:
		frappe.PermissionError: as `validate`, of the document that the request carries.
	"""
	docs = frappe.parse_json(form.get("docs") or form.get("document"))
	if not isinstance(docs, Mapping) or docs.get("doctype") not in CODE:
		return
	doc = frappe.get_doc(docs)
	known = doc.name and frappe.db.exists(doc.doctype, doc.name)
	_check(doc, _texts(frappe.get_doc(doc.doctype, doc.name), CODE[doc.doctype]) if known else None)


def _check(doc, stored: dict[str, str] | None) -> None:
	code = CODE[doc.doctype]
	now = _texts(doc, code)
	if not now:
		return
	if code.about and is_our_doctype(doc.get(code.about)):
		refuse_ours(doc.doctype, doc.name)
	if now == stored:
		return
	approvals.require(
		SCRIPT,
		doc.doctype,
		_named(doc),
		approvals.fingerprint_of({"doctype": doc.doctype, "name": _named(doc), "texts": now}),
		summary=", ".join(cstr(doc.get(field)) for field in code.place if doc.get(field)),
		proposal="\n\n".join(f"{field}:\n{text}" for field, text in now.items()),
	)


def is_our_doctype(name: str | None) -> bool:
	"""Tell whether a doctype is ours, in whatever spelling the database takes for it."""
	known = frappe.db.get_value("DocType", name, "name") if name else None
	return cstr(known).startswith(OURS)


def refuse_ours(doctype: str, name: str) -> None:
	"""Refuse what would run on, or change, one of our documents.

	Raises:
		frappe.PermissionError: always.
	"""
	approvals.refuse(
		"Rights or form",
		doctype,
		cstr(name),
		_("The forms and rights of social safety can't be changed here. They come with the app."),
	)


def run_console(form: Mapping) -> None:
	"""System Console's execute_code: it reads the sessions of everybody who is logged in."""
	doc = frappe.parse_json(form.get("doc")) or {}
	text = {field: cstr(doc.get(field)) for field in ("type", "console", "commit")}
	approvals.require(
		SCRIPT,
		"System Console",
		"",
		approvals.fingerprint_of(text),
		summary=text["type"],
		proposal=text["console"],
	)


def _named(doc) -> str:
	"""Return a name that is the same when a new document is saved again: a random one or a number isn't."""
	autoname = cstr(doc.meta.autoname).lower()
	return cstr(doc.name) if not doc.is_new() or autoname.startswith(NAMED_BY_CONTENT) else ""


def _runs_at_all(doc, code: Code) -> bool:
	if code.on and doc.meta.has_field(code.on):
		return bool(cint(doc.get(code.on)))
	return not (code.off and cint(doc.get(code.off)))


def _stored(doc, code: Code) -> dict[str, str] | None:
	if doc.is_new():
		return None
	before = frappe.get_doc(doc.doctype, doc.name)
	return _texts(before, code) if _runs_at_all(before, code) else None


def _texts(doc, code: Code) -> dict[str, str]:
	"""Return the code of a document with the place it runs at; empty when it has no code."""
	texts = {}
	for path in (*code.programs, *code.texts):
		for number, text in enumerate(_values(doc, path)):
			if text.strip() not in EMPTY and (path in code.programs or code.is_code(text)):
				texts[f"{path} {number + 1}" if "." in path else path] = text
	return {**texts, **{field: cstr(doc.get(field)) for field in code.place}} if texts else {}


def _values(doc, path: str) -> list[str]:
	table, _dot, fieldname = path.rpartition(".")
	rows = doc.get(table) or [] if table else [doc]
	return [cstr(row.get(fieldname)) for row in rows]
