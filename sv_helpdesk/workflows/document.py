"""Documents whose state changes by steps only."""

import frappe
from frappe import _
from frappe.utils import get_datetime

from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.workflows.machines import machines


class SteppedDocument(SealedDocument):
	"""Base class of every document with a machine.

	`flags.step` is set by moving.py while it takes a step; `flags.status_as_given` by who puts documents in
	as they once were, such as a restore or a test. A client can send neither.
	"""

	def before_validate(self):
		"""Refuse a state that no step led to."""
		self.check_status()

	def check_status(self) -> None:
		"""Let a new document start at the beginning, and a stored one keep its state.

		Raises:
			frappe.ValidationError: says that the state has steps of its own.
		"""
		machine, before = machines()[self.doctype], self.get_doc_before_save()
		if self.flags.step or self.flags.status_as_given:
			return
		if self.is_new():
			self.status = self.status or machine.start
		if before and self.status == self._status_before(before.modified):
			# the step followed from something else while the form was open
			self.status = before.status
		if self.status != (before.status if before else machine.start):
			frappe.throw(
				_("The status changes by its steps only. Leave it as it is and choose the step on the form.")
			)

	def _status_before(self, modified) -> str | None:
		"""Return the state before the last step, if that followed by itself and left the moment of change."""
		step = frappe.db.get_value(
			"SV Step",
			{"document_type": self.doctype, "document_name": self.name},
			["from_status", "taken_at"],
			order_by="taken_at desc",
			as_dict=True,
		)
		return step.from_status if step and step.taken_at > get_datetime(modified) else None

	def check_permission(self, permtype: str = "read", permlevel: int | None = None) -> None:
		"""As ever; who may take a step was decided before it, by capacity instead of by the right to change."""
		if permtype == "write" and self.flags.step:
			return
		super().check_permission(permtype, permlevel)
