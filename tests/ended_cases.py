"""Cases that have ended and are to be anonymised, with one of everything that belongs to a case."""

from grant_helpers import acting_as, case_of
from test_rows_of_a_case import of_case, of_table, put, table_on

import frappe
from frappe.utils import add_days, add_years, getdate, now_datetime

from sv_helpdesk.crypto import blind_index, files
from sv_helpdesk.helpdesk import sealed_ticket
from sv_helpdesk.permissions import denied_list
from sv_helpdesk.reporting import codes
from sv_helpdesk.test_utils import make_party
from sv_helpdesk.workflows.moving import move

OVER = {"SV Aftercare": {"status": "Closed"}, "SV Decision Table": {"status": "Settled"}}


def end(case: str, **values) -> None:
	"""Let a case be closed so long ago that its term is over today."""
	closed = add_years(now_datetime().replace(microsecond=0), -2)
	kept = {"status": "Closed", "received_at": add_days(closed, -30), "closed_at": closed}
	frappe.db.set_value("SV Report", case, {**kept, "anonymise_on": getdate(), **values})
	for doctype, over in OVER.items():
		if doctype == "SV Aftercare":
			frappe.db.set_value(doctype, {"report": case}, over)


def confirm(user: str, case: str) -> None:
	"""Confirm as somebody that a case goes."""
	with acting_as(user):
		move("SV Report", case, "confirm_anonymising")


def full_case(desk, user: str, *people: str) -> tuple[str, str, list]:
	"""Make an ended case at a desk, handled by somebody, with one of everything, in the host, too.

	Args:
		desk: the desk.
		user: who handles it and does everything.
		people: an account that is the accused, and one that sits at the table.

	Returns:
		Names of the case and of its decision table, and all documents.
	"""
	accused, member = people
	with acting_as(user):
		case = case_of(
			desk,
			user,
			main_category="bullying",
			subject="A few words",
			narrative="What happened",
			wishes="What they want",
			settlement_text="How it went",
		)
	documents = of_case(case)
	documents.append(
		make_party(
			case,
			"Reporter",
			person_name=f"Rosa {frappe.generate_hash(length=10)}",
			email_address=f"{frappe.generate_hash(length=10)}@uni.example",
			phone="0612345678",
			staff_group="PhD candidate",
			gender="Female",
		)
	)
	documents.append(
		make_party(case, "Accused", account=accused, person_name=f"Adam {frappe.generate_hash(length=10)}")
	)
	frappe.db.set_value("SV Party", {"report": case}, "supported_by", user)
	_with_files(case)
	codes.give(case)
	denied_list.add(case, blind_index("account", member), denied_list.BY_HAND)
	table = table_on(desk, case)
	frappe.db.set_value("SV Decision Table", table.name, {"manager": member, "coordinator": user})
	documents += of_table(table)
	ticket = sealed_ticket.create(frappe.db.get_value("SV Report", case, "case_number"), None)
	frappe.db.set_value("SV Report", case, "ticket", ticket)
	_in_the_host(case, ticket, user)
	for doctype, over in OVER.items():
		names = {"name": table.name} if doctype == "SV Decision Table" else {"report": case}
		frappe.db.set_value(doctype, names, over)
	frappe.db.set_value("SV Referral", {"report": case}, "status", "Completed")
	end(case)
	return case, table.name, documents


def _with_files(case: str) -> None:
	"""Store an attachment and a held mail of a case, with their bytes on disk."""
	for doctype in ("SV Attachment", "SV Held Mail"):
		row = put(doctype, report=case)
		key = case if doctype == "SV Attachment" else row.name
		row.db_set("file", files.store(b"bytes of a file", key, doctype, row.name))


def _in_the_host(case: str, ticket: str, user: str) -> None:
	"""Leave rows about a case and its ticket where the host might."""
	for doctype, name in (("SV Report", case), ("HD Ticket", ticket)):
		rows = {
			"Comment": {"reference_doctype": doctype, "reference_name": name, "comment_type": "Info"},
			"ToDo": {"reference_type": doctype, "reference_name": name, "allocated_to": user},
			"Version": {"ref_doctype": doctype, "docname": name, "data": "{}"},
			"View Log": {"reference_doctype": doctype, "reference_name": name, "viewed_by": user},
			"Notification Log": {"document_type": doctype, "document_name": name, "for_user": user},
			"Deleted Document": {"deleted_doctype": doctype, "deleted_name": name, "data": "{}"},
			"Route History": {"user": user, "route": f"Form/{doctype}/{name}"},
		}
		for host_doctype, values in rows.items():
			row = frappe.new_doc(host_doctype)
			row.update(values)
			row.set_new_name()
			row.db_insert()
