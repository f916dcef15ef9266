"""Whether numbers that were delivered can be right: each thing has one total, and its parts aren't more than it."""

from collections.abc import Mapping, Sequence

import frappe
from frappe import _
from frappe.utils import cint

CONTEXT = "SV Delivered Number"
# by what a total may be divided
PARTS = ("category", "accused_position")


def faults(rows: Sequence[Mapping], first: int = 1) -> list[str]:
	"""Return what is wrong, a sentence each, with the number of the row it is about.

	Args:
		rows: each with `counts`, `category`, `accused_position` and `number`.
		first: number of the first row; one of a file may begin later.
	"""
	found, seen = [], {}
	for place, row in enumerate(rows, start=first):
		what = (row.get("counts"), *(row.get(part) or None for part in PARTS))
		if cint(row.get("number")) < 0:
			found.append(_("Row {0}: the number is below zero. Enter how many there were.").format(place))
		if all(what[1:]):
			found.append(
				_(
					"Row {0}: a part is by nature or by position of the accused, not by both. Empty one."
				).format(place)
			)
		if what in seen:
			found.append(
				_("Row {0} counts the same as row {1}. Leave one of them out.").format(place, seen[what])
			)
		seen.setdefault(what, place)
	return [*found, *_beside_totals(rows)]


def _beside_totals(rows: Sequence[Mapping]) -> list[str]:
	"""Return what is wrong with totals and their parts."""
	found = []
	for counts in filter(None, dict.fromkeys(row.get("counts") for row in rows)):
		of_it = [row for row in rows if row.get("counts") == counts]
		named = _(counts, context=CONTEXT)
		totals = [cint(row.get("number")) for row in of_it if not any(row.get(part) for part in PARTS)]
		if not totals:
			found.append(_("{0}: the total is missing. Add a row without nature and position.").format(named))
			continue
		for part in PARTS:
			parts = sum(cint(row.get("number")) for row in of_it if row.get(part))
			if parts > totals[0]:
				by = _(frappe.get_meta(CONTEXT).get_label(part), context=CONTEXT)
				found.append(
					_(
						"{0}: the parts by {1} are {2} together, more than the total of {3}. Correct them."
					).format(named, by, parts, totals[0])
				)
	return found
