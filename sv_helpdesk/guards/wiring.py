"""Which documents of the host are guarded, as hooks.py needs it: names only, nothing is imported here."""

from collections.abc import Iterable
from typing import NamedTuple


class About(NamedTuple):
	"""Where a row of the host says which document it is about.

	doctype: column with that document's doctype; "" if it is always a ticket.
	name: column with its name; "" if any row of that doctype counts.
	own: columns with users who may see the row all the same.
	"""

	doctype: str
	name: str
	own: tuple[str, ...] = ()


# rows the host keeps about documents: those about ours and about sealed tickets are hidden
ROWS = {
	"Access Log": About("export_from", "reference_document"),
	"Activity Log": About("reference_doctype", "reference_name"),
	"Comment": About("reference_doctype", "reference_name"),
	"Communication": About("reference_doctype", "reference_name"),
	"Deleted Document": About("deleted_doctype", ""),
	"DocShare": About("share_doctype", "share_name"),
	"Document Follow": About("ref_doctype", "ref_docname"),
	"Email Queue": About("reference_doctype", "reference_name"),
	"Energy Point Log": About("reference_doctype", "reference_name"),
	"File": About("attached_to_doctype", "attached_to_name"),
	"HD Notification": About("", "reference_ticket", ("user_to",)),
	"HD Ticket Activity": About("", "ticket"),
	"HD Ticket Comment": About("", "reference_ticket"),
	"Notification Log": About("document_type", "document_name", ("for_user",)),
	"Tag Link": About("document_type", "document_name"),
	"ToDo": About("reference_type", "reference_name", ("allocated_to", "assigned_by")),
	"Version": About("ref_doctype", "docname"),
	"View Log": About("reference_doctype", "reference_name"),
}

# what would be kept, mailed, counted or shown about a whole doctype: none on ours
ABOUT_DOCTYPES = {
	"Assignment Rule": ("document_type",),
	"Audit Trail": ("doctype_name",),
	"Auto Repeat": ("reference_doctype",),
	"Bulk Update": ("document_type",),
	"Calendar View": ("reference_doctype",),
	"Dashboard Chart": ("document_type", "parent_document_type"),
	"Data Export": ("reference_doctype",),
	"Data Import": ("reference_doctype",),
	"Document Naming Rule": ("document_type",),
	"Energy Point Rule": ("reference_doctype",),
	"Kanban Board": ("reference_doctype",),
	"List Filter": ("reference_doctype",),
	"Milestone Tracker": ("document_type",),
	"Notification": ("document_type",),
	"Number Card": ("document_type", "parent_document_type"),
	"Webhook": ("webhook_doctype",),
}

# what somebody would attach to one document: nothing to ours or to a sealed ticket
ABOUT_DOCUMENTS = {
	"DocShare": ("share_doctype", "share_name"),
	"Discussion Topic": ("reference_doctype", "reference_docname"),
	"Document Follow": ("ref_doctype", "ref_docname"),
	"Document Share Key": ("reference_doctype", "reference_docname"),
	"Energy Point Log": ("reference_doctype", "reference_name"),
	"Milestone": ("reference_type", "reference_name"),
	"Reminder": ("reminder_doctype", "reminder_docname"),
	"Tag Link": ("document_type", "document_name"),
}

# these take the place of the host's functions, under the host's names
OVERRIDES = {
	"frappe.client.get_count": "sv_helpdesk.guards.counting.get_count",
	"frappe.desk.form.linked_with.get": "sv_helpdesk.guards.listing.get_linked",
	"frappe.desk.listview.get_group_by_count": "sv_helpdesk.guards.counting.get_group_by_count",
	"frappe.desk.query_report.get_data_for_custom_field": "sv_helpdesk.guards.listing.get_data_for_custom_field",
}

_RECORDS = "sv_helpdesk.guards.records."
_TEMPLATES = "sv_helpdesk.guards.templates."


def add_doc_events(events: dict[str, dict[str, str | list[str]]], ours: Iterable[str]) -> None:
	"""Add the doc events of the guards to those of the app.

	Args:
		events: doc_events as hooks.py has them; changed in place.
		ours: the doctypes of the app.
	"""

	def add(doctype: str, event: str, path: str) -> None:
		before = events.setdefault(doctype, {}).get(event, [])
		events[doctype][event] = [*([before] if isinstance(before, str) else before), path]

	for doctype in ABOUT_DOCTYPES:
		add(doctype, "before_validate", f"{_RECORDS}refuse_about_our_doctypes")
	for doctype in ABOUT_DOCUMENTS:
		add(doctype, "before_validate", f"{_RECORDS}refuse_about_protected")
	add("Auto Email Report", "before_validate", f"{_RECORDS}refuse_mailed_report")
	add("Prepared Report", "before_validate", f"{_RECORDS}refuse_kept_report")
	add("Global Search Settings", "before_validate", f"{_RECORDS}refuse_global_search")
	add("Event", "before_validate", f"{_RECORDS}refuse_rows_about_protected")
	add("Contact", "before_validate", f"{_RECORDS}refuse_rows_about_protected")
	add("Contact", "before_validate", f"{_RECORDS}refuse_neutral_address")
	add("Address", "before_validate", f"{_RECORDS}refuse_rows_about_protected")
	add("Communication", "before_validate", f"{_RECORDS}refuse_rows_about_protected")
	add("Comment", "before_insert", f"{_RECORDS}empty_comment")
	add("Version", "before_insert", f"{_RECORDS}empty_version")
	for doctype in ours:
		add(doctype, "on_trash", f"{_RECORDS}keep_document")
	add("File", "before_validate", f"{_RECORDS}refuse_second_row")
	add("ToDo", "before_validate", f"{_RECORDS}assign_within_rights")
	add("HD Settings", "before_validate", f"{_TEMPLATES}keep_from_data")
	add("HD Saved Reply", "before_validate", f"{_TEMPLATES}refuse_program_in_reply")


def list_conditions() -> dict[str, str]:
	"""Return the permission_query_conditions of the guards, one dotted path by doctype."""
	return {
		"HD Ticket": "sv_helpdesk.guards.tickets.query_condition",
		"HD View": "sv_helpdesk.helpdesk.queue_views.query_condition",
		"Prepared Report": "sv_helpdesk.guards.rows.prepared_reports",
		**{doctype: f"sv_helpdesk.guards.rows.{name_of(doctype)}" for doctype in ROWS},
	}


def document_checks() -> dict[str, str]:
	"""Return the has_permission hooks of the guards, one dotted path by doctype."""
	return {
		"HD Ticket": "sv_helpdesk.guards.tickets.has_permission",
		"HD View": "sv_helpdesk.helpdesk.queue_views.has_permission",
		"Prepared Report": "sv_helpdesk.guards.rows.may_read_prepared_report",
		**dict.fromkeys(ROWS, "sv_helpdesk.guards.rows.has_permission"),
	}


def name_of(doctype: str) -> str:
	"""Return the name of a doctype's list condition in `rows`."""
	return doctype.lower().replace(" ", "_")
