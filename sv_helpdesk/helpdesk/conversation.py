"""The dialogue of a case, as somebody with the right to the case reads it."""

import html

import frappe
from frappe import _

from sv_helpdesk.access_log import openings
from sv_helpdesk.crypto import files
from sv_helpdesk.crypto.errors import KeyMissingError, TamperedError
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.helpdesk import clean_html
from sv_helpdesk.permissions import may_use_report
from sv_helpdesk.reporting import codes
from sv_helpdesk.social_safety import reporters

COUNT_LIMIT = 200


@frappe.whitelist(methods=["POST"])
def of_case(report: str) -> list[dict]:
	"""Return the latest messages of a case, newest first, in clear text, with their files.

	Args:
	        report: name of the SV Report.

	Returns: per message name, direction, message_at, subject, body (safe HTML), sender,
	        recipient, delivery_status, automatic, attention, from_reporter, on_page (of the reporting page), can_answer
	        and attachments (name, title, size in bytes).

	Raises:
	        frappe.PermissionError: the session's user may not see the case.
	"""
	be_quiet()
	_check(report)
	names = frappe.get_all(
		"SV Message",
		filters={"report": report},
		pluck="name",
		order_by="message_at desc, creation desc",
		limit=COUNT_LIMIT,
	)
	openings.opened_together("SV Message", names, report)
	attachments = _attachments(report)
	known, comes_back = set(reporters.addresses(report)), codes.is_open(report)
	return [
		_shown(frappe.get_doc("SV Message", name), attachments.get(name, []), known, comes_back)
		for name in names
	]


@frappe.whitelist(methods=["POST"])
def open_attachment(name: str) -> None:
	"""Answer the request with the clear bytes of an attachment, as a download.

	Args:
	        name: name of the SV Attachment.

	Raises:
	        frappe.PermissionError: the session's user may not see the case.
	"""
	be_quiet()
	# what isn't there is refused like what is somebody else's
	_check(frappe.db.get_value("SV Attachment", name, "report") or "")
	attachment = frappe.get_doc("SV Attachment", name)
	openings.opened(attachment, action="Downloaded")
	frappe.local.response.filename = attachment.opened("original_name") or "file"
	frappe.local.response.filecontent = files.read(attachment.file, attachment.report)
	frappe.local.response.type = "download"


def _check(report: str) -> None:
	if not may_use_report(report, frappe.session.user):
		frappe.throw(_("You have no right to read this case."), frappe.PermissionError)


def _attachments(report: str) -> dict[str, list[dict]]:
	found: dict[str, list[dict]] = {}
	names = frappe.get_all("SV Attachment", filters={"report": report}, pluck="name", order_by="creation asc")
	openings.opened_together("SV Attachment", names, report)
	for name in names:
		attachment = frappe.get_doc("SV Attachment", name)
		shown = {"name": name, "title": attachment.opened("original_name"), "size": attachment.size}
		found.setdefault(attachment.message, []).append(shown)
	return found


def _shown(message, attachments: list[dict], known: set[str], comes_back: bool) -> dict:
	plain = (
		"name",
		"direction",
		"message_at",
		"delivery_status",
		"automatic",
		"attention",
		"acknowledgement",
		"asks_reporter",
	)
	sealed = ("subject", "body", "sender", "recipient")
	try:
		texts = {field: message.opened(field) for field in sealed}
		# what a colleague registered by hand was never a mail that the intake made safe
		texts["body"] = clean_html.from_html(texts["body"])
	except (KeyMissingError, TamperedError) as error:
		# one message that can't be read must not hide the others
		texts = dict.fromkeys(sealed, "") | {"body": html.escape(str(error))}
	on_page = message.is_of_page()
	incoming = message.direction == "Incoming" and not message.automatic
	of_reporter = {
		"from_reporter": on_page or message.sender_index in known,
		"on_page": on_page,
		"can_answer": incoming and bool(comes_back if on_page else texts["sender"]),
	}
	return {
		**{field: message.get(field) for field in plain},
		**texts,
		**of_reporter,
		"attachments": attachments,
	}
