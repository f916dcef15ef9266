"""The aftercare plan of one person or team."""

import frappe
from frappe import _
from frappe.utils import getdate

from sv_helpdesk.permissions import sides
from sv_helpdesk.social_safety import case_number, catalogue, checks
from sv_helpdesk.workflows.document import SteppedDocument

SETTLED = ("Settled", "Aftercare", "Closed")


class SVAftercare(SteppedDocument):
	"""A plan for a person names that person, a plan for a team its unit."""

	SEALED_FIELDS = ("plan", "evaluation", "learned")

	def before_insert(self):
		self.plan_number = case_number.new_plan_number()
		self.propose_measures()

	def validate(self):
		checks.same_case(self, "party")
		checks.in_use(self, "unit")
		checks.no_row_twice(self, "measures", "measure")
		self.check_for_whom()
		if any(checks.is_changed(self, field) for field in ("party", "meant_for")):
			self.check_person()
		self.check_unfounded()
		self.check_responsible()
		self.date_measures()
		checks.not_in_future(self, "evaluated_on", "learned_on", "closed_on")
		checks.in_order(self, "evaluated_on", "closed_on")

	def propose_measures(self) -> None:
		"""Propose care at once, or aftercare once the case is settled; who makes the plan chooses from it."""
		if self.measures or not self.meant_for:
			return
		case = frappe.db.get_value(
			"SV Report", self.report, ["status", "outcome", "bad_faith_established"], as_dict=True
		)
		phase = catalogue.AFTERWARDS if case and case.status in SETTLED else catalogue.AT_ONCE
		outcome = case and case.outcome
		for code in catalogue.proposed(
			self.meant_for, phase, outcome, bool(case and case.bad_faith_established)
		):
			self.append("measures", {"measure": code, "state": "Proposed"})

	def check_responsible(self) -> None:
		"""Who keeps contact with one side doesn't support the other (R5)."""
		if any(checks.is_changed(self, field) for field in ("responsible", "meant_for")):
			sides.check_carer(self.responsible, self.report, self.meant_for)

	def date_measures(self) -> None:
		"""A measure that is done has its day; one that isn't, has none."""
		for row in self.measures:
			row.done_on = (row.done_on or getdate()) if row.state == "Done" else None
			if row.done_on and getdate(row.done_on) > getdate():
				frappe.throw(
					_("Row {0}: a measure can't be done in the future. Correct the day.").format(row.idx)
				)

	def check_for_whom(self) -> None:
		"""A team isn't a person."""
		if self.meant_for == "Team" and self.party:
			frappe.throw(
				_("Aftercare for a team names no person. Take out the person, or choose for whom it is.")
			)
		if self.meant_for != "Team":
			self.unit = None

	def check_person(self) -> None:
		"""A plan for one side names nobody of another: what it says would reach them, on paper too (R5, R6)."""
		if self.party and frappe.db.get_value("SV Party", self.party, "party_role") != self.meant_for:
			frappe.throw(
				_(
					"This person has another part in the case than the plan is for. Choose somebody else, or correct for whom it is."
				)
			)

	def check_unfounded(self) -> None:
		"""The path after an unfounded report needs that outcome (R10)."""
		if self.unfounded_path and checks.is_changed(self, "unfounded_path"):
			if frappe.db.get_value("SV Report", self.report, "outcome") != "Unfounded":
				frappe.throw(
					_(
						"The outcome of this case isn't unfounded. Set the outcome first, or take out this mark."
					)
				)
