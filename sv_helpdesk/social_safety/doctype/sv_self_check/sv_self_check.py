"""What a daily look through the site found."""

import frappe
from frappe import _
from frappe.model.document import Document

from sv_helpdesk.social_safety import checks


class SVSelfCheck(Document):
	"""Written by sv_helpdesk.self_check only."""

	def validate(self):
		self.refuse_change()

	def refuse_change(self) -> None:
		"""What was found stays as it was found."""
		frappe.throw(_("A self-check isn't changed by hand. Mend what it found; the next one will show it."))

	def on_trash(self):
		checks.refuse_deletion()
