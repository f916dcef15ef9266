"""What an institution chose in SV Settings about signals of repetition and about aftercare."""

import frappe
from frappe import _
from frappe.utils import cint

# one reporter alone is no repetition; more than this many would be a signal that never comes
FEWEST, MOST = 2, 20
LATEST = {"aftercare_weeks": 26, "aftercare_months": 24}


def reporters_of_a_signal() -> dict[str, int]:
	"""Return how many different reporters make a signal about a person and about a unit in a year."""
	return {
		about: max(FEWEST, cint(frappe.db.get_single_value("SV Settings", fieldname)))
		for about, fieldname in (("Person", "signal_person"), ("Unit", "signal_unit"))
	}


def contacts_after() -> tuple[list[int], list[int]]:
	"""Return after how many weeks, and after how many months, those cared for are contacted."""
	weeks, months = (
		numbers_of(frappe.db.get_single_value("SV Settings", fieldname) or "") for fieldname in LATEST
	)
	return weeks, months


def numbers_of(text: str) -> list[int]:
	"""Return the numbers of a text such as "2, 6".

	Raises:
		ValueError: it holds something else.
	"""
	return [int(part) for part in text.split(",") if part.strip()]


def check(settings) -> None:
	"""Refuse numbers that make no sense.

	Args:
		settings: the SV Settings.
	"""
	for fieldname in ("signal_person", "signal_unit"):
		if not FEWEST <= cint(settings.get(fieldname)) <= MOST:
			frappe.throw(
				_("{0}: a signal needs {1} to {2} reporters. Enter such a number.").format(
					_(settings.meta.get_label(fieldname)), FEWEST, MOST
				)
			)
	if not any([_checked(settings, fieldname) for fieldname in LATEST]):
		frappe.throw(
			_("Aftercare needs at least one contact. Enter after how many weeks or months it is held.")
		)


def _checked(settings, fieldname: str) -> list[int]:
	latest = LATEST[fieldname]
	try:
		numbers = numbers_of(settings.get(fieldname) or "")
	except ValueError:
		numbers = [0]
	if numbers != sorted(set(numbers)) or any(not 1 <= number <= latest for number in numbers):
		frappe.throw(
			_("{0}: enter whole numbers from 1 to {1} in ascending order, with commas between them.").format(
				_(settings.meta.get_label(fieldname)), latest
			)
		)
	return numbers


def fill_in() -> None:
	"""Give a choice that came with a later version its default, on a site that has the others already.

	What was emptied stays empty. Not saved as a document: that asks for a second person where the second
	factor was changed in the database by hand.
	"""
	known = frappe.db.get_singles_dict("SV Settings")
	for field in frappe.get_meta("SV Settings").fields:
		if field.default and field.fieldname not in known:
			frappe.db.set_single_value("SV Settings", field.fieldname, field.default)
