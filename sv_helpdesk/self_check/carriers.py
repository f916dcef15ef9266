"""What would carry something of a case away, run on our forms or change them."""

from collections.abc import Iterator

import frappe
from frappe import _

from sv_helpdesk.self_check.finding import Finding

APP, MODULE = "sv_helpdesk", "Social Safety"
# code, doctype of the host, field that names the doctype it is about
ABOUT_OURS = (
	("notification", "Notification", "document_type"),
	("webhook", "Webhook", "webhook_doctype"),
	("server-script", "Server Script", "reference_doctype"),
	("client-script", "Client Script", "dt"),
	("form-script", "HD Form Script", "dt"),
	("assignment-rule", "Assignment Rule", "document_type"),
	("auto-repeat", "Auto Repeat", "reference_doctype"),
	("workflow", "Workflow", "document_type"),
	("web-form", "Web Form", "doc_type"),
	("print-format", "Print Format", "doc_type"),
	("report", "Report", "ref_doctype"),
	("property-setter", "Property Setter", "doc_type"),
	("custom-field", "Custom Field", "dt"),
	("user-permission", "User Permission", "allow"),
	("user-permission", "User Permission", "applicable_for"),
	("chart", "Dashboard Chart", "document_type"),
	("number-card", "Number Card", "document_type"),
	("kanban", "Kanban Board", "reference_doctype"),
	("follower", "Document Follow", "ref_doctype"),
	("tag", "Tag Link", "document_type"),
	("share-key", "Document Share Key", "reference_doctype"),
	("version", "Version", "ref_doctype"),
)
# what they save for themselves obeys the rights of whoever opens it
HARMLESS_REPORT = "Report Builder"


def carriers() -> Iterator[Finding]:
	"""Whatever of the host is about one of our doctypes and didn't come with this app."""
	for code, doctype, fieldname in ABOUT_OURS:
		if not _has(doctype, fieldname):
			continue
		for row in _rows(doctype, fieldname):
			yield Finding(
				code,
				_("{0} {1} is about {2} and didn't come with this app. Delete it.").format(
					_(doctype), row.name, row[fieldname]
				),
			)


def mailed_and_kept_reports() -> Iterator[Finding]:
	"""Results of our reports that are mailed or kept: who reads them isn't asked for a right."""
	ours = frappe.get_all(
		"Report", filters={"ref_doctype": ["like", "SV %"]}, pluck="name", order_by="name asc"
	)
	for code, doctype, fieldname in (
		("auto-email-report", "Auto Email Report", "report"),
		("prepared-report", "Prepared Report", "report_name"),
	):
		if not _has(doctype, fieldname):
			continue
		for name in frappe.get_all(
			doctype, filters={fieldname: ["in", ours or [""]]}, pluck="name", order_by="name asc"
		):
			yield Finding(code, _("{0} {1} is about our documents. Delete it.").format(_(doctype), name))


def _has(doctype: str, fieldname: str) -> bool:
	return bool(frappe.db.exists("DocType", doctype)) and frappe.get_meta(doctype).has_field(fieldname)


def _rows(doctype: str, fieldname: str) -> list:
	meta = frappe.get_meta(doctype)
	fields = [
		field for field in ("module", "is_standard", "standard", "report_type") if meta.has_field(field)
	]
	rows = frappe.get_all(
		doctype,
		filters={fieldname: ["like", "SV %"]},
		fields=["name", fieldname, *fields],
		order_by="name asc",
	)
	return [row for row in rows if not _is_ours(row)]


def _is_ours(row: dict) -> bool:
	"""Tell whether this came with our files, or is a list somebody keeps for themselves."""
	standard = row.get("is_standard") in (1, "Yes") or row.get("standard") in (1, "Yes")
	return (row.get("module") == MODULE and standard) or row.get("report_type") == HARMLESS_REPORT
