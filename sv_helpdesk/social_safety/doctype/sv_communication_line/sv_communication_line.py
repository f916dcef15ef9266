"""What a decision table communicates to one person."""

import frappe
from frappe import _

from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.social_safety import checks


class SVCommunicationLine(SealedDocument):
	"""Sealed with the table's key; who it is addressed to reads it without the minutes."""

	SEALED_FIELDS = ("line_text",)

	def key_reference(self) -> str:
		"""The table owns the key."""
		return self.decision_table

	def validate(self):
		self.check_minutes()
		checks.not_in_future(self, "communicated_at")

	def check_minutes(self) -> None:
		"""The minutes are of the same table."""
		if self.minutes and checks.is_changed(self, "minutes"):
			if frappe.db.get_value("SV Minutes", self.minutes, "decision_table") != self.decision_table:
				frappe.throw(_("These minutes are of another decision table. Choose minutes of this table."))
