"""The sealed HD Ticket: a queue entry that says only that there is a case.

Everything Helpdesk would show, mail or index of it is neutral from the first insert.
The doc events here are the second line: nothing readable is added to it later.
"""

import frappe
from frappe import _
from frappe.utils import cstr

from sv_helpdesk.permissions.rules import GUARDED
from sv_helpdesk.social_safety.case_number import PATTERN as CASE_NUMBER

NEUTRAL_FIELDS = ("subject", "description", "raised_by", "contact", "customer")
TEXT_TYPES = ("Text", "Small Text", "Long Text", "Text Editor", "Markdown Editor", "HTML Editor", "Attach")


def create(case_number: str, team: str | None) -> str:
	"""Insert the queue entry of a new case and return its name as a string.

	`via_customer_portal` keeps every Helpdesk from sending its acknowledgement, which one
	version sends with a commit in the middle of the insert.

	Args:
	        case_number: the number people see; not a running series.
	        team: HD Team in whose queue it appears.
	"""
	ticket = frappe.new_doc("HD Ticket")
	ticket.update(
		{
			"subject": f"{_('Social safety')} {case_number}",
			"raised_by": neutral_address(),
			"agent_group": team,
			"via_customer_portal": 1,
		}
	)
	# no report names it yet, and still no agreement of Helpdesk's is worked out for it
	ticket.flags.sealed = True
	# the mail path and staff without the role Agent open cases too
	ticket.insert(ignore_permissions=True)
	return cstr(ticket.name)


def neutral_address() -> str:
	"""Return the address every sealed ticket is raised by; nothing can be delivered to it."""
	return frappe.db.get_single_value("SV Settings", "sealed_raised_by") or "melding@verzegeld.invalid"


def is_sealed(ticket: str | int | None) -> bool:
	"""Tell whether an HD Ticket is the queue entry of a case, however a request spells its name.

	Where names are numbers the database takes "12abc" for 12, so the name is looked up first.
	"""
	if not ticket or not isinstance(ticket, str | int):
		return False
	name = frappe.db.get_value("HD Ticket", {"name": cstr(ticket)}, "name")
	return name is not None and bool(frappe.db.exists("SV Report", {"ticket": cstr(name)}))


def keep_sealed(doc, method: str | None = None) -> None:
	"""HD Ticket.validate: a sealed ticket stays neutral whatever is typed into it."""
	if doc.is_new() or not is_sealed(doc.name):
		return
	texts = [field.fieldname for field in doc.meta.get("fields", {"fieldtype": ["in", TEXT_TYPES]})]
	fields = list(dict.fromkeys([*NEUTRAL_FIELDS, *texts]))
	stored = frappe.db.get_value("HD Ticket", doc.name, fields, as_dict=True)
	if any((doc.get(field) or None) != (stored[field] or None) for field in fields):
		_refuse()


def keep_at_desk(doc, method: str | None = None) -> None:
	"""HD Ticket.validate: a sealed ticket stands in the queue of its desk; in another one nobody would find it."""
	if doc.is_new() or not doc.has_value_changed("agent_group") or not is_sealed(doc.name):
		return
	desk = frappe.db.get_value("SV Report", {"ticket": cstr(doc.name)}, "desk")
	if (doc.agent_group or None) != (frappe.db.get_value("SV Desk", desk, "hd_team") or None):
		frappe.throw(
			_(
				"This ticket stays in the queue of its desk. Open the case and hand it over to another desk there."
			)
		)


def keep_in_queue(doc, method: str | None = None) -> None:
	"""HD Ticket.on_trash: an agent may delete tickets, but not take a case out of its desk's queue."""
	if not frappe.flags.in_uninstall and is_sealed(doc.name):
		frappe.throw(
			_("This ticket belongs to a confidential case, so it can't be deleted. Close the case instead.")
		)


def refuse_text(doc, method: str | None = None) -> None:
	"""Before a Communication, Comment or HD Ticket Comment is inserted: none on a sealed ticket or a case."""
	if doc.doctype == "Comment" and doc.comment_type != "Comment":
		return
	if is_sealed(doc.get("reference_ticket")):
		_refuse()
	_refuse_on(doc.get("reference_doctype"), doc.get("reference_name"))


def refuse_file(doc, method: str | None = None) -> None:
	"""Before a File is inserted: none on a sealed ticket or a case; ours are written encrypted by crypto.files."""
	_refuse_on(doc.attached_to_doctype, doc.attached_to_name)


def notify_in_desk_only(doc, method: str | None = None) -> None:
	"""Before a Notification Log is inserted: one about a sealed ticket is shown in the Desk, but never mailed.

	Assignments are notified by a job that may run before the ticket is committed; then its subject,
	which has the case number, tells.
	"""
	if doc.document_type == "HD Ticket" and (
		is_sealed(doc.document_name) or CASE_NUMBER.search(cstr(doc.subject))
	):
		# the one type of which no version of Frappe sends mails
		doc.type = "Alert"


def _refuse_on(doctype: str | None, name: str | int | None) -> None:
	if doctype == "HD Ticket" and is_sealed(name):
		_refuse()
	if doctype in GUARDED:
		frappe.throw(_("This would be stored unencrypted. Write a note or a message in the case instead."))


def _refuse() -> None:
	frappe.throw(
		_(
			"This ticket belongs to a confidential case, so nothing can be written here. "
			"Open the case and write there."
		)
	)
