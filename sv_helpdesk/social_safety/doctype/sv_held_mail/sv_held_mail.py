"""A mail that made no case yet."""

import frappe
from frappe import _

from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.social_safety import checks

INTAKE_FIELDS = (
	"mailbox",
	"desk",
	"reason",
	"error_type",
	"earlier",
	"received_at",
	"report",
	"sender",
	"subject",
	"file",
	"message_index",
	"content_index",
)


class SVHeldMail(SealedDocument):
	"""By hand it can only be set aside, or be taken out of that again."""

	SEALED_FIELDS = ("subject", "sender")

	def key_reference(self) -> str:
		"""It has a data key of its own: when it arrives there is no case, and later that must not move it."""
		return self.name

	def validate(self):
		self.keep_intake_fields()
		self.check_status()

	def keep_intake_fields(self) -> None:
		"""Keep what intake wrote, whatever a form sends."""
		if not self.is_new():
			checks.keep_stored(self, *INTAKE_FIELDS)

	def check_status(self) -> None:
		"""Only intake takes a mail in."""
		before = self.get_doc_before_save()
		if before and checks.is_changed(self, "status") and "Taken in" in (before.status, self.status):
			frappe.throw(
				_("The status Taken in follows from taking the mail in. Choose Set aside, or take it in.")
			)

	def on_trash(self):
		checks.refuse_deletion()
