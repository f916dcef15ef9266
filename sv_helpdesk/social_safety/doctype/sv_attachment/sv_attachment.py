"""A file of a message or a note."""

import frappe
from frappe import _

from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.social_safety import checks


class SVAttachment(SealedDocument):
	"""The bytes are stored by sv_helpdesk.crypto.files; this is what they are and belong to."""

	SEALED_FIELDS = ("original_name", "media_type")

	def validate(self):
		self.refuse_change()
		checks.same_case(self, "message", "note")
		self.check_parent()

	def refuse_change(self) -> None:
		"""An attachment is evidence; it stays as it was."""
		if not self.is_new():
			frappe.throw(_("An attachment can't be changed any more. Add a new one."))

	def check_parent(self) -> None:
		"""A file belongs to a message or to a note."""
		if bool(self.message) == bool(self.note):
			frappe.throw(_("An attachment belongs to one message or one note. Choose one of the two."))

	def on_trash(self):
		checks.refuse_deletion()
