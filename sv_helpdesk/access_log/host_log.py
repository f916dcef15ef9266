"""Exports and downloads, at the one place where the host itself notes them.

Frappe writes an Access Log row for each export, whatever door it left by. It lies in a table
that a System Manager may clear; ours is made at the same moment.
"""

import frappe
from frappe.core.doctype.access_log.access_log import AccessLog

from sv_helpdesk.access_log.pending import record


class NotingAccessLog(AccessLog):
	"""Frappe's Access Log, which also notes what leaves of ours."""

	def db_insert(self, *args, **kwargs) -> None:
		"""Insert, and note an export of ours."""
		self.note()
		super().db_insert(*args, **kwargs)

	def deferred_insert(self) -> None:
		"""Insert later, and note an export of ours now."""
		self.note()
		super().deferred_insert()

	def note(self) -> None:
		"""Prints are noted by the documents themselves (LoggedDocument.before_print)."""
		doctype = self.export_from or ""
		if doctype.startswith("SV ") and self.method not in ("Print", "PDF"):
			record("Exported", doctype, self.reference_document or "")
		elif doctype == "File":
			file = frappe.db.get_value(
				"File", self.reference_document, ["attached_to_doctype", "attached_to_name"], as_dict=True
			)
			if file and (file.attached_to_doctype or "").startswith("SV "):
				record("Downloaded", file.attached_to_doctype, file.attached_to_name)
