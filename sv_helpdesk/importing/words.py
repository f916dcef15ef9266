"""Which words may stand in a column on this site, and what each of them means."""

import frappe
from frappe import _

from sv_helpdesk.importing.columns import LANGUAGES, SHEETS, WORD, WORDS, Column, Sheet
from sv_helpdesk.permissions import desk_people

OPEN = "Handling"
# what an earlier case can be: still worked on, settled, closed or withdrawn
STATUSES = (OPEN, "Settled", "Closed", "Withdrawn")
YES = frozenset(("yes", "ja", "y", "j", "x", "1", "true", "waar"))
NO = frozenset(("no", "nee", "n", "0", "false", "onwaar"))


class Words:
	"""The words of a desk, looked up once for a whole file.

	Args:
		desk: the SV Desk whose cases they are.
	"""

	def __init__(self, desk: str):
		self._titles = {
			"main_category": _masters("SV Category", "title"),
			"unit": _masters("SV Unit", "unit_name"),
			"first_desk": _masters("SV Desk", "title"),
			"handler": {
				row.user: frappe.get_cached_value("User", row.user, "full_name")
				for row in desk_people.members(desk)
			},
		}
		self._titles["further_categories"] = self._titles["main_category"]
		self._meanings: dict[tuple[str, str], dict[str, str]] = {}

	def titles(self, sheet: Sheet, column: Column, language: str) -> dict[str, str]:
		"""Return what may stand in a column, by code.

		Args:
			sheet: of the column.
			column: of the kind WORD or WORDS.
			language: of the titles; names of people and units have none.
		"""
		if column.name in self._titles:
			return {code: _(title, language) for code, title in self._titles[column.name].items()}
		options = frappe.get_meta(sheet.doctype).get_field(column.name).options.split("\n")
		options = STATUSES if column.name == "status" else filter(None, options)
		return {option: _(option, language, context=sheet.doctype) for option in options}

	def meaning(self, sheet: Sheet, column: Column, text: str) -> str | None:
		"""Return the code that a word stands for, or None; codes and titles are known in each language.

		Args:
			sheet: of the column.
			column: of the kind WORD or WORDS.
			text: what stands in a cell.
		"""
		key = (sheet.doctype, column.name)
		if key not in self._meanings:
			spelled = {}
			for language in LANGUAGES:
				for code, title in self.titles(sheet, column, language).items():
					spelled.setdefault(title.strip().casefold(), code)
			# a code goes before a title that reads the same
			spelled.update({code.casefold(): code for code in self.titles(sheet, column, LANGUAGES[0])})
			self._meanings[key] = spelled
		return self._meanings[key].get(text.strip().casefold())


def worded() -> list[tuple[Sheet, Column]]:
	"""Return the columns whose words are chosen from a list."""
	return [(sheet, column) for sheet in SHEETS for column in sheet.columns if column.kind in (WORD, WORDS)]


def _masters(doctype: str, title: str) -> dict[str, str]:
	rows = frappe.get_all(doctype, {"enabled": 1}, ["name", title], order_by=f"{title} asc, name asc")
	return {row.name: row[title] for row in rows}
