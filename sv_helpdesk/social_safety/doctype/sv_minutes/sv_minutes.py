"""The minutes of one meeting of a decision table."""

import frappe
from frappe import _

from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.social_safety import checks


class SVMinutes(SealedDocument):
	"""Sealed with the table's key; approved minutes can't be changed by anybody."""

	SEALED_FIELDS = (
		"facts",
		"reporter_heard",
		"accused_heard",
		"not_heard_reason",
		"interpretation",
		"risks",
		"options_weighed",
		"advice",
		"decision",
		"reasons",
		"proportionality",
		"subsidiarity",
		"communication",
		"distribution",
	)

	def key_reference(self) -> str:
		"""The table owns the key."""
		return self.decision_table

	def validate(self):
		self.refuse_change_of_approved()
		checks.not_in_future(self, "meeting_at", "approved_at")
		self.check_approval()

	def refuse_change_of_approved(self) -> None:
		"""Approved minutes stay as they are."""
		before = self.get_doc_before_save()
		if before and before.status == "Approved":
			frappe.throw(_("Approved minutes can't be changed. Write a new version."))

	def check_approval(self) -> None:
		"""Nobody approves what they wrote."""
		if self.status == "Approved":
			checks.require(self, "writer", "approver")
			if self.writer == self.approver:
				frappe.throw(
					_("Minutes are approved by somebody else than the writer. Choose another approver.")
				)

	def on_trash(self):
		checks.refuse_deletion()
