"""What may be shared with whom, and on which ground."""

import frappe
from frappe import _

from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.social_safety import checks

BY_CONSENT = "Consent"
NOT_SHARING = "Follow-up towards the accused"


class SVConsent(SealedDocument):
	"""R1 and R2: explicit consent, or one of three exceptions with its ground and who decided."""

	SEALED_FIELDS = ("recipient", "purpose", "ground")

	def validate(self):
		checks.same_case(self, "party")
		self.check_basis()
		self.check_recipient()
		self.check_dates()

	def check_basis(self) -> None:
		"""Consent needs a person and a way; an exception its ground and who decided."""
		if self.basis == BY_CONSENT:
			checks.require(self, "party", "how_given")
			return
		checks.require(self, "ground", "decided_by")
		if self.second_person and self.second_person == self.decided_by:
			frappe.throw(
				_(
					"An exception is confirmed by somebody else than the person who decided it. Choose another colleague."
				)
			)

	def check_recipient(self) -> None:
		"""Sharing is always with somebody."""
		if self.scope != NOT_SHARING and not (self.to_desk or self.to_user or self.recipient):
			frappe.throw(
				_("Nobody is named to share with. Choose a desk or user, or describe the recipient.")
			)

	def check_dates(self) -> None:
		"""Nothing ends before it was given."""
		checks.not_in_future(self, "given_at", "withdrawn_at", "confirmed_at")
		for fieldname in ("valid_until", "withdrawn_at", "confirmed_at"):
			checks.in_order(self, "given_at", fieldname)
