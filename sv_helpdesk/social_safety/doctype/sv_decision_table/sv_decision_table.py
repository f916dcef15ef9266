"""A decision table: manager, HR adviser, coordinator and others on one or more cases."""

import frappe
from frappe import _

from sv_helpdesk.permissions import fitting, rules, seats, sides
from sv_helpdesk.permissions.fields import is_same
from sv_helpdesk.social_safety import case_number, checks
from sv_helpdesk.workflows import table
from sv_helpdesk.workflows.document import SteppedDocument

ADVICE_REQUEST = "Advice request"
# of these there can be several at a table; everything else is one person's
# one person decides, one convenes, one writes
ONE_OF_EACH = ("Manager", "Coordinator", "Minutes writer")

DEVIATION = ("deviates", "deviated_by", "deviation_authority", "deviation_reason")


class SVDecisionTable(SteppedDocument):
	"""The table owns the data key of its minutes and cases."""

	SEALED_FIELDS = ("deviation_reason", "purpose")

	def before_insert(self):
		self.table_number = case_number.new_table_number()
		if not self.coordinator and rules.is_its_makers(self):
			self.coordinator = frappe.session.user

	def validate(self):
		checks.stays_at_its_desk(self)
		self.check_origin()
		self.check_request_taken_off()
		self.check_deviation()
		self.check_advice()
		self.check_outcome()
		self.check_dates()
		self.check_members()

	def on_update(self):
		"""Who is asked to take part hears of it; an advice request waits for the table as its cases do."""
		seats.tell_asked(self)
		if checks.is_changed(self, "advice_request"):
			table.cases_come(self)

	def check_members(self) -> None:
		"""One seat per person; one manager, coordinator and minutes writer; each accepts their own."""
		checks.no_row_twice(self, "members", "user")
		sides.check_table(self)
		fitting.check_table(self)
		capacities = [row.capacity for row in self.members if row.capacity in ONE_OF_EACH]
		if len(capacities) != len(set(capacities)):
			frappe.throw(
				_(
					"There are two managers, coordinators or minutes writers at the table. Correct one of them."
				)
			)
		seats.keep_acceptance(self)

	def check_origin(self) -> None:
		"""A table that started from an advice request names it."""
		if self.started_from == ADVICE_REQUEST:
			checks.require(self, "advice_request")
		if self.advice_request and checks.is_changed(self, "advice_request"):
			if frappe.db.get_value("SV Report", self.advice_request, "kind") != ADVICE_REQUEST:
				frappe.throw(
					_("The case chosen as advice request is of another kind. Choose an advice request.")
				)

	def check_request_taken_off(self) -> None:
		"""What was written at the table stays hidden from whom the advice request is hidden from (R6)."""
		before = self.get_doc_before_save()
		if before and before.advice_request and checks.is_changed(self, "advice_request"):
			table.nothing_was_written(self.name)

	def check_deviation(self) -> None:
		"""A decision that deviates says by whom, with which authority and why."""
		if self.deviates:
			checks.require(self, "deviated_by", "deviation_authority", "deviation_reason")
		before = self.get_doc_before_save()
		if before and not all(
			is_same(self, self.meta.get_field(name), before.get(name)) for name in DEVIATION
		):
			table.refuse_change_of_deviation(self.name)

	def check_advice(self) -> None:
		"""Whether an advice binds is agreed beforehand, not once it is known (UM 4.2)."""
		before = self.get_doc_before_save()
		if before and before.status in ("Running", "Settled") and before.advice_status:
			if checks.is_changed(self, "advice_status"):
				frappe.throw(
					_(
						"The status of the advice was agreed before the first meeting. Leave it, and record a deviation."
					)
				)

	def check_outcome(self) -> None:
		"""A settled table has an outcome and a day on which it was settled."""
		if self.status != "Settled":
			return
		checks.require(self, "outcome", "closed_on")
		if self.outcome == "Still running":
			frappe.throw(_("A settled table isn't still running. Choose its outcome, or another status."))

	def check_dates(self) -> None:
		"""Nothing happens in the future or before the table was decided on."""
		checks.not_in_future(self, "opened_on", "closed_on")
		checks.in_order(self, "opened_on", "closed_on")
		checks.in_order(self, "opened_on", "first_meeting_at")
