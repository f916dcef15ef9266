"""A hand-over to another desk or a referral to help outside the desks."""

import frappe
from frappe import _

from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.permissions import sides
from sv_helpdesk.social_safety import checks

# the lines of help of VU 2.3; who isn't named here gets a line by hand
LINES = {
	"Zeroth": ("Manager", "HR adviser", "Teacher", "Study adviser"),
	"First": ("Confidential adviser",),
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
HAND_OVER = "Hand-over"


class SVReferral(SealedDocument):
	"""Between the professionals it is a hand-over, outside them a referral (UM annex 1)."""

	SEALED_FIELDS = ("target_details", "shared_text", "decline_reason", "feedback")

	def validate(self):
		checks.same_case(self, "party", "consent")
		self.set_line()
		self.check_target()
		self.check_consent()
		self.check_dates()
		sides.check_acceptance(self)

	def set_line(self) -> None:
		"""The line of help follows from who it is, where that is fixed."""
		for line, targets in LINES.items():
			if self.target in targets:
				self.line = line

	def check_target(self) -> None:
		"""A desk hands over to another desk, and only a hand-over goes to one."""
		if self.referral_type != HAND_OVER and self.target_desk:
			frappe.throw(_("Only a hand-over goes to a desk. Choose hand-over, or take out the desk."))
		if self.target_desk and self.target_desk == self.from_desk:
			frappe.throw(_("A desk can't hand over to itself. Choose another desk."))
		checks.in_use(self, "target_desk")

	def check_consent(self) -> None:
		"""A consent is for whom it names and for nobody else (R1)."""
		if not (self.consent and self.target_desk):
			return
		if any(checks.is_changed(self, fieldname) for fieldname in ("consent", "target_desk")):
			if frappe.db.get_value("SV Consent", self.consent, "to_desk") != self.target_desk:
				frappe.throw(
					_("The consent is not for this desk. Choose one that is, or ask the person for it first.")
				)

	def check_dates(self) -> None:
		"""Nothing happens in the future or before the referral."""
		checks.not_in_future(self, "referred_on", "warm_talk_at")
		checks.in_order(self, "referred_on", "accepted_at")
		checks.in_order(self, "accepted_at", "completed_at")
