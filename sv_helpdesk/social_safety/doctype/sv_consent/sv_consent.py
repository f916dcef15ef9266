"""What may be shared with whom, and on which ground."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.permissions.consent import BY_CONSENT, DANGER, OPENS_NOTHING, confirm_by
from sv_helpdesk.social_safety import checks

# what only confirming and withdrawing fill in
LATER = (
	"second_person",
	"confirmed_at",
	"withdrawn_at",
	"withdrawn_how",
	"withdrawn_by",
)


class SVConsent(SealedDocument):
	"""R1 and R2: explicit consent, or one of three exceptions with its ground and who decided."""

	SEALED_FIELDS = ("recipient", "purpose", "ground")

	def before_insert(self):
		self.given_at = self.given_at or now_datetime()
		self.set_decision()

	def validate(self):
		self.refuse_change()
		checks.same_case(self, "party")
		self.check_basis()
		self.check_recipient()
		self.check_dates()

	def set_decision(self) -> None:
		"""Who decides on an exception is who records it; everything else comes later, by others."""
		self.update(dict.fromkeys(LATER))
		self.decided_by = None if self.basis == BY_CONSENT else frappe.session.user
		if self.basis != DANGER:
			self.acute = 0
		self.confirm_by = confirm_by(self.given_at) if self.acute else None

	def refuse_change(self) -> None:
		"""What somebody allowed stays as they allowed it."""
		if not self.is_new():
			frappe.throw(_("A consent can't be changed. Withdraw this one and record a new one."))

	def check_basis(self) -> None:
		"""Consent needs a person and a way; an exception its ground and who decided."""
		if self.basis == BY_CONSENT:
			checks.require(self, "party", "how_given")
		else:
			checks.require(self, "ground", "decided_by")

	def check_recipient(self) -> None:
		"""Sharing is always with somebody."""
		if self.scope != OPENS_NOTHING and not (self.to_desk or self.to_user or self.recipient):
			frappe.throw(
				_("Nobody is named to share with. Choose a desk or user, or describe the recipient.")
			)

	def check_dates(self) -> None:
		"""Nothing ends before it was given."""
		checks.not_in_future(self, "given_at")
		checks.in_order(self, "given_at", "valid_until")
