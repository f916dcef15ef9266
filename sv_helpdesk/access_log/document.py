"""Documents whose every opening, print and change leaves a row in the access log."""

import frappe
from frappe.model.document import Document

from sv_helpdesk.access_log import openings, refusals

# rights whose check comes before the document is handed out: forms, REST, run_doc_method, print
SHOWING = ("read", "print", "email", "select")


class LoggedDocument(Document):
	"""Base class of every document of a case."""

	def onload(self) -> None:
		"""A form shows the document."""
		openings.opened(self)

	def has_permission(self, permtype: str = "read", *args, **kwargs) -> bool:
		"""As in Frappe; whoever is let in to read leaves a row, and whoever is not.

		Every door that hands out one whole document asks here first, REST and the methods of
		documents as well as forms. Who has none of our roles doesn't get as far as our rules.
		"""
		allowed = super().has_permission(permtype, *args, **kwargs)
		user = kwargs.get("user") or frappe.session.user
		if not allowed:
			refusals.note(self.doctype, self.name, user)
		elif permtype in SHOWING and user == frappe.session.user:
			openings.opened(self)
		return allowed

	def before_print(self, settings: dict | None = None) -> None:
		"""The document is about to be printed or made into a PDF."""
		openings.opened(self, action="Printed")

	def db_insert(self, *args, **kwargs) -> None:
		"""Insert, and note who did."""
		super().db_insert(*args, **kwargs)
		openings.changed(self)

	def db_update(self) -> None:
		"""Update, and note who did."""
		super().db_update()
		openings.changed(self)

	def notify_update(self) -> None:
		"""Tell no open page: the host would send the name and who changed it to whoever has a right to the doctype.

		A room of its socket asks for a right when somebody enters it, and for no row.
		"""
