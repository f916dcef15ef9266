"""One planned or held contact of an aftercare plan."""

import frappe
from frappe import _

from sv_helpdesk import notices
from sv_helpdesk.permissions import sides
from sv_helpdesk.social_safety import checks
from sv_helpdesk.workflows.document import SteppedDocument


class SVAftercareContact(SteppedDocument):
	"""Asks at each contact: how is it, any disadvantage or repetition, what is needed."""

	SEALED_FIELDS = ("how_it_goes", "needs")

	def validate(self):
		self.take_report()
		checks.not_in_future(self, "held_at")
		self.check_holder()
		self.check_what_came_up()

	def on_update(self):
		"""Who has to keep contact hears that there is something, of the contacts of one plan once."""
		if checks.is_changed(self, "held_by") and self.status == "Planned" and not self.holds_others():
			notices.tell_assigned(self, self.held_by)

	def holds_others(self) -> bool:
		"""Tell whether its holder was told of another contact of the same plan that is still to come."""
		same_plan = {"aftercare": self.aftercare, "held_by": self.held_by, "status": "Planned"}
		return bool(frappe.db.exists("SV Aftercare Contact", {**same_plan, "name": ["!=", self.name]}))

	def take_report(self) -> None:
		"""The contact belongs to the case of its plan."""
		self.report = frappe.db.get_value("SV Aftercare", self.aftercare, "report")

	def check_holder(self) -> None:
		"""Who keeps contact with one side doesn't support the other (R5)."""
		if checks.is_changed(self, "held_by"):
			meant_for = frappe.db.get_value("SV Aftercare", self.aftercare, "meant_for")
			sides.check_carer(self.held_by, self.report, meant_for)

	def check_what_came_up(self) -> None:
		"""What came up is told by the step, because the desk has to act on it."""
		told = any(checks.is_changed(self, field) for field in ("disadvantage", "repetition"))
		if told and self.status != "Planned" and not (self.flags.step or self.flags.status_as_given):
			frappe.throw(
				_("What came up was told when the contact was held. Plan another contact to add something.")
			)
