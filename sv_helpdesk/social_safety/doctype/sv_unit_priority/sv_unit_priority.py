"""A priority in a unit's plan."""

import frappe
from frappe import _

from sv_helpdesk.access_log.document import LoggedDocument
from sv_helpdesk.social_safety import checks


class SVUnitPriority(LoggedDocument):
	"""What a unit wants to reach in a year and how far it came (VU 2024, annex 3); nothing about anybody."""

	def validate(self):
		checks.in_use(self, "unit")
		self.check_year()
		self.check_outcome()

	def check_year(self) -> None:
		"""A year has four digits."""
		if not 1900 <= (self.year or 0) <= 2999:
			frappe.throw(_("The year is not a calendar year. Enter it in four digits."))

	def check_outcome(self) -> None:
		"""A traffic light alone doesn't say what is behind it."""
		if self.progress and not (self.outcome or "").strip():
			frappe.throw(_("Write what came of it, too: a colour alone doesn't tell."))
