"""The aftercare plan of one person or team."""

import frappe
from frappe import _

from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.social_safety import case_number, checks


class SVAftercare(SealedDocument):
	"""A plan for a person names that person, a plan for a team its unit."""

	SEALED_FIELDS = ("plan", "evaluation")

	def before_insert(self):
		self.plan_number = case_number.new_plan_number()

	def validate(self):
		checks.same_case(self, "party")
		checks.in_use(self, "unit")
		checks.no_row_twice(self, "measures", "measure")
		self.check_for_whom()
		self.check_unfounded()
		checks.not_in_future(self, "evaluated_on", "closed_on")
		checks.in_order(self, "evaluated_on", "closed_on")

	def check_for_whom(self) -> None:
		"""A team isn't a person."""
		if self.meant_for == "Team" and self.party:
			frappe.throw(
				_("Aftercare for a team names no person. Take out the person, or choose for whom it is.")
			)
		if self.meant_for != "Team":
			self.unit = None

	def check_unfounded(self) -> None:
		"""The path after an unfounded report needs that outcome (R10)."""
		if self.unfounded_path and checks.is_changed(self, "unfounded_path"):
			if frappe.db.get_value("SV Report", self.report, "outcome") != "Unfounded":
				frappe.throw(
					_(
						"The outcome of this case isn't unfounded. Set the outcome first, or take out this mark."
					)
				)
