"""A talk that was held, or a working note."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.social_safety import checks, interventions

RETRACTION_FIELDS = ("retracted", "retracted_at", "retraction_reason")


class SVNote(SealedDocument):
	"""Retracted with a reason, never deleted. The talks decide between advice and guidance."""

	SEALED_FIELDS = ("body", "retraction_reason")

	def validate(self):
		self.set_author()
		self.keep_retraction()
		checks.same_case(self, "party")
		self.check_talk()

	def on_update(self):
		self.update_intervention()

	def on_trash(self):
		checks.refuse_deletion()

	def set_author(self) -> None:
		"""The author is who wrote it, whatever a form sends."""
		if self.is_new():
			self.author = frappe.session.user
		else:
			checks.keep_stored(self, "author")

	def keep_retraction(self) -> None:
		"""A note is retracted by `retract` only, and stays as it is from then on."""
		if self.flags.retracting:
			return
		before = self.get_doc_before_save()
		if before and before.retracted:
			frappe.throw(_("A retracted note can't be changed. Write a new one."))
		checks.keep_stored(self, *RETRACTION_FIELDS)

	def check_talk(self) -> None:
		"""A talk has a moment in the past."""
		if self.note_type == "Talk":
			checks.require(self, "talk_at")
			checks.not_in_future(self, "talk_at")

	def update_intervention(self) -> None:
		"""Let the intervention of the case follow the talks."""
		if any(checks.is_changed(self, fieldname) for fieldname in ("note_type", "retracted")):
			interventions.follow_talks(self.report)

	@frappe.whitelist(methods=["POST"])
	def retract(self, reason: str) -> None:
		"""Mark this note as no longer valid; it stays to be read.

		Args:
			reason: why, in the user's words.

		Raises:
			frappe.PermissionError: the user may not change this note.
			frappe.ValidationError: no reason, or retracted already.
		"""
		self.check_permission("write")
		note = frappe.get_doc(self.doctype, self.name, for_update=True)
		note.check_permission("write")
		if note.retracted:
			frappe.throw(_("This note is retracted already. Nothing needs to be done."))
		if not reason.strip():
			frappe.throw(_("There is no reason. Write why this note no longer counts."))
		note.update({"retracted": 1, "retracted_at": now_datetime(), "retraction_reason": reason.strip()})
		note.flags.retracting = True
		note.flags.set_by_method = RETRACTION_FIELDS
		note.save()
