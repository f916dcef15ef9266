"""Which unit is part of which, with one query for the whole organisation."""

from collections.abc import Iterable

import frappe


class Units:
	"""The organisation's units and what is part of what."""

	def __init__(self):
		rows = frappe.get_all("SV Unit", fields=["name", "parent_unit"], order_by="name asc")
		self.parts: dict[str | None, list[str]] = {}
		for row in rows:
			self.parts.setdefault(row.parent_unit or None, []).append(row.name)
		self.above = {row.name: row.parent_unit for row in rows}
		tops = self.parts.get(None, [])
		self.organisation = tops[0] if len(tops) == 1 and self.parts.get(tops[0]) else None

	def upwards(self, unit: str) -> list[str]:
		"""Return the unit and the larger ones around it, the organisation itself left out."""
		found = []
		while unit and unit != self.organisation:
			found.append(unit)
			unit = self.above.get(unit)
		return found

	def within(self, unit: str) -> set[str]:
		"""Return the unit with everything beneath it."""
		return {unit}.union(*map(self.within, self.parts.get(unit, ())))

	def around(self, units: Iterable[str | None]) -> set[str]:
		"""Return all units in which cases count for a case of one of these units."""
		largest = {self.upwards(unit)[-1] for unit in set(units) if unit and self.upwards(unit)}
		return set().union(*map(self.within, largest))
