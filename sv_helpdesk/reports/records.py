"""The values of classifications that are records: categories, desks and units, with their titles."""

from collections.abc import Mapping

import frappe
from frappe.query_builder import DocType

from sv_helpdesk.reports.classifications import AND, CLASSIFICATIONS, DESK_TYPES, NOT_FILLED_IN


class Records:
	"""What the records of the site mean in figures, as they are now.

	Attributes:
		titles: titles by code, by classification, in the order of a table.
		raw: codes by the name of a record, by classification.
		above: the larger unit of each unit; None for the largest.
	"""

	def __init__(self):
		self.titles: dict[str, dict[str, str]] = {}
		self.raw: dict[str, Mapping[str, str]] = {}
		self._read_categories()
		self._read_desks()
		self._read_units()

	def values(self, classification: str) -> list[str]:
		"""Return the codes of all values of a classification, in the order of a table."""
		known = CLASSIFICATIONS[classification]
		values = list(known.values if known.values is not None else self.titles[classification])
		return values if known.rest in values else [*values, known.rest]

	def code_of(self, classification: str, raw: object) -> str:
		"""Return the code of what the database has."""
		if classification in self.raw:
			return self.raw[classification].get(raw, NOT_FILLED_IN)
		return CLASSIFICATIONS[classification].code_of(raw)

	def title_of(self, classification: str, code: str) -> str | None:
		"""Return the title of a record; None where the code's own words are used."""
		return self.titles.get(classification, {}).get(code)

	def upwards(self, unit: str) -> list[str]:
		"""Return a unit and all larger ones it is part of."""
		found = []
		while unit and unit not in found:
			found.append(unit)
			unit = self.above.get(unit)
		return found

	def parts(self, unit: str | None) -> list[str]:
		"""Return the units that are directly part of one; of None, those that are part of none."""
		return [name for name in self.titles["unit"] if self.above.get(name) == unit]

	def _read_categories(self) -> None:
		category = DocType("SV Category")
		query = frappe.qb.from_(category).select(category.name, category.title, category.figure_group)
		groups: dict[str, list[str]] = {}
		rows = query.orderby(category.display_order, category.name).run()
		for _name, title, group in rows:
			groups.setdefault(group, []).append(title)
		self.titles["nature"] = {group: AND.join(titles) for group, titles in groups.items()}
		self.raw["nature"] = {name: group for name, _title, group in rows}

	def _read_desks(self) -> None:
		desk = DocType("SV Desk")
		query = frappe.qb.from_(desk).select(desk.name, desk.title, desk.desk_type)
		rows = query.orderby(desk.name).run()
		types = {title: code for code, title in DESK_TYPES.items()}
		self.titles["first_desk"] = {name: title for name, title, _type in rows}
		self.raw["first_desk"] = {name: name for name, _title, _type in rows}
		for classification in ("first_desk_type", "from_desk_type"):
			self.raw[classification] = {name: types[desk_type] for name, _title, desk_type in rows}

	def _read_units(self) -> None:
		unit = DocType("SV Unit")
		query = frappe.qb.from_(unit).select(unit.name, unit.unit_name, unit.parent_unit)
		rows = query.orderby(unit.unit_name, unit.name).run()
		tops = [name for name, _title, parent in rows if not parent]
		# the one unit that all others are part of is the institution itself, which the totals are of
		whole = tops[0] if len(tops) == 1 and len(rows) > 1 else None
		self.titles["unit"] = {name: title for name, title, _parent in rows if name != whole}
		self.raw["unit"] = {name: name for name in self.titles["unit"]}
		self.above = {
			name: parent if parent and parent != whole else None
			for name, _title, parent in rows
			if name != whole
		}
