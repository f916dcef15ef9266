"""One agreed action."""

import frappe
from frappe import _
from frappe.utils import flt

from sv_helpdesk import notices
from sv_helpdesk.permissions import carrying_out, sides
from sv_helpdesk.social_safety import checks
from sv_helpdesk.workflows import action, aftercare
from sv_helpdesk.workflows.document import SteppedDocument

DONE = 100
PROTECTED = ("Reporter", "Witness")


class SVAction(SteppedDocument):
	"""Belongs to a decision table, a case or an aftercare plan."""

	SEALED_FIELDS = ("action_text", "evidence")

	def key_reference(self) -> str:
		"""The key of the case, or of the table for an action without a case."""
		return self.report or self.decision_table

	def validate(self):
		self.take_report_of_aftercare()
		self.check_origin()
		self.check_place()
		self.check_progress()
		self.check_concerns()
		self.check_disclosure()
		self.check_no_sanction_for_reporting()
		checks.in_use(self, "measure")
		sides.check_chosen_in(self, "action_owner")

	def on_update(self):
		"""Who has to do it hears that there is something."""
		if checks.is_changed(self, "action_owner") and self.status in action.UNFINISHED:
			notices.tell_assigned(self, self.action_owner)

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

	def check_place(self) -> None:
		"""Nothing is agreed on any more where everything agreed was done."""
		if self.is_new() and not self.flags.status_as_given:
			action.table_has_not_ended(self)
			aftercare.case_is_open(self)

	def check_progress(self) -> None:
		"""Progress is a share; an action that is done has all of it."""
		if self.status == "Done":
			self.progress = DONE
		# an API may send it as text
		if not 0 <= flt(self.progress) <= DONE:
			frappe.throw(_("Progress is a share between 0 and 100. Correct it."))

	def check_concerns(self) -> None:
		"""The person is one of the case, or of a case of the table."""
		if self.concerns and checks.is_changed(self, "concerns"):
			report = frappe.db.get_value("SV Party", self.concerns, "report")
			if report != self.report and not (self.decision_table and self._deals_with(report)):
				frappe.throw(_("This person is not part of the case or the table. Choose somebody who is."))

	def check_disclosure(self) -> None:
		"""Who carries out an action learns the name because the decision says so, not by ticking it."""
		if self.name_disclosed:
			checks.require(self, "concerns")
		named = self.name_disclosed or (self.get_doc_before_save() or {}).get("name_disclosed")
		if not named or not any(checks.is_changed(self, field) for field in ("concerns", "name_disclosed")):
			return
		target = (
			("SV Decision Table", self.decision_table) if self.decision_table else ("SV Report", self.report)
		)
		if not frappe.has_permission(target[0], "write", doc=target[1]):
			frappe.throw(
				_("Whether the name may be known is decided at the table or by the desk. Ask them."),
				frappe.PermissionError,
			)
		if self.name_disclosed:
			self.check_name_may_be_known()

	def check_name_may_be_known(self) -> None:
		"""A reporter's name is known by their consent alone, anybody else's at a table by what it decided (DOMAIN, R1)."""
		if frappe.db.get_value("SV Party", self.concerns, "party_role") == "Reporter":
			frappe.throw(
				_(
					"A reporter's name is known by their own consent alone. Leave {0} empty, and record their consent to be known to this colleague in the case."
				).format(checks.label_of(self, "name_disclosed"))
			)
		if self.decision_table and not self.flags.status_as_given:
			decided = {"decision_table": self.decision_table, "status": "Approved"}
			if not frappe.db.exists("SV Minutes", decided):
				frappe.throw(
					_(
						"The table hasn't decided yet who may know the name: its minutes aren't approved. Leave the name out until then."
					)
				)

	def check_no_sanction_for_reporting(self) -> None:
		"""Nobody is punished for a report or for what they saw, unless the reporter's bad faith is established (R9, R10)."""
		if not self.concerns or not self.measure:
			return
		person = frappe.db.get_value("SV Party", self.concerns, ["report", "party_role"], as_dict=True)
		if person.party_role not in PROTECTED or not frappe.db.get_value(
			"SV Measure", self.measure, "severity"
		):
			return
		bad_faith = frappe.db.get_value("SV Report", person.report, "bad_faith_established")
		if person.party_role != "Reporter" or not bad_faith:
			frappe.throw(
				_(
					"A report is no reason for a sanction. Choose a measure of care; only established bad faith allows this one."
				)
			)

	def _deals_with(self, report: str) -> bool:
		return report in carrying_out.reports_of(self.decision_table)
