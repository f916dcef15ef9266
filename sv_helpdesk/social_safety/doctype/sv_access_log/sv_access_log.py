"""Who opened or changed which document, when. Moments are in universal time (UTC)."""

from typing import NoReturn

import frappe
from frappe import _

from sv_helpdesk.access_log.document import LoggedDocument


class SVAccessLog(LoggedDocument):
	"""Append only, by sv_helpdesk.access_log alone: no form, API or job adds, changes or deletes a row."""

	def validate(self):
		self.refuse()

	def on_trash(self):
		self.refuse()

	def db_insert(self, *args, **kwargs) -> NoReturn:
		"""Refuse: a row that isn't made by the chain would break it."""
		self.refuse()

	def db_update(self) -> NoReturn:
		"""Refuse: what happened, happened."""
		self.refuse()

	def refuse(self) -> NoReturn:
		"""Raise, whoever asks.

		Raises:
		        frappe.ValidationError: always.
		"""
		frappe.throw(_("The access log can't be changed."))
