"""Minutes are written by several people at once: who wrote what stays visible, and nothing is lost (UM 4.2).

Each text that a section gets is kept as a contribution of who wrote it. Who saves a form that others saved in
between gets their own sections in and the others' left alone; where both wrote in one section the first text
stays, the second is kept beside it, and its writer is told. What comes after the draft was handed in is
kept by late.py.
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
	known, newer = texts_before_and_after(minutes.name, get_datetime(seen))
	beside = {}
	for field in minutes.meta.get_fieldnames_with_value():
		text, now = minutes.get(field), stored.get(field)
		if field not in minutes.SEALED_FIELDS:
			minutes.set(field, now)
		elif is_token(text) or minutes.is_same_text(field, text, now):
			minutes.set(field, now)
		elif field in newer:
			minutes.set(field, now)
			if not is_text_of(known.get(field), text):
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
			write(minutes, field, authors.get(field, frappe.session.user), minutes.modified, taken_in, text)
	minutes.flags.written = minutes.flags.beside = None


def authors_of(minutes: str) -> dict[str, str]:
	"""Return who wrote the text that a section has now, by label of the section.

	Args:
		minutes: name of the SV Minutes.
	"""
	return {row.section: row.author for row in rows_of(minutes) if row.taken_in}


def write(minutes, field: str, author: str, written_at, taken_in: int, text: str) -> None:
	"""Keep what somebody wrote in a section.

	Args:
		minutes: the SV Minutes.
		field: of the section.
		author: who wrote it.
		written_at: when it was saved.
		taken_in: whether it became the text of the section.
		text: in clear; encrypted on its way to the database.
	"""
	system_rows.write(
		minutes,
		"SV Contribution",
		section=minutes.meta.get_label(field),
		author=author,
		written_at=written_at,
		taken_in=taken_in,
		text=text,
	)


def texts_before_and_after(minutes: str, seen) -> tuple[dict, set]:
	"""Return by field the contribution that somebody saw, and the fields in which others wrote since.

	Args:
		minutes: name of the SV Minutes.
		seen: when the version was saved that they saw.
	"""
	fields = {field.label: field.fieldname for field in frappe.get_meta("SV Minutes").fields}
	taken_in = [row for row in rows_of(minutes) if row.taken_in]
	known = {fields[row.section]: row.name for row in taken_in if row.written_at <= seen}
	return known, {fields[row.section] for row in taken_in if row.written_at > seen}


def rows_of(minutes: str) -> list:
	"""Return all contributions, oldest first, as they are now and not as they were when the request began.

	Args:
		minutes: name of the SV Minutes.
	"""
	row = frappe.qb.DocType("SV Contribution")
	query = frappe.qb.from_(row).select(row.name, row.section, row.author, row.written_at, row.taken_in)
	return query.where(row.minutes == minutes).orderby(row.written_at).for_update().run(as_dict=True)


def is_text_of(contribution: str | None, text: str | None) -> bool:
	"""Tell whether a contribution, if there is one, says just this.

	Args:
		contribution: name of the SV Contribution.
		text: what a form has.
	"""
	if not contribution:
		return not text
	kept = frappe.get_doc("SV Contribution", contribution)
	return kept.is_same_text("text", text, kept.text)


def labels(minutes, fields) -> str:
	"""Return the labels of sections in the user's language."""
	return ", ".join(checks.label_of(minutes, field) for field in fields)


def _tell(minutes, beside: dict) -> None:
	if beside:
		frappe.msgprint(
			_(
				"Somebody else wrote in {0} meanwhile. Their text stands there, yours is kept among the contributions. Read theirs and write yours into it."
			).format(labels(minutes, beside)),
			indicator="orange",
		)
	else:
		frappe.msgprint(
			_(
				"Somebody else saved these minutes meanwhile. What both of you wrote in the sections is there."
			),
			indicator="blue",
		)
