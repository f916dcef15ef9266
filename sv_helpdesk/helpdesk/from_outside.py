"""What came from outside becomes a case: by mail or by the reporting page, which have no user of their own.

Nothing here commits: all of it lands, or none. What is inserted is encrypted before the first statement
that carries it.
"""

import frappe

from sv_helpdesk.crypto import files
from sv_helpdesk.guards.tickets import withdraw_from_outsiders
from sv_helpdesk.helpdesk import sealed_ticket, ticket_dates


def make_case(values: dict, *people: dict, taken_over: bool = False):
	"""Insert a new case with the people in it; `queue` it once its first message is there.

	Args:
	        values: of the SV Report.
	        people: values of each SV Party.
	        taken_over: whether it was a case before it came here: it keeps the state that it had, nobody is told of
	                repetition, and whoever makes many at once hides them from their accused (denied_list.follow_all).

	Returns: the SV Report.
	"""
	report = frappe.new_doc("SV Report")
	report.flags.from_outside = True
	report.flags.taken_over = report.flags.status_as_given = taken_over
	# what isn't known any more stays empty rather than made up
	report.flags.ignore_mandatory = taken_over
	report.update(values)
	# here and below: neither mail nor page has a user of its own who could have a right
	report.insert(ignore_permissions=True)
	for person in people:
		party = frappe.new_doc("SV Party")
		party.flags.from_outside = True
		party.flags.taken_over = taken_over
		party.update({"report": report.name, **person})
		party.insert(ignore_permissions=True)
	return report


def queue(report) -> None:
	"""Give a new case its sealed ticket.

	Args:
	        report: the SV Report.
	"""
	team = frappe.db.get_value("SV Desk", report.desk, "hd_team")
	report.db_set("ticket", sealed_ticket.create(report.case_number, team), update_modified=False)
	withdraw_from_outsiders(report.ticket)
	ticket_dates.show([report.name])


def add_message(report: str, values: dict, attachments=(), taken_over: bool = False) -> str:
	"""Insert a message that came in, with its files.

	Args:
	        report: name of the SV Report.
	        values: of the SV Message.
	        attachments: files with a name, a media_type and their content.
	        taken_over: whether it came before the case was here, so that no clock goes on by it.

	Returns: the message's name.
	"""
	message = frappe.new_doc("SV Message")
	message.flags.from_outside = True
	message.flags.taken_over = taken_over
	message.update({"report": report, "direction": "Incoming", **values})
	message.insert(ignore_permissions=True)
	for file in attachments:
		attachment = frappe.new_doc("SV Attachment")
		attachment.flags.from_outside = True
		attachment.name = frappe.generate_hash(length=16)
		attachment.flags.name_set = True
		attachment.update(
			{
				"report": report,
				"message": message.name,
				"original_name": file.name,
				"media_type": file.media_type,
				"size": len(file.content),
				"file": files.store(file.content, report, "SV Attachment", attachment.name),
			}
		)
		attachment.insert(ignore_permissions=True)
	return message.name


def flag(report: str, attention: list[str]) -> None:
	"""Show on a case what the desk should mind, each point once.

	Args:
	        report: name of the SV Report.
	        attention: codes.
	"""
	known = (frappe.db.get_value("SV Report", report, "attention") or "").split()
	frappe.db.set_value(
		"SV Report",
		report,
		"attention",
		"\n".join(dict.fromkeys([*known, *attention])),
		update_modified=False,
	)
