"""The case: a signal, report, advice request or formal complaint."""

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from sv_helpdesk.moments import to_minute
from sv_helpdesk.permissions import fitting, grants, rules, sides, telling_repetition
from sv_helpdesk.retention import terms
from sv_helpdesk.social_safety import case_number, checks, interventions
from sv_helpdesk.workflows.complaint import KIND as COMPLAINT
from sv_helpdesk.workflows.complaint import refuse_under_way
from sv_helpdesk.workflows.document import SteppedDocument

ADVICE_REQUEST = "Advice request"
FINISHED = ("Settled", "Aftercare", "Closed")


class SVReport(SteppedDocument):
	"""What must be filled in depends on kind and status: a case often starts with little."""

	SEALED_FIELDS = ("subject", "narrative", "wishes", "settlement_text", "withdrawal_text")

	def key_reference(self) -> str:
		"""The case owns the data key of everything in it."""
		return self.name

	def before_insert(self):
		self.case_number = case_number.new()
		self.first_desk = self.first_desk or self.desk
		if self.received_at:
			# what comes within the same minute isn't before it
			self.received_at = to_minute(get_datetime(self.received_at))
		if not self.handler and rules.is_its_makers(self):
			self.handler = frappe.session.user

	def validate(self):
		checks.stays_at_its_desk(self)
		self.keep_system_fields()
		self.check_kind()
		self.check_complaint()
		self.check_finished()
		self.check_dates()
		checks.in_use(self, "desk", "main_category", "unit")
		checks.no_row_twice(self, "further_categories", "category")
		self.check_categories()
		self.check_outcome()
		self.check_repetition()
		grants.refuse_taking_over(self)
		sides.check_handler(self)
		fitting.check_handler(self)
		self.set_intervention()
		terms.follow(self)

	def on_update(self):
		if not self.flags.taken_over:
			telling_repetition.follow_case(self)

	def keep_system_fields(self) -> None:
		"""Keep what only the system fills in, whatever a form sends."""
		if not self.is_new():
			kept = ("ticket", "attention", "vulnerable_dependence", "import_key")
			checks.keep_stored(self, *kept, "anonymised_at", "held_index")
			# the outbox fills it in while a form is open; emptying it would take back what was sent
			self.acknowledged_at = self.acknowledged_at or self.get_doc_before_save().acknowledged_at
		if not self.flags.converting:
			before = self.get_doc_before_save()
			self.set("kind_changes", before.kind_changes if before else [])

	def check_kind(self) -> None:
		"""The kind changes by `convert` only, so that its history is complete."""
		if not self.is_new() and checks.is_changed(self, "kind") and not self.flags.converting:
			frappe.throw(
				_("The kind can't be changed here. Use the button Convert, which keeps the history.")
			)

	def check_complaint(self) -> None:
		"""A formal complaint can't be anonymous (R4)."""
		if self.kind == COMPLAINT and self.confidentiality == "Anonymous":
			frappe.throw(
				_(
					"A formal complaint can't be anonymous. Register it as a report, or choose another confidentiality."
				)
			)
		if self.kind != COMPLAINT:
			self.accused_informed_on = None

	def check_finished(self) -> None:
		"""Ask for what the figures count once a case is finished.

		What was lacking before keeps nobody from what says nothing about it, such as a legal hold.
		"""
		if self.status not in FINISHED:
			return
		counted = ("asked_by", "advice_topic") if self.kind == ADVICE_REQUEST else ("main_category",)
		if any(checks.is_changed(self, fieldname) for fieldname in ("status", "kind", *counted)):
			checks.require(self, *counted)

	def check_dates(self) -> None:
		"""Nothing happens in the future or before the case came in."""
		dates = ("acknowledged_at", "feedback_given_at", "settled_at", "closed_at", "accused_informed_on")
		checks.not_in_future(self, "received_at", *dates)
		for fieldname in dates:
			checks.in_order(self, "received_at", fieldname)
		checks.in_order(self, "settled_at", "closed_at")

	def check_categories(self) -> None:
		"""The main category isn't a further one as well."""
		if self.main_category in [row.category for row in self.further_categories]:
			frappe.throw(
				_(
					"The main category is also among the further categories. Remove it from the further categories."
				)
			)

	def check_outcome(self) -> None:
		"""Bad faith can only be established about an unfounded report (R10)."""
		if self.bad_faith_established and self.outcome != "Unfounded":
			frappe.throw(
				_("Bad faith can only be established when the outcome is unfounded. Correct one of the two.")
			)

	def check_repetition(self) -> None:
		"""The earlier case is another one that who registers it may see (R3)."""
		if not self.repeats or not checks.is_changed(self, "repeats"):
			return
		if self.repeats == self.name or not frappe.has_permission("SV Report", "read", doc=self.repeats):
			frappe.throw(_("Choose as earlier case another one that you work on."))

	def set_intervention(self) -> None:
		"""Let the intervention follow from the talks, unless it was chosen by hand with a reason."""
		if self.intervention_overruled:
			checks.require(self, "intervention", "intervention_reason")
			return
		self.intervention_reason = None
		derived = interventions.derived(self)
		chosen = self.intervention if checks.is_changed(self, "intervention") else None
		if chosen and chosen != derived:
			frappe.throw(
				_(
					"The intervention follows from the talks. Tick Intervention chosen by hand to choose another one."
				)
			)
		self.intervention = derived

	@frappe.whitelist(methods=["POST"])
	def convert(self, kind: str, reason: str) -> None:
		"""Turn this case into another kind and keep the history.

		Works on what is stored, not on what the caller's form holds.

		Args:
			kind: the new kind.
			reason: one of the coded reasons of SV Kind Change.

		Raises:
			frappe.PermissionError: the user may not change this case.
			frappe.ValidationError: same or unknown kind, unknown reason, or an anonymous complaint.
		"""
		self.check_permission("write")
		report = frappe.get_doc(self.doctype, self.name, for_update=True)
		report.check_permission("write")
		report.check_conversion(kind, reason)
		report.append(
			"kind_changes",
			{
				"from_kind": report.kind,
				"to_kind": kind,
				"changed_at": now_datetime(),
				"changed_by": frappe.session.user,
				"reason": reason,
			},
		)
		report.kind = kind
		report.flags.converting = True
		report.flags.set_by_method = ("kind_changes",)
		report.save()

	def check_conversion(self, kind: str, reason: str) -> None:
		"""Refuse a conversion that makes no sense."""
		if kind not in _options("SV Report", "kind") or reason not in _options("SV Kind Change", "reason"):
			frappe.throw(_("This kind or reason doesn't exist. Choose one from the list."))
		if kind == self.kind:
			frappe.throw(_("The case is of this kind already. Choose another kind."))
		refuse_under_way(self)
		if kind == COMPLAINT and (self.confidentiality == "Anonymous" or self._has_anonymous_reporter()):
			frappe.throw(
				_(
					"A formal complaint can't be anonymous. Ask the reporter for a name first, or keep the present kind."
				)
			)

	def _has_anonymous_reporter(self) -> bool:
		return bool(
			frappe.db.exists("SV Party", {"report": self.name, "party_role": "Reporter", "anonymous": 1})
		)


def _options(doctype: str, fieldname: str) -> list[str]:
	options = frappe.get_meta(doctype).get_field(fieldname).options
	return [option for option in options.split("\n") if option]


def on_doctype_update() -> None:
	"""The list of a desk, latest first, must not read every case there is."""
	frappe.db.add_index("SV Report", ["desk", "modified"])
