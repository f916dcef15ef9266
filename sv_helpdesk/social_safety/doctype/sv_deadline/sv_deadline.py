"""One running clock."""

import frappe
from frappe import _

from sv_helpdesk.access_log.document import LoggedDocument
from sv_helpdesk.social_safety import checks


class SVDeadline(LoggedDocument):
	"""Belongs to a case or a decision table; sv_helpdesk.deadlines alone starts, stops and warns.

	`next_at` is when the sweep looks at the clock, and empty while it waits or after it stopped. Whoever
	moves `due_at` sets `stage` to 0 and `next_at` to `warn_at`: the new moment is warned about anew.
	"""

	def validate(self):
		self.check_origin()
		checks.in_order(self, "started_at", "due_at")

	def check_origin(self) -> None:
		"""A clock without a case or table would be seen by nobody."""
		if not (self.report or self.decision_table):
			frappe.throw(_("The deadline belongs to nothing. Choose a case or a decision table."))
