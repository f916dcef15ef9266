"""How long something may take."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate

from sv_helpdesk.deadlines import kinds, length
from sv_helpdesk.social_safety import checks


class SVTerm(Document):
	"""On one day one term holds for each kind and desk."""

	def validate(self):
		checks.in_order(self, "valid_from", "valid_until")
		own = length.checked(length.Length(cint(self.amount), self.unit))
		self.check_waiting(own)
		self.check_warning()
		self.check_that_no_other_holds()

	def onload(self):
		"""Its form offers to apply it to who may."""
		self.set_onload("may_be_applied", self.has_permission("write"))

	def check_waiting(self, own: length.Length) -> None:
		"""What waits for the reporter waits in working time; time as the law counts knows no waiting."""
		if self.kind in kinds.THAT_WAIT and not own.is_working_time:
			frappe.throw(
				_("This waits while the reporter has to answer. Choose working hours or working days for it.")
			)

	def check_warning(self) -> None:
		"""A warning comes after the start and before the end."""
		if not 1 <= cint(self.warn_percent) <= 99:
			frappe.throw(_("The warning doesn't come within the term. Choose between 1 and 99 per cent."))

	def check_that_no_other_holds(self) -> None:
		"""Refuse two terms of one kind and desk that are valid on the same day."""
		for other in frappe.get_all(
			"SV Term",
			{"kind": self.kind, "name": ["!=", self.name or ""]},
			["desk", "valid_from", "valid_until"],
			order_by="valid_from asc",
		):
			apart = (self.valid_until and getdate(self.valid_until) < other.valid_from) or (
				other.valid_until and other.valid_until < getdate(self.valid_from)
			)
			if (other.desk or "") == (self.desk or "") and not apart:
				frappe.throw(
					_(
						"Another term for this is valid on one of these days. Let that one end the day before this one begins."
					)
				)
