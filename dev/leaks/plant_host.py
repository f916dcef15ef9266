"""What the helpdesk itself holds and may show: with canaries that prove that a surface was really asked."""

import json

import frappe

from dev.leaks.canaries import HOST
from dev.leaks.people import USERS
from dev.leaks.plant_mails import WRITER
from dev.leaks.planter import Planter
from dev.leaks.surface import QUIET
from dev.leaks.world import HOST_REPORT


def plant_host(planter: Planter) -> None:
	"""Plant around the ordinary ticket: contact, comments, file, tasks, tag, versions, reports, logs."""
	ticket = planter.documents["helpdesk/HD Ticket/by mail"][1]
	_on_ticket(planter, ticket)
	_change(planter, ticket)
	_contact(planter)
	_elsewhere(planter)


def _on_ticket(planter: Planter, ticket: str) -> None:
	agent = USERS["it agent"]
	on_ticket = {"reference_doctype": "HD Ticket", "reference_name": ticket}
	planter.of_host("of ticket", "HD Ticket Comment", "content", reference_ticket=ticket, commented_by=agent)
	planter.of_host("comment", "Comment", "content", comment_type="Comment", **on_ticket)
	file = {"attached_to_doctype": "HD Ticket", "attached_to_name": ticket, "is_private": 1}
	planter.of_host("note", "File", "content", file_name="notitie.txt", **file)
	task = {"reference_type": "HD Ticket", "reference_name": ticket}
	for key in ("it agent", "system manager"):
		planter.of_host(f"task of {key}", "ToDo", "description", allocated_to=USERS[key], **task)
	told = {"type": "Alert", "document_type": "HD Ticket", "document_name": ticket}
	planter.of_host("told", "Notification Log", "subject", for_user=agent, **told)
	mail = {"communication_type": "Communication", "communication_medium": "Email", "sender": WRITER}
	planter.of_host(
		"mail", "Communication", "content", subject="Mail", sent_or_received="Received", **mail, **on_ticket
	)
	frappe.get_doc("HD Ticket", ticket).add_tag(planter.word("helpdesk/Tag Link/tag/tag", HOST))


def _change(planter: Planter, ticket: str) -> None:
	"""A change that leaves a version."""
	change = frappe.get_doc("HD Ticket", ticket)
	change.subject = f"{change.subject} {planter.word('helpdesk/Version/subject/data', HOST)}"
	change.save()


def _contact(planter: Planter) -> None:
	name = frappe.db.get_value("Contact", {"email_id": WRITER})
	contact = frappe.get_doc("Contact", name) if name else frappe.new_doc("Contact")
	contact.update(
		{"first_name": "Rietje", "last_name": planter.word("helpdesk/Contact/writer/last_name", HOST)}
	)
	if not name:
		contact.append("email_ids", {"email_id": WRITER, "is_primary": 1})
	contact.save()


def _elsewhere(planter: Planter) -> None:
	frappe.delete_doc("ToDo", planter.of_host("deleted", "ToDo", "description").name)
	fault = planter.of_host("fault", "Error Log", method="A fault of the host")
	# what is planted here is confidential, and our Error Log keeps no words of that
	fault.db_set("error", planter.word("helpdesk/Error Log/fault/error", HOST))
	columns = {"fields": [["subject", "HD Ticket"]], "columns": [["subject", "HD Ticket"]], "filters": []}
	report = {"report_name": HOST_REPORT, "ref_doctype": "HD Ticket", "report_type": "Report Builder"}
	report |= {
		"is_standard": "No",
		"json": json.dumps(columns),
		"roles": [{"role": "Agent"}, {"role": "System Manager"}],
	}
	frappe.get_doc({"doctype": "Report", **report}).insert()
	prepared = frappe.new_doc("Prepared Report")
	prepared.update({"report_name": "ToDo", "status": "Completed"})
	prepared.filters = json.dumps({"x": planter.word("helpdesk/Prepared Report/ready/filters", HOST)})
	prepared.set_new_name()
	# inserting one the usual way would run it
	prepared.db_insert()
	frappe.db.commit()


def plant_leftovers(planter: Planter) -> None:
	"""Rows about a case and its ticket as an older version of some app may have left them behind."""
	report = ("SV Report", planter.documents["ccp1/SV Report/case"][1])
	ticket = ("HD Ticket", planter.documents["ccp2/HD Ticket/ticket"][1])
	for doctype, (about, name, text) in LEFTOVERS.items():
		for case, (target, document) in (("ccp1", report), ("ccp2", ticket)):
			if not frappe.db.exists("DocType", doctype) or (not about and target != "HD Ticket"):
				continue
			if doctype in ("Deleted Document", "ToDo") and target == "HD Ticket":
				# a sealed ticket can't be deleted, and a task about it is closed by who works on it
				continue
			row = frappe.new_doc(doctype)
			row.update({name: document, **({about: target} if about else {})})
			row.set(text, planter.word(f"{case}/{doctype}/left over/{text}"))
			_leave(row)
	for doctype, (about, name) in WITHOUT_WORDS.items():
		row = frappe.new_doc(doctype)
		row.update({about: "SV Report", name: planter.documents[f"{QUIET}/SV Report/case"][1]})
		_leave(row)
	frappe.db.commit()


def _leave(row) -> None:
	row.update(FURTHER.get(row.doctype, {}))
	row.set_new_name()
	row.db_insert()


# doctype -> field with the doctype it is about (or "": a ticket), field with the name, field with words
LEFTOVERS = {
	"Access Log": ("export_from", "reference_document", "filters"),
	"Activity Log": ("reference_doctype", "reference_name", "subject"),
	"Comment": ("reference_doctype", "reference_name", "content"),
	"Communication": ("reference_doctype", "reference_name", "content"),
	"Deleted Document": ("deleted_doctype", "deleted_name", "data"),
	"Email Queue": ("reference_doctype", "reference_name", "message"),
	"Energy Point Log": ("reference_doctype", "reference_name", "reason"),
	"File": ("attached_to_doctype", "attached_to_name", "file_name"),
	"HD Notification": ("", "reference_ticket", "message"),
	"HD Ticket Activity": ("", "ticket", "action"),
	"HD Ticket Comment": ("", "reference_ticket", "content"),
	"Notification Log": ("document_type", "document_name", "subject"),
	"Tag Link": ("document_type", "document_name", "tag"),
	"ToDo": ("reference_type", "reference_name", "description"),
	"Version": ("ref_doctype", "docname", "data"),
}
# of these the name of a document says enough
WITHOUT_WORDS = {
	"DocShare": ("share_doctype", "share_name"),
	"Document Follow": ("ref_doctype", "ref_docname"),
	"View Log": ("reference_doctype", "reference_name"),
}
FURTHER = {
	"DocShare": {"user": "Administrator", "read": 0},
	"Document Follow": {"user": "Administrator"},
	"View Log": {"viewed_by": "Administrator"},
	"Comment": {"comment_type": "Comment"},
	"Communication": {"communication_type": "Communication", "communication_medium": "Other", "subject": "x"},
	"File": {"file_url": "/private/files/overgebleven.txt", "is_private": 1},
	"Notification Log": {"for_user": "Administrator", "type": "Alert"},
	"ToDo": {"allocated_to": "Administrator"},
	"Activity Log": {"user": "Administrator"},
}
