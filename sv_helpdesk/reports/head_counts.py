"""How many people worked at the institution."""

import frappe
from frappe.query_builder import DocType


def employees(year: int, unit: str | None = None) -> int | None:
	"""Return how many people worked at the institution, or at a unit: the head counts of its largest units.

	A unit without a head count of that year has as many people as its parts together.

	Args:
		year: of which year.
		unit: at which unit; the whole institution when left out.

	Returns:
		None if no unit has a head count of that year.
	"""
	units, headcount = DocType("SV Unit"), DocType("SV Unit Headcount")
	rows = (
		frappe.qb.from_(units)
		.left_join(headcount)
		.on((headcount.parent == units.name) & (headcount.parenttype == "SV Unit") & (headcount.year == year))
		.select(units.name, units.parent_unit, headcount.employees)
		.run(as_dict=True)
	)
	if unit:
		parts = {None: [row for row in rows if row.name == unit]}
	else:
		parts = {None: [row for row in rows if not row.parent_unit]}
	for row in rows:
		if row.parent_unit:
			parts.setdefault(row.parent_unit, []).append(row)
	return _people(parts, None)


def _people(parts: dict[str | None, list[dict]], above: str | None) -> int | None:
	counts = [
		row.employees if row.employees is not None else _people(parts, row.name)
		for row in parts.get(above, [])
	]
	known = [count for count in counts if count is not None]
	return sum(known) if known else None
