"""A formal complaint at the external committee."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from sv_helpdesk.complaints import told
from sv_helpdesk.social_safety import checks
from sv_helpdesk.workflows.complaint import KIND
from sv_helpdesk.workflows.document import SteppedDocument

SIDES = {"complainant": "Reporter", "accused": "Accused"}
# each comes after what stands before it
IN_ORDER = (
	("handed_over_on", "admissibility_on"),
	("handed_over_on", "complainant_heard_at"),
	("handed_over_on", "accused_heard_at"),
	("admissibility_on", "advice_on"),
	("advice_on", "decided_on"),
	("decided_on", "appeal_lodged_on"),
	("appeal_lodged_on", "appeal_over_on"),
)


class SVComplaint(SteppedDocument):
	"""One for each case of the kind formal complaint; what the committee gets stands in its parts."""

	SEALED_FIELDS = (
		*("committee", "inadmissible_reason", "not_heard_reason"),
		*("decider", "deviation_reason", "appeal_text"),
	)

	def key_reference(self) -> str:
		"""Its file has a key of its own, apart from the informal case."""
		return self.name

	def validate(self):
		self.check_case()
		checks.same_case(self, *SIDES)
		self.check_sides()
		self.note_changed_sides()
		self.check_dates()
		if self.deviates and self.decided_on:
			checks.require(self, "deviation_reason")

	def check_case(self) -> None:
		"""A complaint belongs to a case of that kind, which has only the one."""
		if not self.is_new():
			return
		if frappe.db.get_value("SV Report", self.report, "kind") != KIND:
			frappe.throw(_("This case isn't a formal complaint. Convert it to one first."))
		if frappe.db.exists("SV Complaint", {"report": self.report}):
			frappe.throw(_("This case has its complaint already. Open that one."))

	def check_sides(self) -> None:
		"""Who complains is a reporter of the case, and the accused an accused; from the first step on they stay who they are."""
		before = self.get_doc_before_save()
		for fieldname, party_role in SIDES.items():
			party = self.get(fieldname)
			if not checks.is_changed(self, fieldname):
				continue
			if before and (before.status != "Drawn up" or (before.get(fieldname) and self.was_under_way())):
				frappe.throw(
					_(
						"{0} can't be changed once the complaint was handed over or withdrawn: its file is about the people it has. Register the complaint of or about somebody else as a case of its own."
					).format(checks.label_of(self, fieldname))
				)
			if party and frappe.db.get_value("SV Party", party, "party_role") != party_role:
				frappe.throw(
					_("Who is chosen as {0} has another role in the case. Choose somebody else.").format(
						checks.label_of(self, fieldname)
					)
				)

	def was_under_way(self) -> bool:
		"""Tell whether a step was taken with it, also where it was taken up again since."""
		return bool(frappe.db.exists("SV Step", {"document_type": self.doctype, "document_name": self.name}))

	def note_changed_sides(self) -> None:
		"""Consents that were given while the complaint had other sides aren't used for these (R1)."""
		before = self.get_doc_before_save()
		self.sides_changed_at = before.sides_changed_at if before else None
		if before and any(before.get(side) and checks.is_changed(self, side) for side in SIDES):
			self.sides_changed_at = now_datetime()

	def check_dates(self) -> None:
		"""Nothing happens in the future, or before what comes first."""
		checks.not_in_future(self, *dict.fromkeys(field for pair in IN_ORDER for field in pair))
		for earlier, later in IN_ORDER:
			checks.in_order(self, earlier, later)

	def on_update(self):
		told.after_complaint(self)

	def on_trash(self):
		checks.refuse_deletion()
