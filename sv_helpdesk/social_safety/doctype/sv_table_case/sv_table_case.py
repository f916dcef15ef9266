"""One case that a decision table deals with."""

import frappe
from frappe import _

from sv_helpdesk.access_log.document import LoggedDocument
from sv_helpdesk.permissions import sides
from sv_helpdesk.social_safety import checks
from sv_helpdesk.workflows import table


class SVTableCase(LoggedDocument):
	"""Coded facts only; several reports about one person are one case here."""

	def check_permission(self, permtype: str = "read", permlevel: int | None = None) -> None:
		"""As ever; a case of another desk comes here with consent, which joining_a_table has checked."""
		if not (permtype == "create" and self.flags.with_consent):
			super().check_permission(permtype, permlevel)

	def validate(self):
		checks.no_row_twice(self, "reports", "report")
		self.check_table()
		self.check_taken_off()
		sides.check_table_case(self)

	def check_table(self) -> None:
		"""Nothing new is put on a table that was called off."""
		status = frappe.db.get_value("SV Decision Table", self.decision_table, "status")
		if self.is_new() and status == "Called off":
			frappe.throw(_("This decision table was called off. Take it up again first, or choose another."))

	def check_taken_off(self) -> None:
		"""What was written at a table stays hidden from whom one of its cases is hidden from (R6).

		Nobody says in the form that a case has left.
		"""
		before = self.get_doc_before_save()
		left = {row.report: row.left_at for row in before.reports} if before else {}
		for row in self.reports:
			row.left_at = left.get(row.report)
		reports = {row.report for row in self.reports}
		if before and any(row.report not in reports for row in before.reports):
			table.nothing_was_written(self.decision_table)

	def on_update(self):
		"""A case that is put on a table that meets waits for it; one that is taken off goes back to its handler."""
		table.cases_come(frappe.get_doc("SV Decision Table", self.decision_table))
		before = self.get_doc_before_save()
		if before:
			table.let_go({row.report for row in before.reports} - {row.report for row in self.reports})
