"""Numbered copies of a complaint's file, each made for who gets it alone and noted (A&O 6.1.2; R1).

The committee gets exactly the parts that are marked for it, each of the two sides what is open to them. The
accused has no account for it: the desk gives them their part on paper, once they were told of the complaint.
"""

import frappe
from frappe import _

from sv_helpdesk.access_log import openings
from sv_helpdesk.complaints import consents, on_paper, parts
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.moments import this_minute
from sv_helpdesk.pdf import handing_out, written
from sv_helpdesk.permissions.capacities import CASE_WORKERS, theirs
from sv_helpdesk.workflows import complaint as steps

COMPLAINT, COPY = "SV Complaint", "SV Complaint Copy"
NOT_AT_THE_COMMITTEE = ("Drawn up", "Withdrawn")


@frappe.whitelist(methods=["POST"])
def for_committee(name: str, language: str = "nl") -> None:
	"""Answer the request with a new copy for the committee, see `_give`."""
	_give(name, parts.COMMITTEE, language)


@frappe.whitelist(methods=["POST"])
def for_complainant(name: str, language: str = "nl") -> None:
	"""Answer the request with a new copy of the complainant's own part, see `_give`."""
	_give(name, parts.COMPLAINANT, language)


@frappe.whitelist(methods=["POST"])
def for_accused(name: str, language: str = "nl") -> None:
	"""Answer the request with a new copy of the own part of the accused, see `_give`."""
	_give(name, parts.ACCUSED, language)


def _give(name: str, recipient: str, language: str) -> None:
	"""Give out a copy as PDF, made for this request and stored nowhere; that it was given out is.

	Args:
		name: name of the SV Complaint.
		recipient: one of parts.RECIPIENTS.
		language: "nl" or "en".

	Raises:
		frappe.PermissionError: it isn't the user's; the same whether it exists or not.
		frappe.ValidationError: this recipient gets nothing (yet), or a consent doesn't cover it any more (R1).
	"""
	be_quiet()
	why_not = _("There is no complaint for you here. Reload the form.")
	complaint = theirs(COMPLAINT, name, CASE_WORKERS, why_not)
	_check(complaint, recipient)
	documents = [frappe.get_doc("SV Complaint Part", part) for part in parts.of(complaint.name, recipient)]
	if recipient != parts.COMMITTEE:
		for part in documents:
			consents.check_side(part, complaint)
	if not documents:
		frappe.throw(_("No part of the file is for this reader. Say in the parts who gets them."))
	copy = _note(complaint, recipient, documents)
	openings.opened(complaint, action="Printed")
	number = frappe.db.get_value("SV Report", complaint.report, "case_number")
	content = on_paper.pdf(complaint, recipient, copy.copy_number, documents, written.language_of(language))
	handing_out.answer(f"{number}-{copy.copy_number}", content)


def _check(complaint, recipient: str) -> None:
	"""Refuse a copy for somebody who has no part in the complaint yet, or not that part."""
	if recipient == parts.COMMITTEE:
		if complaint.status in NOT_AT_THE_COMMITTEE:
			frappe.throw(
				_("The committee gets its copy once the complaint is handed over. Take that step first.")
			)
		steps.nothing_informal_without_consent(complaint)
	elif recipient == parts.ACCUSED:
		steps.accused_is_told(complaint)


def _note(complaint, recipient: str, documents: list):
	"""Write down who got which parts; nobody has the right to write that by hand."""
	now = this_minute()
	copy = frappe.get_doc(
		{
			"doctype": COPY,
			"complaint": complaint.name,
			"report": complaint.report,
			"copy_number": parts.next_number(complaint.name, COPY, "copy_number"),
			"recipient": recipient,
			"parts": ", ".join(str(part.part_number) for part in documents),
			"given_at": now,
			"given_by": frappe.session.user,
		}
	)
	copy.set_user_and_timestamp()
	copy.set_new_name()
	copy.db_insert()
	for part in documents:
		if not part.given_out_at:
			frappe.db.set_value(part.doctype, part.name, "given_out_at", now, update_modified=False)
	return copy
