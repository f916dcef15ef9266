"""By what words people know a document: the plain fields of each doctype that say most.

A document's name is a random one. These fields may be read by everybody who sees the row (a test holds this), so
that a title tells nothing that a list wouldn't.
"""

from datetime import datetime

import frappe
from frappe import _
from frappe.utils import cstr, format_date

from sv_helpdesk.forms import english

WORDED_BY: dict[str, tuple[str, ...]] = {
	"SV Report": ("case_number", "kind"),
	"SV Party": ("party_role",),
	"SV Consent": ("scope", "basis", "given_at"),
	"SV Message": ("direction", "channel", "message_at"),
	"SV Attachment": (),
	"SV Note": ("note_type", "talk_at"),
	"SV Step": ("taken_at",),
	"SV Referral": ("referral_type", "target", "referred_on"),
	"SV Complaint": ("status", "handed_over_on"),
	"SV Complaint Part": ("part_number", "kind"),
	"SV Complaint Copy": ("copy_number", "recipient"),
	"SV Decision Table": ("table_number",),
	"SV Table Case": ("subject", "kind"),
	"SV Minutes": ("meeting_at", "status"),
	"SV Contribution": ("section", "written_at"),
	"SV Agreed Action": ("due_on", "action_status"),
	"SV Minutes Approval": ("how", "approved_at"),
	"SV Minutes Copy": ("copy_number", "given_at"),
	"SV Action": ("due_on", "status"),
	"SV Communication Line": ("communicated_at",),
	"SV Aftercare": ("plan_number", "meant_for"),
	"SV Aftercare Contact": ("planned_on", "status"),
	"SV Deadline": ("kind",),
	"SV Held Mail": ("reason", "received_at"),
	"SV Access Grant": ("kind", "asked_at"),
	"SV Subject Request": ("request_number", "kind"),
	"SV Access Log": ("action", "logged_at"),
	"SV Approval": ("kind", "asked_at"),
	"SV Self Check": ("checked_at",),
	"SV Desk": ("title",),
	"SV Unit": ("unit_name",),
	"SV Unit Priority": ("year", "subject"),
	"SV Page Text": ("page", "language"),
	"SV Category": ("title",),
	"SV Measure": ("title",),
	"SV Calendar": ("calendar_name",),
	"SV Term": ("kind",),
	"SV Confidant Report": ("received_on", "about"),
	"SV Delivered Figures": ("year", "body"),
	"SV Figures": ("year", "status"),
}
# come with the app in English, and are in its dictionary
TRANSLATED = ("SV Category", "SV Measure")
SEPARATOR = " · "
# parts of the host put a title between tags or in an attribute as it is
HARMLESS = str.maketrans({"<": "‹", ">": "›", '"': "”"})


def kind_of(doctype: str) -> str:
	"""Return what a document is, in the reader's language."""
	return english.words().get(doctype) or _(doctype)


def title_of(doctype: str, row, *more: str) -> str:
	"""Return by what words people know a document; never more than text.

	Args:
		doctype: of the document.
		row: has its fields of WORDED_BY.
		more: what else is known of it, in words.
	"""
	parts = [_in_words(doctype, fieldname, row.get(fieldname)) for fieldname in WORDED_BY[doctype]]
	words = SEPARATOR.join(part for part in (*parts, *more) if part) or kind_of(doctype)
	return words.translate(HARMLESS)


def _in_words(doctype: str, fieldname: str, value) -> str:
	"""Return a value as the reader has it; a moment is its day."""
	if value in (None, ""):
		return ""
	field = frappe.get_meta(doctype).get_field(fieldname)
	if field.fieldtype in ("Date", "Datetime"):
		return format_date(value.date() if isinstance(value, datetime) else value)
	if field.fieldtype == "Select":
		return _(value, context=doctype)
	return _(value) if doctype in TRANSLATED else cstr(value)
