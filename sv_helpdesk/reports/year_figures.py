"""All versions of a year's figures, of the whole institution and of each unit, from the documents as they are now."""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace

import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from sv_helpdesk.reports import counted, delivered, earlier, head_counts, system
from sv_helpdesk.reports.definitions import LINKS, TABLES
from sv_helpdesk.reports.making import Shown, Year, make
from sv_helpdesk.reports.records import Records
from sv_helpdesk.reports.scope import of_year
from sv_helpdesk.reports.version import INTERNAL, PUBLISHED, WORKING, Version
from sv_helpdesk.social_safety.doctype.sv_settings.sv_settings import LOWEST_INTERNAL, LOWEST_PUBLISHED
from sv_helpdesk.suppression import versions as suppressed
from sv_helpdesk.suppression.hiding import NotProtectable

# with the year itself, as many as the report compares
YEARS_BEFORE = 2
Versions = dict[str | None, Version]


def thresholds() -> dict[str, int]:
	"""Return the lowest count that each suppressed version shows; more strictly for more readers."""
	settings = frappe.get_cached_doc("SV Settings")
	internal = max(cint(settings.threshold_internal), LOWEST_INTERNAL)
	return {
		INTERNAL: internal,
		PUBLISHED: max(cint(settings.threshold_published), LOWEST_PUBLISHED, internal),
	}


def count(year: int, reader: str | None = None) -> Year:
	"""Count a year; the result is exact and only for what makes versions of it.

	Args:
		year: the calendar year.
		reader: whose working version it is for: without what is denied to that person (R6).
	"""
	records = Records()
	units: list[str | None] = [None, *records.titles["unit"]]
	return Year(
		year=year,
		counted_at=str(now_datetime().replace(microsecond=0)),
		institution=frappe.get_cached_doc("SV Settings").institution_name or "",
		cells=counted.count(of_year(year, reader), records, (*TABLES, *LINKS), units=True),
		employees=head_counts.by_unit(year),
		records=records,
		earlier=earlier.by_unit(year - 1, units, records),
		years=tuple(
			(one, earlier.published(one, records).of_year())
			for one in range(year - 1, year - 1 - YEARS_BEFORE, -1)
		),
		deliveries=delivered.deliveries(year),
	)


def working(year: int, reader: str, unit: str | None = None) -> Version | None:
	"""Return the exact version of a year, live, without what is denied to its reader.

	The caller has checked that the reader may have exact figures of the year.

	Args:
		year: the calendar year.
		reader: who reads it.
		unit: name of a unit; the whole institution when left out.

	Returns:
		None: there is no such unit.
	"""
	counted_now = count(year, reader)
	titles = {
		None: None,
		**{name: (name, title) for name, title in counted_now.records.titles["unit"].items()},
	}
	return make(counted_now, Shown(WORKING), titles[unit]) if unit in titles else None


def versions(year: Year) -> dict[str, Versions]:
	"""Return all versions by name: by unit, and that of the whole institution under None.

	Raises:
		frappe.ValidationError: some figures can't be protected, whatever is hidden.
	"""
	before = year.earlier[None]
	whole = system.system(year.cells, year.records, before.counts.get(system.STILL_RUNNING))
	lowest = thresholds()
	try:
		hidden = suppressed.versions(whole, list(lowest.values()))
	except NotProtectable:
		frappe.throw(
			_(
				"Some small figures can't be protected: what was published of the year before tells them."
				" Put some categories or units together and try again."
			)
		)
	shown = [Shown(WORKING)]
	shown += [Shown(name, lowest[name], cells) for name, cells in zip(lowest, hidden, strict=True)]
	return {one.name: _of_all(year, one, whole.never_shown) for one in shown}


def _of_all(year: Year, shown: Shown, never_shown: Collection) -> Versions:
	if shown.name != WORKING:
		shown = replace(shown, hidden=frozenset(shown.hidden) | frozenset(never_shown))
	units = year.records.titles["unit"]
	return {None: make(year, shown)} | {
		unit: make(year, shown, (unit, title)) for unit, title in units.items()
	}


def as_text(found: Mapping[str | None, Version]) -> str:
	"""Return the versions of one name as one text; the same figures give the same bytes."""
	return json.dumps(
		{unit or "": json.loads(version.as_json()) for unit, version in found.items()},
		ensure_ascii=False,
		sort_keys=True,
		separators=(",", ":"),
	)
