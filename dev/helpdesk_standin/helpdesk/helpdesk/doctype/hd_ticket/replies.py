"""What is said on a ticket: answers of agents, messages of the person from outside, comments among agents."""

import frappe
from frappe import _
from frappe.utils import cint
from helpdesk.utils import is_agent


def last_communication(ticket):
	"""Return the newest Communication on a ticket, or None."""
	names = frappe.get_all(
		"Communication",
		filters={"reference_doctype": "HD Ticket", "reference_name": str(ticket.name)},
		pluck="name",
		order_by="creation desc",
		limit=1,
	)
	return frappe.get_doc("Communication", names[0]) if names else None


def new_comment(ticket, content, attachments):
	"""Write a comment beside a ticket; for agents alone.

	Raises:
		frappe.PermissionError: when the session's user isn't an agent.
	"""
	_refuse_others()
	comment = frappe.get_doc(
		{
			"doctype": "HD Ticket Comment",
			"commented_by": frappe.session.user,
			"content": content,
			"reference_ticket": ticket.name,
		}
	).insert()
	for attachment in attachments:
		attach_by_url("HD Ticket Comment", comment.name, attachment.get("file_url"))


def reply_via_agent(ticket, message, to, cc, bcc, attachments):
	"""Answer as an agent.

	Raises:
		frappe.PermissionError: when the session's user isn't an agent.
	"""
	_refuse_others()
	by_mail = not cint(_setting("skip_email_workflow"))
	before = last_communication(ticket)
	subject = f"Re: {ticket.subject}"
	recipients = to or ticket.raised_by
	communication = frappe.get_doc(
		{
			"doctype": "Communication",
			"communication_type": "Communication",
			"communication_medium": "Email" if by_mail else "",
			"sent_or_received": "Sent",
			"email_status": "Open",
			"status": "Linked",
			"subject": subject,
			"content": message,
			"sender": frappe.session.user,
			"recipients": recipients,
			"cc": cc,
			"bcc": bcc,
			"in_reply_to": before.name if before and before.message_id else None,
			"reference_doctype": "HD Ticket",
			"reference_name": ticket.name,
		}
	).insert(ignore_permissions=True)
	urls = (
		frappe.get_all("File", filters={"name": ("in", attachments)}, pluck="file_url") if attachments else []
	)
	for url in urls:
		attach_by_url("Communication", communication.name, url)
		attach_by_url("HD Ticket", ticket.name, url)
	if by_mail and cint(_setting("enable_reply_email_via_agent")):
		frappe.sendmail(
			recipients=recipients,
			cc=cc,
			bcc=bcc,
			subject=subject,
			message=message,
			attachments=[{"file_url": url} for url in urls],
			communication=communication.name,
			reference_doctype="HD Ticket",
			reference_name=ticket.name,
			expose_recipients="header",
			now=bool(cint(_setting("instantly_send_email"))),
			in_reply_to=before.name if before else None,
		)


def create_communication_via_contact(ticket, message, attachments, new_ticket):
	"""Write on a ticket as the person from outside; the sender is the session's user, whoever that is."""
	if not new_ticket:
		if cint(_setting("enable_reply_email_to_agent")):
			_mail_assigned_agents(ticket, message)
		ticket.status = ticket.ticket_reopen_status
		ticket.save(ignore_permissions=True)
	communication = frappe.get_doc(
		{
			"doctype": "Communication",
			"communication_type": "Communication",
			"communication_medium": "Email",
			"sent_or_received": "Received",
			"email_status": "Open",
			"status": "Linked",
			"subject": f"Re: {ticket.subject}",
			"content": message,
			"sender": frappe.session.user,
			"reference_doctype": "HD Ticket",
			"reference_name": ticket.name,
		}
	)
	communication.flags.ignore_mandatory = True
	communication.insert(ignore_permissions=True)
	for attachment in ticket.get("attachments") or attachments:
		url = frappe.db.get_value("File", attachment["name"], "file_url")
		frappe.db.set_value(
			"File",
			attachment["name"],
			{"attached_to_doctype": "Communication", "attached_to_name": communication.name},
		)
		attach_by_url("HD Ticket", ticket.name, url)


def attach_by_url(doctype, name, file_url):
	"""Hang one more File on a document for a URL that is already known, without asking who owns it."""
	place = {"attached_to_doctype": doctype, "attached_to_name": name, "file_url": file_url}
	if not frappe.db.exists("File", place):
		frappe.get_doc({"doctype": "File", **place}).insert(ignore_permissions=True)


def _mail_assigned_agents(ticket, message):
	agents = ticket.get_assigned_agents()
	if agents:
		frappe.sendmail(
			recipients=agents,
			subject=f"Re: {ticket.subject} - #{ticket.name}",
			message=message,
			reference_doctype="HD Ticket",
			reference_name=ticket.name,
			now=True,
		)


def _refuse_others():
	if not is_agent():
		frappe.throw(_("Only agents may do this."), frappe.PermissionError)


def _setting(fieldname):
	return frappe.db.get_single_value("HD Settings", fieldname)
