"""Functions that take a doctype and a name."""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.utils import cstr

from sv_helpdesk.guards.checks.arguments import as_dict, each, parsed
from sv_helpdesk.guards.mentions import LONGEST, may_hold_ours, mentions_ours
from sv_helpdesk.guards.subjects import (
	is_ours,
	is_protected,
	may_read,
	refuse,
	refuse_protected,
	require_read,
)

# what the host's functions call a doctype and the name of one document
DOCTYPE_ARGUMENTS = frozenset(("doctype", "dt", "doc", "reference_doctype", "document_type"))
NAME_ARGUMENTS = ("name", "names", "docname", "docnames", "dn", "old_name", "reference_name", "document_name")


def readable(doctype: str = "doctype", name: str = "name") -> Callable[[dict], None]:
	"""Return a check: the document these two arguments name is one the user may read.

	Args:
		doctype, name: names of the arguments; `name` may hold several.
	"""

	def check(arguments: dict) -> None:
		for item in each(arguments.get(name)):
			require_read(arguments.get(doctype), item)

	return check


def never(doctype: str = "doctype", name: str = "name") -> Callable[[dict], None]:
	"""Return a check: nobody does this with one of our documents or a sealed ticket.

	Args:
		doctype, name: names of the arguments; `name` may hold several.
	"""

	def check(arguments: dict) -> None:
		if is_ours(arguments.get(doctype)):
			refuse()
		for item in each(arguments.get(name)):
			refuse_protected(arguments.get(doctype), item)

	return check


def assigned(arguments: dict) -> None:
	"""assign_to.add: of a document that one may read, and in no words, which would be kept and mailed in clear."""
	for asked in (arguments, as_dict(arguments.get("args"))):
		names = list(each(asked.get("name")))
		for name in names:
			require_read(asked.get("doctype"), name)
		if any(is_protected(asked.get("doctype"), name) for name in names):
			asked["description"] = ""


def not_about_ours(arguments: dict) -> None:
	"""Nobody asks this function about our doctypes, wherever in the arguments they stand."""
	if mentions_ours(arguments):
		refuse()


def named(arguments: dict) -> None:
	"""The document that a request names by doctype and name is one the user may read, whatever the function calls them."""
	for key in DOCTYPE_ARGUMENTS & arguments.keys():
		# a printed document can stand there whole
		if isinstance(arguments[key], str) and len(arguments[key]) < LONGEST and is_ours(arguments[key]):
			for item in (item for name in NAME_ARGUMENTS for item in each(arguments.get(name))):
				require_read(arguments[key], item)
	sent = (arguments.get("doc"), arguments.get("docs"))
	# most requests are about others' documents, and JSON takes its time
	if not any(may_hold_ours(value) if isinstance(value, str) else value for value in sent):
		return
	stored = parsed(arguments.get("docs"))
	for document in [as_dict(arguments.get("doc")), *(stored if isinstance(stored, list) else [])]:
		if isinstance(document, dict) and is_ours(document.get("doctype")) and not document.get("__islocal"):
			for item in each(document.get("docname") or document.get("name")):
				require_read(document["doctype"], item)
		if isinstance(document, dict) and is_ours(document.get("parenttype")):
			# the host loads the document that a row is to be added to
			require_read(document["parenttype"], document.get("parent"))


def absent_if_hidden(doctype: str, name: str) -> None:
	"""A file of ours that one may not read isn't there, in the host's own words for what isn't there."""
	if doctype != "File" or not frappe.db.exists(doctype, name):
		return
	if is_ours(frappe.db.get_value(doctype, name, "attached_to_doctype")) and not may_read(doctype, name):
		_absent(doctype, name)


def absent_file(arguments: dict) -> None:
	"""download_file: of ours that one may not read there is no file; Frappe 16 says what it is attached to."""
	url = arguments.get("file_url")
	rows = frappe.get_all(
		"File",
		filters={"file_url": cstr(url), "attached_to_doctype": ["like", "SV %"]},
		pluck="name",
		order_by="creation asc",
	)
	if rows and not any(may_read("File", row) for row in rows):
		_absent("File", {"file_url": url})


def _absent(doctype: str, asked: object) -> None:
	try:
		frappe.throw(_("{0} {1} not found").format(_(doctype), asked), frappe.DoesNotExistError)
	except frappe.DoesNotExistError as error:
		# from Frappe 16 on the host's answer hangs on the doctype
		error.doctype = doctype
		raise


def found(arguments: dict) -> None:
	"""frappe.client.get: filters that find nothing of ours which the user may read find nothing."""
	doctype, filters = arguments.get("doctype"), parsed(arguments.get("filters"))
	if not is_ours(doctype) or not filters or arguments.get("name"):
		return
	if not isinstance(filters, list | dict) or not frappe.has_permission(doctype, "read"):
		refuse()
	if not frappe.get_list(doctype, filters=filters, pluck="name", order_by="name asc", limit_page_length=1):
		refuse()


def made_up_document(arguments: dict) -> None:
	"""run_doc_method: a document built from the request has the stored one's rights, a new one the right to create.

	The host's own check sees what the client wrote.
	"""
	if arguments.get("dt"):
		# newer versions have a function of this name that takes no dt, and what is sent with it
		require_read(arguments.get("dt"), arguments.get("dn") or arguments.get("dt"))
	document = as_dict(arguments.get("docs")) or as_dict(arguments.get("document"))
	doctype, name = document.get("doctype"), document.get("name")
	if not is_ours(doctype):
		# a name that isn't text or a number is none of a ticket
		if is_protected(doctype, name) and not may_read(doctype, name):
			refuse()
		if doctype not in TOOLS and mentions_ours(document):
			refuse()
		return None
	if name and frappe.db.exists("DocType", doctype) and frappe.db.exists(doctype, name):
		return require_read(doctype, name)
	if not frappe.has_permission(doctype, "create"):
		refuse()
	return None


def links(doctype: str, name: str) -> None:
	"""Refuse to expand the links of a document that leads to one of ours, or to a sealed ticket, without a right.

	Args:
		doctype, name: the document of the API's path.
	"""
	if not frappe.db.exists("DocType", doctype) or not frappe.db.exists(doctype, name):
		return
	document = frappe.get_doc(doctype, name)
	for field in document.meta.get("fields", {"fieldtype": ["in", ["Link", "Dynamic Link"]]}):
		target = field.options if field.fieldtype == "Link" else document.get(field.options)
		if value := document.get(field.fieldname):
			require_read(target, value)


def prepared_report(arguments: dict) -> None:
	"""query_report.run: a result that was kept is shown to whom it was made for, if the report is about our documents."""
	filters = parsed(arguments.get("filters"))
	name = filters.get("prepared_report_name") if isinstance(filters, dict) else None
	for item in each(name):
		if frappe.db.exists("Prepared Report", item) and not may_read("Prepared Report", item):
			refuse()


def counted_anew(arguments: dict) -> None:
	"""query_report.run, export_query: a report about our documents is counted for whoever asks, its result never kept.

	The host marks a report that is slow, and on some versions each that refused somebody 15 seconds ago: from then on
	its results would be files, made by a job. The mark is taken off.
	"""
	report = frappe.qb.DocType("Report")
	for name in each(arguments.get("report_name")):
		if frappe.db.exists("Report", {"name": name, "prepared_report": 1, "ref_doctype": ["like", "SV %"]}):
			frappe.qb.update(report).set(report.prepared_report, 0).where(report.name == name).run()


# documents of the host whose business is other doctypes; what they may change of ours is decided when they are saved
TOOLS = ("Customize Form",)
