"""What an answer says besides what is held: headings, values as people read them, what the law wants to be told."""

from datetime import date, datetime

import frappe
from frappe import _
from frappe.utils import cstr

from sv_helpdesk.pdf import written
from sv_helpdesk.subject_access.items import CASE, OPENINGS, SETTLEMENT, STORY, Item

# the plain field that says when it was, by part
MOMENTS = {
	"SV Message": "message_at",
	"SV Note": "talk_at",
	"SV Consent": "given_at",
	"SV Referral": "referred_on",
	"SV Aftercare Contact": "planned_on",
	"SV Action": "due_on",
	"SV Minutes": "meeting_at",
	"SV Complaint": "handed_over_on",
	"SV Complaint Part": "part_date",
	"SV Complaint Copy": "given_at",
}


def heading(item: Item, language: str) -> str:
	"""Return what an item is and of when.

	Args:
		item: of the answer.
		language: "nl" or "en".
	"""
	title = {
		CASE: _("Facts of the case", language),
		STORY: _("What was told", language),
		SETTLEMENT: _("How it was settled", language),
		OPENINGS: _("Who opened it", language),
		"SV Party": _("Your details", language),
		"SV Message": _("Message", language, context="SV Subject Request"),
		"SV Attachment": _("File", language, context="SV Subject Request"),
		"SV Note": _("Note of a talk", language),
		"SV Consent": _("What you allowed", language),
		"SV Referral": _("Hand-over or referral", language),
		"SV Aftercare": _("Aftercare plan", language),
		"SV Aftercare Contact": _("Contact of aftercare", language),
		"SV Action": _("What is done", language),
		"SV Minutes": _("Minutes of the decision table", language),
		"SV Complaint": _("Formal complaint", language),
		"SV Complaint Part": _("Part of the file of the complaint", language),
		"SV Complaint Copy": _("Copy of the file of the complaint", language),
	}[item.part]
	value = item.doc and item.doc.get(MOMENTS.get(item.part, ""))
	return f"{title}, {written.day(value, language)}" if value else title


def in_words(doc, fieldname: str, language: str) -> str:
	"""Return a plain field as people read it; "" for an empty one.

	Args:
		doc: the document.
		fieldname: the field.
		language: "nl" or "en".
	"""
	value, field = doc.get(fieldname), doc.meta.get_field(fieldname)
	if not value:
		return ""
	if isinstance(value, datetime):
		return written.moment(value, language)
	if isinstance(value, date):
		return written.day(value, language)
	if field.fieldtype == "Check":
		return _("Yes", language)
	if field.fieldtype == "Select":
		return _(value, language, doc.doctype)
	titles = {"SV Desk": "title", "SV Category": "title"}
	if field.fieldtype == "Link" and field.options in titles:
		return _(frappe.db.get_value(field.options, value, titles[field.options]), language)
	return cstr(value)


def label(doc, fieldname: str, language: str) -> str:
	"""Return what a field is called."""
	return _(doc.meta.get_label(fieldname), language, doc.doctype)


def what_to_know(language: str) -> list[str]:
	"""Return what everybody is told, whatever is held about them, so that it tells nothing (GDPR art. 12(4), 15)."""
	return [
		_(
			"This is what the colleague who answers you may see. Colleagues of this desk, and other desks, answer apart for what they hold, if they hold anything.",
			language,
		),
		_(
			"Names of others, and what would tell of them, are left out: their rights count as much as yours (GDPR art. 15(4)). For the same reason something else may have been left out.",
			language,
		),
		_(
			"It is kept to help who reports something, to deal with it with care, and to count what is reported without names. It came from who reported it, from you, and from colleagues who dealt with it. After the day named with a case, or as a rule two years after it is closed, it is anonymised.",
			language,
		),
		_(
			"You may ask to have something corrected or erased, and object to it being used. If you don't agree with this answer, tell us. You can also complain to the Dutch Data Protection Authority (Autoriteit Persoonsgegevens) or go to court.",
			language,
		),
	]
