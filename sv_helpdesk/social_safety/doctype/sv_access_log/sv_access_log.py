"""Who opened or changed which document, when."""

import frappe
from frappe import _
from frappe.model.document import Document

from sv_helpdesk.social_safety import checks


class SVAccessLog(Document):
	"""Append only: rows are added by code and never changed."""

	def validate(self):
		self.refuse_change()

	def refuse_change(self) -> None:
		"""What happened, happened."""
		if not self.is_new():
			frappe.throw(_("The access log can't be changed."))

	def on_trash(self):
		checks.refuse_deletion()
