"""A year's figures."""

import frappe
from frappe import _

from sv_helpdesk.access_log.document import LoggedDocument
from sv_helpdesk.social_safety import checks


class SVFigures(LoggedDocument):
	"""One row per year and origin; from freezing on its numbers stay."""

	def validate(self):
		self.check_unique()
		self.check_year()
		self.refuse_change_of_frozen()

	def check_unique(self) -> None:
		"""Two rows for one year would give two answers."""
		same = {"year": self.year, "origin": self.origin, "name": ["!=", self.name or ""]}
		if frappe.db.exists("SV Figures", same):
			frappe.throw(_("There are figures of this year and origin already. Open those."))

	def check_year(self) -> None:
		"""A year has four digits."""
		if not 1900 <= (self.year or 0) <= 2999:
			frappe.throw(_("The year is not a calendar year. Enter it in four digits."))

	def refuse_change_of_frozen(self) -> None:
		"""Frozen figures are what was reported; they don't change afterwards."""
		before = self.get_doc_before_save()
		if not before or before.status == "Draft":
			return
		if any(checks.is_changed(self, fieldname) for fieldname in ("figures", "employees_total")):
			frappe.throw(_("Frozen figures can't be changed. Count the year again in a new draft."))
