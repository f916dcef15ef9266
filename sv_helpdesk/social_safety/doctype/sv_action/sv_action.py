"""One agreed action."""

import frappe
from frappe import _

from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.social_safety import checks

DONE = 100


class SVAction(SealedDocument):
	"""Belongs to a decision table, a case or an aftercare plan."""

	SEALED_FIELDS = ("action_text", "evidence")

	def key_reference(self) -> str:
		"""The key of the case, or of the table for an action without a case."""
		return self.report or self.decision_table

	def validate(self):
		self.take_report_of_aftercare()
		self.check_origin()
		self.check_progress()
		checks.in_use(self, "measure")

	def take_report_of_aftercare(self) -> None:
		"""An action of an aftercare plan belongs to the plan's case."""
		if self.aftercare and not self.report:
			self.report = frappe.db.get_value("SV Aftercare", self.aftercare, "report")
		checks.same_case(self, "aftercare")

	def check_origin(self) -> None:
		"""An action without a table, case or plan would be seen by nobody."""
		if not (self.decision_table or self.report):
			frappe.throw(
				_("The action belongs to nothing. Choose a decision table, a case or an aftercare plan.")
			)

	def check_progress(self) -> None:
		"""Progress is a share; an action that is done has all of it."""
		if self.status == "Done":
			self.progress = DONE
		if not 0 <= (self.progress or 0) <= DONE:
			frappe.throw(_("Progress is a share between 0 and 100. Correct it."))
