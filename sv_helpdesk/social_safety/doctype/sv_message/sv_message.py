"""One message of the dialogue with the reporter."""

import frappe
from frappe import _

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.social_safety import checks

# what intake and the outbox fill in; nobody fakes it through a form
SYSTEM_FIELDS = (
	"delivery_status",
	"attempts",
	"next_attempt_at",
	"delivery_error",
	"duplicates",
	"automatic",
	"asks_reporter",
	"acknowledgement",
	"attention",
	"message_id",
	"in_reply_to",
	"message_index",
	"content_index",
	"sender_index",
)


class SVMessage(SealedDocument):
	"""Written once: by intake, by the outbox, or by hand for what came another way."""

	SEALED_FIELDS = ("subject", "body", "sender", "recipient", "message_id", "in_reply_to")

	def validate(self):
		self.refuse_change()
		self.clear_system_fields()
		checks.not_in_future(self, "message_at")

	def refuse_change(self) -> None:
		"""A message is what was said; it stays as it was."""
		if not self.is_new():
			frappe.throw(_("A message can't be changed any more. Write a new one."))

	def clear_system_fields(self) -> None:
		"""A message registered by hand is not sent and was not received by mail."""
		if self.flags.from_outside or self.flags.from_outbox:
			return
		checks.keep_stored(self, *SYSTEM_FIELDS)
		self.author = frappe.session.user if self.direction == "Outgoing" else None

	def is_of_page(self) -> bool:
		"""Tell whether this message came by the reporting page or lies ready there; by hand nobody makes such a one."""
		return self.channel == "Web form" and bool(self.content_index or self.delivery_status)

	def open_on_page(self, visit) -> str:
		"""Return the text of a message of the desk for the reporter who came back to the page with the code.

		Args:
			visit: the sv_helpdesk.reporting.visits.Visit, which only a right code makes.

		Raises:
			frappe.PermissionError: it isn't a message to this reporter.
		"""
		if not (self.direction == "Outgoing" and self.is_of_page() and self.report == visit.report):
			frappe.throw(_("You have no right to read this."), frappe.PermissionError)
		return self._opened("body") if self.body else ""

	def exchanged_with(self, people: set[str]) -> bool:
		"""Tell whether this message came from or went to one of these people.

		Args:
			people: blind indexes of addresses, names and accounts; nothing in clear text is handed out.
		"""
		fieldname = "sender" if self.direction == "Incoming" else "recipient"
		text = self._opened(fieldname) if self.get(fieldname) else ""
		named = {blind_index(kind, text) for kind in ("address", "name", "account")}
		return bool({*named, self.sender_index} & people)

	def on_trash(self):
		checks.refuse_deletion()


def on_doctype_update() -> None:
	"""The outbox asks for what is due every few minutes."""
	frappe.db.add_index("SV Message", ["delivery_status", "next_attempt_at"])
