"""For how many years a case is kept after it was closed, and until which day."""

from datetime import date

from dateutil.relativedelta import relativedelta

import frappe
from frappe import _
from frappe.utils import cint, getdate

from sv_helpdesk.permissions.fields import is_same

STANDARD, EXTENDED = "Standard", "Extended"
FEWEST_YEARS = 1
# of a case of that class; where nothing is filled in it is kept as long as the others
YEARS = {
	STANDARD: "retention_years",
	"Unfounded": "retention_years_unfounded",
	"Withdrawn": "retention_years_withdrawn",
	"Advice request": "retention_years_advice",
	EXTENDED: "retention_years_extended",
}
ENDED = ("Closed", "Withdrawn")
BATCH = 500
LONG_AGO = date(1900, 1, 1)
GOES_BY = ("status", "closed_at", "outcome", "kind", "retention_class")
# what was decided about the day before
CONFIRMATION = ("anonymise_confirmed_at", "anonymise_confirmed_by", "anonymise_announced_on")


def class_of(case) -> str:
	"""Return by which of YEARS a case is kept: what was chosen at its settlement goes first.

	Args:
		case: the SV Report.
	"""
	if case.retention_class == EXTENDED:
		return EXTENDED
	if case.status == "Withdrawn":
		return "Withdrawn"
	if case.kind == "Advice request":
		return "Advice request"
	return "Unfounded" if case.outcome == "Unfounded" else STANDARD


def years_of(retention: str) -> int:
	"""Return for how many years cases of a class are kept after they were closed.

	Args:
		retention: one of YEARS.
	"""
	standard = max(FEWEST_YEARS, _chosen(STANDARD))
	chosen = _chosen(retention) or standard
	# longer than the others is what it is for
	return max(chosen, standard) if retention == EXTENDED else chosen


def last_day(case) -> date | None:
	"""Return the day on which the term of a case is over; None as long as it isn't closed.

	Args:
		case: the SV Report.
	"""
	if case.status not in ENDED or not case.closed_at:
		return None
	return getdate(case.closed_at) + relativedelta(years=years_of(class_of(case)))


def until(day: date) -> list:
	"""Return the filter on days up to one; with "<=" the host would find rows without a day, too.

	Args:
		day: the last.
	"""
	return ["between", [str(LONG_AGO), str(day)]]


def follow(case) -> None:
	"""Let the day of a case follow when it is saved; another day takes back what was confirmed about the one before.

	A changed setting alone moves no day: nobody expects that saving a form does.

	Args:
		case: the SV Report.
	"""
	before = case.get_doc_before_save()
	moved = not before or any(
		not is_same(case, case.meta.get_field(fieldname), before.get(fieldname)) for fieldname in GOES_BY
	)
	case.anonymise_on = last_day(case) if moved else before.anonymise_on
	if not before or case.anonymise_on != before.anonymise_on:
		case.update(dict.fromkeys(CONFIRMATION))


def follow_step(case) -> None:
	"""Let the day of a case follow a step that followed from something else, and so was saved by no form.

	Args:
		case: the SV Report as it is stored, after the step.
	"""
	kept = ("anonymise_on", *CONFIRMATION)
	stored = {fieldname: case.get(fieldname) for fieldname in kept}
	follow(case)
	now = {fieldname: case.get(fieldname) for fieldname in kept}
	if now != stored:
		frappe.db.set_value("SV Report", case.name, now, update_modified=False)


def give_missing() -> None:
	"""Give cases that have ended and have no day the one that they would have got; without it they would be kept for ever."""
	wanted = {
		"status": ["in", ENDED],
		"anonymise_on": ["is", "not set"],
		"anonymised_at": ["is", "not set"],
	}
	fields = ["name", "status", "closed_at", "outcome", "kind", "retention_class", "modified"]
	while cases := frappe.get_all("SV Report", wanted, fields, order_by="name asc", limit_page_length=BATCH):
		for case in cases:
			# when it was closed isn't known of each
			case.closed_at = case.closed_at or case.modified
			frappe.db.set_value("SV Report", case.name, "anonymise_on", last_day(case), update_modified=False)


def check(settings) -> None:
	"""Refuse terms under which people couldn't come back (DOMAIN, Retention).

	Args:
		settings: the SV Settings.
	"""
	years = {retention: cint(settings.get(fieldname)) for retention, fieldname in YEARS.items()}
	if years[STANDARD] < FEWEST_YEARS or any(number < 0 for number in years.values()):
		frappe.throw(_("Cases are kept for at least one year after closing. Enter 1 or more."))
	if years[EXTENDED] and years[EXTENDED] < max(years.values()):
		frappe.throw(
			_("What is kept longer is kept at least as long as the others. Enter more years for it.")
		)


def _chosen(retention: str) -> int:
	return cint(frappe.db.get_single_value("SV Settings", YEARS[retention]))
