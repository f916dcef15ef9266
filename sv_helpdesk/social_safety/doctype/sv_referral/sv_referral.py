"""A hand-over to another desk or a referral to help outside the desks."""

from functools import partial

import frappe
from frappe import _

from sv_helpdesk.permissions import sides
from sv_helpdesk.social_safety import checks
from sv_helpdesk.workflows.document import SteppedDocument

# the lines of help of VU 2.3; who isn't named here gets a line by hand
LINES = {
	"Zeroth": ("Manager", "HR adviser", "Teacher", "Study adviser"),
	"First": ("Confidential adviser", "Concerns and complaints point"),
	"Second": (
		"Case holder social safety",
		"Complaints committee",
		"Ombuds officer",
		"Mediator",
		"Company social work",
		"Occupational physician",
		"Student psychologist",
	),
	"Outside": ("Police", "Lawyer", "Psychologist", "External mediator", "Companion of accused"),
}
HAND_OVER, REFERRAL = "Hand-over", "Referral"
# between the professionals it is a hand-over (UM annex 1)
PROFESSIONALS = (
	*("Confidential adviser", "Concerns and complaints point", "Ombuds officer", "Companion of accused"),
)
OFFERED_FIELDS = ("party", "target", "target_desk", "shared", "consent", "shared_text", "target_details")


class SVReferral(SteppedDocument):
	"""Between the professionals it is a hand-over, outside them a referral (UM annex 1)."""

	SEALED_FIELDS = ("target_details", "shared_text", "decline_reason", "feedback")

	def validate(self):
		# it is printed on the letter, and the answer goes there
		self.from_desk = frappe.db.get_value("SV Report", self.report, "desk")
		checks.same_case(self, "party", "consent")
		self.set_type()
		self.set_line()
		self.check_target()
		self.check_consent()
		self.refuse_change_of_offer()
		self.check_dates()
		sides.check_acceptance(self)

	def set_type(self) -> None:
		"""Whether it is a hand-over or a referral follows from who it is."""
		elsewhere = self.target == "Other" and self.target_desk
		self.referral_type = HAND_OVER if elsewhere else type_of(self.target)

	def set_line(self) -> None:
		"""The line of help follows from who it is, where that is fixed."""
		self.line = line_of(self.target) or self.line

	def check_target(self) -> None:
		"""A desk hands over to another desk, and only a hand-over goes to one."""
		if self.referral_type != HAND_OVER and self.target_desk:
			frappe.throw(
				_("Only a hand-over goes to a desk. Choose a target at a desk, or take out the desk.")
			)
		if self.target_desk and self.target_desk == self.from_desk:
			frappe.throw(_("A desk can't hand over to itself. Choose another desk."))
		checks.in_use(self, "target_desk")

	def check_consent(self) -> None:
		"""A consent is for whom it names and for nobody else (R1)."""
		if not self.consent or not any(map(partial(checks.is_changed, self), ("consent", "target_desk"))):
			return
		consent = frappe.db.get_value("SV Consent", self.consent, ["to_desk", "recipient"], as_dict=True)
		if self.target_desk and consent.to_desk != self.target_desk:
			frappe.throw(
				_("The consent is not for this desk. Choose one that is, or ask the person for it first.")
			)
		if consent.to_desk and not (self.target_desk or consent.recipient):
			frappe.throw(
				_("The consent is for a desk and for nobody outside. Ask the person for another one first.")
			)

	def check_dates(self) -> None:
		"""Nothing happens in the future or before the referral."""
		checks.not_in_future(self, "referred_on")
		checks.in_order(self, "referred_on", "accepted_at")
		checks.in_order(self, "accepted_at", "completed_at")

	def refuse_change_of_offer(self) -> None:
		"""What was offered stays as it was offered: the receiver and the person rely on it."""
		before = self.get_doc_before_save()
		if not before or before.status == "Draft":
			return
		if not all(self._is_as_before(before, fieldname) for fieldname in OFFERED_FIELDS):
			frappe.throw(_("What was offered can't be changed. Withdraw it and make a new one."))

	def _is_as_before(self, before, fieldname: str) -> bool:
		if fieldname in self.SEALED_FIELDS:
			return self.is_same_text(fieldname, self.get(fieldname), before.get(fieldname))
		return self.get(fieldname) == before.get(fieldname)


def type_of(target: str) -> str:
	"""Return what a referral to somebody is called, unless it goes to another desk."""
	return HAND_OVER if target in PROFESSIONALS else REFERRAL


def line_of(target: str) -> str | None:
	"""Return the line of help of somebody; None where that is chosen by hand."""
	return next((line for line, targets in LINES.items() if target in targets), None)
