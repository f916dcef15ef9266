"""Checks that several documents share; each refuses with a sentence that says how to mend it.

The messages name labels of fields, never what stands in them.
"""

from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate, now_datetime

from sv_helpdesk.crypto.cipher import is_token
from sv_helpdesk.permissions import readable_fields

# the clock of somebody's computer may be ahead of the server's
CLOCK_DIFFERENCE = timedelta(minutes=10)


def label_of(doc, fieldname: str) -> str:
	"""Return the label of a field in the user's language."""
	return _(doc.meta.get_label(fieldname), context=doc.doctype)


def require(doc, *fieldnames: str) -> None:
	"""Refuse the document while one of these fields is empty.

	Raises:
		frappe.MandatoryError: the first empty field.
	"""
	for fieldname in fieldnames:
		if not doc.get(fieldname):
			frappe.throw(
				_("{0} is empty. Fill it in.").format(label_of(doc, fieldname)), frappe.MandatoryError
			)


def are_days(doc, *fieldnames: str) -> None:
	"""Refuse what is no day, and the first day of all, which the host takes for none."""
	for fieldname in fieldnames:
		value = doc.get(fieldname)
		if value and not _is_day(value):
			frappe.throw(
				_("{0} is not a day that exists. Choose another one.").format(label_of(doc, fieldname))
			)


def _is_day(value) -> bool:
	try:
		return datetime.fromisoformat(str(value)).year > 1
	except ValueError:
		return False


def not_in_future(doc, *fieldnames: str) -> None:
	"""Refuse moments and days that have not come yet."""
	for fieldname in fieldnames:
		value = doc.get(fieldname)
		if value and get_datetime(value) > now_datetime() + CLOCK_DIFFERENCE:
			frappe.throw(
				_("{0} is in the future. Enter the moment at which it really was.").format(
					label_of(doc, fieldname)
				)
			)


def not_past(doc, *fieldnames: str) -> None:
	"""Refuse days that are over."""
	for fieldname in fieldnames:
		value = doc.get(fieldname)
		if value and getdate(value) < getdate():
			frappe.throw(_("{0} is past. Choose a day to come.").format(label_of(doc, fieldname)))


def calendar_year(doc, fieldname: str) -> None:
	"""Refuse a year that isn't one of four digits."""
	if not 1900 <= (doc.get(fieldname) or 0) <= 2999:
		frappe.throw(_("The year is not a calendar year. Enter it in four digits."))


def in_order(doc, earlier: str, later: str) -> None:
	"""Refuse a document whose `later` day or moment lies before its `earlier` one.

	Where one of the two is a day, days are compared.
	"""
	first, second = doc.get(earlier), doc.get(later)
	if not first or not second:
		return
	kinds = {doc.meta.get_field(fieldname).fieldtype for fieldname in (earlier, later)}
	compared = get_datetime if kinds == {"Datetime"} else getdate
	if compared(second) < compared(first):
		frappe.throw(
			_("{0} is before {1}. Correct one of the two.").format(
				label_of(doc, later), label_of(doc, earlier)
			)
		)


def in_use(doc, *fieldnames: str) -> None:
	"""Refuse a newly chosen desk, unit, category or measure that is no longer in use.

	What a document already had stays allowed, so that old cases can still be saved.
	"""
	for fieldname in fieldnames:
		value = doc.get(fieldname)
		if value and is_changed(doc, fieldname):
			doctype = doc.meta.get_field(fieldname).options
			if not frappe.get_cached_value(doctype, value, "enabled"):
				frappe.throw(
					_("What is chosen as {0} is no longer in use. Choose another one.").format(
						label_of(doc, fieldname)
					)
				)


def same_case(doc, *fieldnames: str) -> None:
	"""Refuse links to a record that belongs to another case."""
	for fieldname in fieldnames:
		value = doc.get(fieldname)
		if value and is_changed(doc, fieldname):
			doctype = doc.meta.get_field(fieldname).options
			if frappe.db.get_value(doctype, value, "report") != doc.report:
				frappe.throw(
					_("What is chosen as {0} belongs to another case. Choose one of this case.").format(
						label_of(doc, fieldname)
					)
				)


def stays_at_its_desk(doc) -> None:
	"""Refuse another desk for a case or a table: its people would read what was told to others (R1, R3)."""
	if not doc.is_new() and is_changed(doc, "desk"):
		frappe.throw(
			_("A case or decision table stays at its desk. Hand the case over with a referral instead.")
		)


def no_row_twice(doc, table: str, fieldname: str) -> None:
	"""Refuse a table in which the same value stands in two rows."""
	seen = set()
	for row in doc.get(table):
		if row.get(fieldname) in seen:
			frappe.throw(_("Row {0} of {1} is there twice. Remove it.").format(row.idx, label_of(doc, table)))
		seen.add(row.get(fieldname))


def is_changed(doc, fieldname: str) -> bool:
	"""Tell whether this save gives the field another value (in a new document: any)."""
	before = doc.get_doc_before_save()
	return not before or before.get(fieldname) != doc.get(fieldname)


def keep_stored(doc, *fieldnames: str) -> None:
	"""Put back what the database has: fields that only code may set, whatever a form sends."""
	before = doc.get_doc_before_save()
	for fieldname in fieldnames:
		doc.set(fieldname, before.get(fieldname) if before else None)


def clear_text(doc, fieldname: str) -> str | None:
	"""Return what is being written into a sealed field, or None if it stays as it is.

	A form of somebody without the right to read sends an empty field, and a loaded document
	holds ciphertext; neither is a change.
	"""
	value = doc.get(fieldname)
	if is_token(value):
		return None
	if not doc.is_new() and fieldname not in readable_fields(doc, frappe.session.user):
		return None
	return value or ""


def refuse_change(doc) -> None:
	"""Refuse to change a record that stays as it was written.

	Raises:
		frappe.ValidationError: the record isn't new.
	"""
	if not doc.is_new():
		frappe.throw(_("This record stays as it was written. Write a new one instead."))


def refuse_deletion() -> None:
	"""Refuse to delete a record that has to stay.

	Raises:
		frappe.ValidationError: always.
	"""
	frappe.throw(_("This record can't be deleted, because a case has to stay complete."))
