"""What the helpdesk itself holds and may show: with canaries that prove that a surface was really asked."""

import frappe

from dev.leaks.people import USERS
from dev.leaks.plant_mails import WRITER
from dev.leaks.planter import Planter


def plant_host(planter: Planter) -> None:
	"""Plant around the ordinary ticket: contact, comments, file, task, tag, versions, shares, logs and texts."""
	ticket = planter.documents["helpdesk/HD Ticket/by mail"][1]
	agent = USERS["it agent"]
	on_ticket = {"reference_doctype": "HD Ticket", "reference_name": ticket}
	if not frappe.db.exists("Contact", {"email_id": WRITER}):
		planter.of_host("writer", "Contact", "last_name", first_name="Rietje", email_ids=[{"email_id": WRITER, "is_primary": 1}])  # fmt: skip
	planter.of_host("of ticket", "HD Ticket Comment", "content", reference_ticket=ticket, commented_by=agent)
	planter.of_host("comment", "Comment", "content", comment_type="Comment", **on_ticket)
	planter.of_host(
		"note", "File", "content", file_name="notitie.txt", attached_to_doctype="HD Ticket",
		attached_to_name=ticket, is_private=1,
	)  # fmt: skip
	planter.of_host("call back", "ToDo", "description", allocated_to=agent, reference_type="HD Ticket",
		reference_name=ticket,
	)  # fmt: skip
	planter.of_host(
		"told", "Notification Log", "subject", for_user=agent, type="Alert", document_type="HD Ticket",
		document_name=ticket,
	)  # fmt: skip
	tag = planter.word("helpdesk/Tag Link/tag/tag", "host")
	frappe.get_doc("HD Ticket", ticket).add_tag(tag)
	change = frappe.get_doc("HD Ticket", ticket)
	change.subject = f"{change.subject} {planter.word('helpdesk/Version/subject/data', 'host')}"
	change.save()
	planter.of_host("writer's mail", "Communication", "content", subject="Mail", sender=WRITER, communication_type="Communication", communication_medium="Email", sent_or_received="Received", **on_ticket)  # fmt: skip
	deleted = planter.of_host("deleted", "ToDo", "description")
	frappe.delete_doc("ToDo", deleted.name)
	frappe.log_error(
		title="A fault of the host", message=planter.word("helpdesk/Error Log/fault/error", "host")
	)
	frappe.db.commit()
