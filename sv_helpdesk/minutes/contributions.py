"""Minutes are written by several people at once: who wrote what stays visible, and nothing is lost (UM 4.2).

Each text that a section gets is kept as a contribution of who wrote it. Who saves a form that others saved in
between gets their own sections in and the others' left alone; where both wrote in one section the first text
stays, the second is kept beside it, and its writer is told.
"""

import frappe
from frappe import _
from frappe.utils import get_datetime

from sv_helpdesk.crypto.cipher import is_token
from sv_helpdesk.minutes import system_rows
from sv_helpdesk.social_safety import checks


def merge(minutes, stored, seen) -> None:
	"""Bring what somebody wrote and what others saved meanwhile together, section by section.

	Everything else stays as the others saved it.

	Args:
		minutes: the SV Minutes that is being saved.
		stored: the same as it is stored now, locked.
		seen: when the version was saved that the writer had before them.
	"""
	known, newer = _texts_before_and_after(minutes.name, get_datetime(seen))
	beside = {}
	for field in minutes.meta.get_fieldnames_with_value():
		text, now = minutes.get(field), stored.get(field)
		if field not in minutes.SEALED_FIELDS:
			minutes.set(field, now)
		elif is_token(text) or minutes.is_same_text(field, text, now):
			minutes.set(field, now)
		elif field in newer:
			minutes.set(field, now)
			if not _is_text_of(known.get(field), text):
				beside[field] = text
	minutes.flags.beside = beside
	_tell(minutes, beside)


def note_changes(minutes) -> None:
	"""While minutes are validated: note what was written, as long as it is in clear.

	Args:
		minutes: the SV Minutes.
	"""
	before = minutes.get_doc_before_save()
	minutes.flags.written = {
		field: minutes.get(field)
		for field in minutes.SEALED_FIELDS
		if not is_token(minutes.get(field))
		and not minutes.is_same_text(field, minutes.get(field), before.get(field) if before else None)
	}


def keep(minutes) -> None:
	"""Once minutes are saved: keep who wrote what.

	Args:
		minutes: the SV Minutes; `flags.authors` names who wrote the sections of an earlier version.
	"""
	authors = minutes.flags.authors or {}
	for taken_in, texts in ((1, minutes.flags.written), (0, minutes.flags.beside)):
		for field, text in (texts or {}).items():
			system_rows.write(
				minutes,
				"SV Contribution",
				section=minutes.meta.get_label(field),
				author=authors.get(field, frappe.session.user),
				written_at=minutes.modified,
				taken_in=taken_in,
				text=text,
			)
	minutes.flags.written = minutes.flags.beside = None


def authors_of(minutes: str) -> dict[str, str]:
	"""Return who wrote the text that a section has now, by label of the section.

	Args:
		minutes: name of the SV Minutes.
	"""
	return {row.section: row.author for row in _rows(minutes) if row.taken_in}


def _texts_before_and_after(minutes: str, seen) -> tuple[dict, set]:
	"""Return by field the contribution that somebody saw, and the fields in which others wrote since."""
	fields = {field.label: field.fieldname for field in frappe.get_meta("SV Minutes").fields}
	taken_in = [row for row in _rows(minutes) if row.taken_in]
	known = {fields[row.section]: row.name for row in taken_in if row.written_at <= seen}
	return known, {fields[row.section] for row in taken_in if row.written_at > seen}


def _rows(minutes: str) -> list:
	"""Return all contributions, oldest first, as they are now and not as they were when the request began."""
	row = frappe.qb.DocType("SV Contribution")
	query = frappe.qb.from_(row).select(row.name, row.section, row.author, row.written_at, row.taken_in)
	return query.where(row.minutes == minutes).orderby(row.written_at).for_update().run(as_dict=True)


def _is_text_of(contribution: str | None, text: str | None) -> bool:
	if not contribution:
		return not text
	kept = frappe.get_doc("SV Contribution", contribution)
	return kept.is_same_text("text", text, kept.text)


def _tell(minutes, beside: dict) -> None:
	if beside:
		sections = ", ".join(checks.label_of(minutes, field) for field in beside)
		frappe.msgprint(
			_(
				"Somebody else wrote in {0} meanwhile. Their text stands there, yours is kept among the contributions. Read theirs and write yours into it."
			).format(sections),
			indicator="orange",
		)
	else:
		frappe.msgprint(
			_(
				"Somebody else saved these minutes meanwhile. What both of you wrote in the sections is there."
			),
			indicator="blue",
		)
