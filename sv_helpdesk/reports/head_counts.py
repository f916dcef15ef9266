"""How many people worked at the institution."""

import frappe
from frappe.query_builder import DocType


def employees(year: int) -> int | None:
	"""Return how many people worked at the institution: the head counts of its largest units.

	A unit without a head count of that year has as many people as its parts together.

	Returns:
		None if no unit has a head count of that year.
	"""
	return by_unit(year)[None]


def by_unit(year: int) -> dict[str | None, int | None]:
	"""Return how many people worked at each unit, and under None at the whole institution."""
	unit, headcount = DocType("SV Unit"), DocType("SV Unit Headcount")
	rows = (
		frappe.qb.from_(unit)
		.left_join(headcount)
		.on((headcount.parent == unit.name) & (headcount.parenttype == "SV Unit") & (headcount.year == year))
		.select(unit.name, unit.parent_unit, headcount.employees)
		.run(as_dict=True)
	)
	parts: dict[str | None, list[dict]] = {}
	for row in rows:
		parts.setdefault(row.parent_unit or None, []).append(row)
	found: dict[str | None, int | None] = {}
	_add(found, parts, None, None)
	return found


def _add(found: dict, parts: dict[str | None, list[dict]], name: str | None, own: int | None) -> int | None:
	below = [_add(found, parts, row.name, row.employees) for row in parts.get(name, [])]
	known = [count for count in below if count is not None]
	found[name] = own if own is not None else (sum(known) if known else None)
	return found[name]
