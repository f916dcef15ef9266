"""What the host would store about a case: refused, or emptied where refusing would break the host's own work."""

import os
from urllib.parse import unquote

import frappe
from frappe import _
from frappe.utils import cstr

from sv_helpdesk.guards.subjects import is_ours, is_protected, may_read, refuse
from sv_helpdesk.guards.wiring import ABOUT_DOCTYPES, ABOUT_DOCUMENTS
from sv_helpdesk.helpdesk import sealed_ticket
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.two_persons import approvals

MODULE = "Social Safety"
# comments that people write; the host writes the others by itself, some of them while it does something else
WRITTEN = ("Comment", "Like")


def refuse_about_our_doctypes(doc, method: str | None = None) -> None:
	"""Before a rule, chart, export... is saved: none about our doctypes, except those the app brings itself."""
	named = [doc.get(field) for field in ABOUT_DOCTYPES[doc.doctype]]
	if report := doc.get("report_name"):
		named.append(frappe.db.get_value("Report", {"name": report}, "ref_doctype"))
	if any(map(is_ours, named)) and not _comes_with_the_app(doc):
		if not acting_roles(frappe.session.user):
			approvals.refuse("Rights or form", doc.doctype, cstr(doc.name), _kept_apart())
		_refuse_about_ours()


def refuse_about_protected(doc, method: str | None = None) -> None:
	"""Before a share, tag, follower... is saved: none of our documents, nor of a sealed ticket."""
	doctype, name = (doc.get(field) for field in ABOUT_DOCUMENTS[doc.doctype])
	if is_protected(doctype, name):
		_refuse_about_ours()


def refuse_rows_about_protected(doc, method: str | None = None) -> None:
	"""Before a document with links to any document is saved: no link leads to ours or to a sealed ticket."""
	for row in (doc.get("links") or []) + (doc.get("timeline_links") or []):
		if is_protected(row.link_doctype, row.link_name):
			_refuse_about_ours()
	for row in doc.get("event_participants") or []:
		if is_protected(row.reference_doctype, row.reference_docname):
			_refuse_about_ours()


def refuse_mailed_report(doc, method: str | None = None) -> None:
	"""Auto Email Report.before_validate: it runs as the scheduler, so it would mail rows that its reader may not see."""
	if is_ours(frappe.db.get_value("Report", {"name": doc.report or ""}, "ref_doctype")):
		_refuse_about_ours()


def refuse_kept_report(doc, method: str | None = None) -> None:
	"""Prepared Report.before_validate: a result would lie in a file, with figures that no later refusal reaches."""
	if is_ours(frappe.db.get_value("Report", {"name": doc.report_name or ""}, "ref_doctype")):
		_refuse_about_ours()


def refuse_global_search(doc, method: str | None = None) -> None:
	"""Global Search Settings.before_validate: its index knows no rows, so our doctypes and tickets stay out of it."""
	if any(is_ours(row.document_type) for row in doc.allowed_in_global_search):
		_refuse_about_ours()


def refuse_neutral_address(doc, method: str | None = None) -> None:
	"""Contact.before_validate: nobody takes the address of the sealed tickets, whose contact they would become."""
	address = sealed_ticket.neutral_address().casefold()
	if address in [cstr(row.email_id).strip().casefold() for row in doc.get("email_ids") or []]:
		frappe.throw(_("This address belongs to confidential tickets. Give the contact another one."))


def empty_comment(doc, method: str | None = None) -> None:
	"""Comment.before_insert: on our documents people write none, and what the host notes there says nothing."""
	if not is_protected(doc.reference_doctype, doc.reference_name):
		return
	if doc.comment_type in WRITTEN:
		_refuse_about_ours()
	doc.content = None


def empty_version(doc, method: str | None = None) -> None:
	"""Version.before_insert: a version of ours keeps nothing; an open form's values are in clear."""
	if is_ours(doc.ref_doctype):
		doc.data = "{}"


def keep_document(doc, method: str | None = None) -> None:
	"""on_trash of ours: they aren't deleted by hand, since the host keeps a copy of whatever is."""
	if not frappe.flags.in_uninstall:
		frappe.throw(_("Documents of a case aren't deleted. Correct or retract this one instead."))


def refuse_second_row(doc, method: str | None = None) -> None:
	"""File.before_validate: no other row leads to the bytes of a file of ours, and none is hung on our documents."""
	if is_protected(doc.attached_to_doctype, doc.attached_to_name):
		_refuse_about_ours()
	if leads_to_ours(doc):
		refuse()


def leads_to_ours(file) -> bool:
	"""Tell whether a row of File names the file of another row that is ours.

	Whoever may read any row of a URL gets its content. On disk our files have names of their own, so
	the last part of the URL tells, however it is written.

	Args:
		file: the row in hand; a new one may have no name yet.
	"""
	urls = [cstr(file.get(field)) for field in ("file_url", "file_name")]
	names = {os.path.basename(spelled.split("?")[0]) for url in urls for spelled in (url, unquote(url))}
	ours = {
		"file_name": ["in", [name for name in names if name]],
		"attached_to_doctype": ["like", "SV %"],
		"name": ["!=", cstr(file.name)],
	}
	return any(names) and bool(frappe.db.exists("File", ours))


def assign_within_rights(doc, method: str | None = None) -> None:
	"""ToDo.before_validate: a case or its ticket is assigned only to somebody who has a right to it, in no words."""
	if not is_protected(doc.reference_type, doc.reference_name):
		return
	if doc.is_new() or doc.has_value_changed("allocated_to"):
		if not may_read(doc.reference_type, doc.reference_name, doc.allocated_to):
			frappe.throw(
				_("This person has no right to this case. Give them the right before you assign it.")
			)
	doc.description = _("Assigned to you")


def _comes_with_the_app(doc) -> bool:
	"""Tell whether this is a standard document of ours that an install or a migration brings."""
	return doc.get("module") == MODULE and bool(frappe.flags.in_install or frappe.flags.in_migrate)


def _refuse_about_ours() -> None:
	frappe.throw(_kept_apart(), frappe.PermissionError)


def _kept_apart() -> str:
	return _(
		"Documents of social safety are kept apart from the rest of the site, so this can't be done with them. "
		"Use what their own forms offer."
	)
