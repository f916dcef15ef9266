"""What somebody wrote in a draft that was handed in meanwhile: it isn't lost, and the minutes stay as they are."""

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from sv_helpdesk import notices
from sv_helpdesk.crypto.cipher import is_token
from sv_helpdesk.minutes import contributions
from sv_helpdesk.permissions.capacities import capacities

DRAFT = "Draft"
# by what people write in a draft
WRITERS = ("seat", "decides", "desk")


def keep(minutes) -> bool:
	"""Keep beside minutes what somebody wrote in a draft that was handed in meanwhile.

	The minutes stay as they are; who wrote late is told, and so is the writer of the minutes.

	Args:
		minutes: the SV Minutes as the form has it, by a user who could write in the draft.

	Returns:
		Whether there was anything to keep.
	"""
	stored = None if minutes.is_new() else _handed_in(minutes.name)
	if minutes.status != DRAFT or minutes.flags.step or not stored or not _could_write(stored):
		return False
	known, _newer = contributions.texts_before_and_after(minutes.name, get_datetime(minutes.modified))
	beside = {
		field: minutes.get(field)
		for field in minutes.SEALED_FIELDS
		if minutes.get(field)
		and not is_token(minutes.get(field))
		and not minutes.is_same_text(field, minutes.get(field), stored.get(field))
		and not contributions.is_text_of(known.get(field), minutes.get(field))
	}
	for field, text in beside.items():
		contributions.write(stored, field, frappe.session.user, now_datetime(), 0, text)
	if beside:
		_tell_late(stored, beside)
	return bool(beside)


def _handed_in(minutes: str):
	"""Return stored minutes that are no draft any more, locked."""
	stored = frappe.get_doc("SV Minutes", minutes, for_update=True)
	return stored if stored.status != DRAFT else None


def _could_write(minutes) -> bool:
	return bool(capacities(minutes, frappe.session.user) & set(WRITERS))


def _tell_late(minutes, beside: dict) -> None:
	frappe.msgprint(
		_(
			"These minutes were handed in meanwhile and stay as they are. What you wrote in {0} is kept among the contributions. Have the minutes sent back to draft, or begin a new version once they are approved, and write it there."
		).format(contributions.labels(minutes, beside)),
		indicator="orange",
	)
	notices.tell(
		{minutes.writer} - {frappe.session.user, None},
		lambda language: _("Something at a decision table waits for you.", language),
		minutes.doctype,
		minutes.name,
	)
