"""Freezes a year: counts it once and keeps every version, so that later changes to cases don't move it."""

import json

import frappe
from frappe import _

from sv_helpdesk.reports import delivered, version, year_figures
from sv_helpdesk.reports.version import INTERNAL, PUBLISHED, WORKING, Version

FIELDS = {WORKING: "working_version", INTERNAL: "internal_version", PUBLISHED: "published_version"}


def fill_in(figures) -> None:
	"""Count a year and put everything about it in its document.

	The document isn't saved. What is exact, and what is for the desks alone, is encrypted when it is.

	Args:
		figures: the SV Figures, locked.

	Raises:
		frappe.ValidationError: somebody saved delivered figures of the year meanwhile, which wouldn't be in it.
	"""
	year = year_figures.count(figures.year)
	# whoever saves some from here on waits for the lock on these figures, and is told that they are frozen
	if delivered.saved(figures.year) != delivered.saved(figures.year, by_now=True):
		frappe.throw(_("Delivered figures of this year were saved a moment ago. Freeze the year once more."))
	found = year_figures.versions(year)
	for name, fieldname in FIELDS.items():
		figures.set(fieldname, year_figures.as_text(found[name]))
	for name in (INTERNAL, PUBLISHED):
		figures.set(f"threshold_{name}", found[name][None].threshold)
		figures.set(f"hidden_{name}", found[name][None].hidden)
	figures.employees_total = year.employees[None]
	figures.frozen_by = frappe.session.user


def opened(figures, name: str, unit: str | None = None) -> Version | None:
	"""Return a frozen version for the session's user, whose right to it the caller has checked.

	Args:
		figures: the SV Figures.
		name: working, internal or published.
		unit: name of a unit; the whole institution when left out.

	Returns:
		None: there is no such version, or not of this unit.
	"""
	fieldname = FIELDS[name]
	text = figures.get(fieldname) and (
		figures.opened(fieldname) if fieldname in figures.SEALED_FIELDS else figures.get(fieldname)
	)
	found = json.loads(text or "{}").get(unit or "")
	return version.from_json(json.dumps(found)) if found else None
