"""Something that takes two persons, and who decided on it."""

import frappe
from frappe import _
from frappe.model.document import Document

from sv_helpdesk.social_safety import checks


class SVApproval(Document):
	"""Written by sv_helpdesk.two_persons only; nobody changes one on its form."""

	def validate(self):
		self.refuse_change()

	def refuse_change(self) -> None:
		"""What was asked and decided stays as it was."""
		frappe.throw(_("An approval isn't changed by hand. Use Approve or Refuse."))

	def on_trash(self):
		checks.refuse_deletion()
