"""What may be shared with whom, and on which ground."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from sv_helpdesk import access_log
from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.permissions import may_use_report, recipients, second_person
from sv_helpdesk.permissions.consent import (
	AT_A_TABLE,
	BY_CONSENT,
	DANGER,
	FOLLOW_UP,
	OPENS_NOTHING,
	confirm_by,
	is_in_force,
	is_open,
	open_until,
)
from sv_helpdesk.social_safety import checks
from sv_helpdesk.workflows import joining_a_table, minutes, referral

# what only confirming and withdrawing fill in
LATER = ("second_person", "confirmed_at", "withdrawn_at", "withdrawn_how", "withdrawn_by")


class SVConsent(SealedDocument):
	"""R1 and R2: explicit consent, or one of three exceptions with its ground and who decided."""

	SEALED_FIELDS = ("recipient", "purpose", "ground")

	def before_insert(self):
		self.given_at = self.given_at or now_datetime()
		self.set_decision()

	def validate(self):
		self.refuse_change()
		checks.same_case(self, "party")
		checks.in_use(self, "to_desk")
		self.check_basis()
		self.check_recipient()
		self.check_dates()

	def after_insert(self):
		if is_open(self.name):
			access_log.record("Granted", self.doctype, self.name, self.report)
		if self.acute:
			second_person.tell_people(self)

	def onload(self):
		super().onload()
		self.set_onload("state", self.state())

	def on_trash(self):
		checks.refuse_deletion()

	def set_decision(self) -> None:
		"""Who records an exception has decided on it; everything else comes later."""
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
		"""Consent needs a person, a way and a purpose; an exception its ground and who works on the case."""
		if self.basis == BY_CONSENT:
			checks.require(self, "party", "how_given")
			if self.scope not in OPENS_NOTHING:
				checks.require(self, "purpose")
			elif frappe.db.get_value("SV Party", self.party, "party_role") != "Reporter":
				frappe.throw(_("This is for a reporter to allow. Choose a reporter of this case."))
			return
		checks.require(self, "ground")
		if not may_use_report(self.report, self.decided_by):
			frappe.throw(
				_("An exception is decided by somebody who works on the case. Ask a colleague who does."),
				frappe.PermissionError,
			)
		if self.acute and second_person.has_lapsed(self.report):
			frappe.throw(
				_(
					"An earlier decision in acute danger in this case was never confirmed. Have that one confirmed first, or record this one without acute danger."
				)
			)

	def check_recipient(self) -> None:
		"""Sharing is always with somebody else, and never with who is kept out of the case (R6)."""
		if self.scope in recipients.OF_A_PERSON:
			checks.require(self, "party")
		if self.scope == AT_A_TABLE:
			checks.require(self, "to_desk")
		if self.scope not in OPENS_NOTHING and not (self.to_desk or self.to_user or self.recipient):
			frappe.throw(
				_("Nobody is named to share with. Choose a desk or user, or describe the recipient.")
			)
		if self.to_user and not recipients.can_receive(self.report, self.to_user):
			# no reason: it would say who is accused
			frappe.throw(
				_(
					"This cannot be shared with the chosen person. Choose somebody else or ask the coordinator."
				)
			)
		if self.to_user and self.to_user == frappe.session.user:
			frappe.throw(
				_("This would share the case with yourself. Let a colleague who works on it record that."),
				frappe.PermissionError,
			)

	def check_dates(self) -> None:
		"""Nothing ends before it was given."""
		checks.not_in_future(self, "given_at")
		checks.in_order(self, "given_at", "valid_until")

	def state(self) -> dict:
		"""Return what the form says about it: in_force, opens, until, waits, and whether the reader may confirm."""
		stored = frappe.get_doc(self.doctype, self.name)
		return {
			"in_force": is_in_force(self.name),
			"opens": is_open(self.name) and not recipients.is_given_back(self.name),
			"until": open_until(stored),
			"waits": second_person.waits_for_confirmation(stored),
			"may_confirm": second_person.may_confirm(stored, frappe.session.user),
		}


@frappe.whitelist(methods=["POST"])
def confirm(name: str) -> None:
	"""Agree to an exception as the second person (R2).

	Args:
		name: name of the SV Consent.

	Raises:
		frappe.PermissionError: the session's user can't be its second person.
		frappe.ValidationError: it needs no confirmation (any more).
	"""
	consent = _locked(name)
	user = frappe.session.user
	if not consent or not second_person.may_confirm(consent, user):
		frappe.throw(
			_(
				"An exception is confirmed by another person who works on the case than who decided it. Ask a colleague."
			),
			frappe.PermissionError,
		)
	if not second_person.waits_for_confirmation(consent):
		frappe.throw(_("This needs no confirmation any more. Reload the form."))
	consent.db_set({"second_person": user, "confirmed_at": now_datetime()})
	access_log.record("Granted", consent.doctype, consent.name, consent.report)


@frappe.whitelist(methods=["POST"])
def withdraw(name: str, how: str | None = None) -> None:
	"""Record that a consent was withdrawn, or end an exception; from now on it opens nothing (R1).

	Args:
		name: name of the SV Consent.
		how: how the person told it, one of the options of SV Consent; not for an exception.

	Raises:
		frappe.PermissionError: the session's user doesn't work on the case.
		frappe.ValidationError: it was withdrawn before, or `how` isn't one of the options.
	"""
	consent = _locked(name)
	user = frappe.session.user
	if not consent or not may_use_report(consent.report, user, "write"):
		frappe.throw(_("Only somebody who works on the case can withdraw this."), frappe.PermissionError)
	if consent.withdrawn_at:
		frappe.throw(_("This was withdrawn before. Reload the form."))
	by_consent = consent.basis == BY_CONSENT
	if by_consent and how not in _ways():
		frappe.throw(_("Choose how the person withdrew it from the list."))
	consent.db_set(
		{
			"withdrawn_at": now_datetime(),
			"withdrawn_how": how if by_consent else None,
			"withdrawn_by": user,
		}
	)
	access_log.record("Revoked", consent.doctype, consent.name, consent.report)
	referral.consent_ended(consent.name)
	joining_a_table.consent_ended(consent.name)
	if consent.scope == FOLLOW_UP:
		minutes.follow_up_ended(consent.report)


@frappe.whitelist(methods=["POST"])
def exceptions_to_confirm() -> list[dict]:
	"""Return the exceptions that wait for the session's user as their second person.

	Returns: per exception name, case_number, basis, scope, ground, decided_by, given_at, acute, confirm_by.
	"""
	return [_waiting(consent) for consent in second_person.to_confirm(frappe.session.user)]


def _waiting(consent) -> dict:
	access_log.record("Opened", consent.doctype, consent.name, consent.report)
	plain = ("name", "basis", "scope", "decided_by", "given_at", "acute", "confirm_by")
	return {
		"case_number": frappe.db.get_value("SV Report", consent.report, "case_number"),
		**{field: consent.get(field) for field in plain},
		"ground": consent.open_shared(consent.name, "ground")["ground"],
	}


def _locked(name: str):
	return (
		frappe.get_doc("SV Consent", name, for_update=True) if frappe.db.exists("SV Consent", name) else None
	)


def _ways() -> list[str]:
	options = frappe.get_meta("SV Consent").get_field("withdrawn_how").options
	return [option for option in options.split("\n") if option]
