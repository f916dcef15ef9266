"""That a record was anonymised."""

from typing import NoReturn

import frappe
from frappe import _
from frappe.model.document import Document


class SVRetentionLog(Document):
	"""Append only, by sv_helpdesk.retention.log alone: no form, API or job changes or deletes a row."""

	def validate(self):
		self.refuse()

	def on_trash(self):
		self.refuse()

	def refuse(self) -> NoReturn:
		"""Raise, whoever asks.

		Raises:
			frappe.ValidationError: always.
		"""
		frappe.throw(_("The retention log can't be changed."))
