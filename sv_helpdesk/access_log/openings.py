"""What counts as somebody opening or changing a document, and what is said about it."""

import frappe
from frappe.utils import cstr

from sv_helpdesk.access_log.pending import of_this_transaction, record
from sv_helpdesk.permissions import rules


def opened(doc, action: str = "Opened") -> None:
	"""Note that the session's user sees a document; once per document and request.

	A document handed over by a client can claim to be of another case, so what is noted is
	what the database says. What is not stored yet can't be opened.

	Args:
	        doc: the document.
	        action: "Opened", "Printed" or "Downloaded"; whoever downloads a file has opened it.
	"""
	noted = of_this_transaction()
	if not doc.name or _is_the_system():
		return
	if any(noted.has(done, doc.doctype, doc.name) for done in (action, "Downloaded")):
		return
	fieldname = "report" if doc.meta.has_field("report") else "name"
	stored = frappe.db.get_value(doc.doctype, doc.name, ["name", fieldname], as_dict=True)
	if stored:
		right = rules.by_what_right(doc, frappe.session.user)
		record(action, doc.doctype, cstr(stored.name), stored.get("report"), right)


def opened_together(doctype: str, names: list[str], report: str) -> None:
	"""Note that the session's user sees several documents of a case whose right was checked.

	Args:
	        doctype: type of the documents.
	        names: which.
	        report: name of their case.
	"""
	case = frappe._dict(doctype="SV Report", name=report)
	right = rules.by_what_right(case, frappe.session.user) if names else None
	for name in names:
		record("Opened", doctype, name, report, right)


def changed(doc) -> None:
	"""Note that the session's user made or changed a document."""
	if not _is_the_system():
		record("Changed", doc.doctype, cstr(doc.name), doc.get("report"))


def _is_the_system() -> bool:
	"""Mail intake, the outbox, installs and commands are nobody's opening; over HTTP there is somebody."""
	return frappe.session.user in ("Administrator", "Guest") and not getattr(frappe.local, "request", None)
