"""One nature of a report."""

import frappe
from frappe import _
from frappe.model.document import Document

from sv_helpdesk.social_safety.doctype.sv_desk.sv_desk import CODE


class SVCategory(Document):
	"""Figures count by `figure_group`, which is the code itself unless told otherwise."""

	def validate(self):
		self.set_figure_group()
		self.check_codes()

	def set_figure_group(self) -> None:
		"""Count a category as itself when nothing else is said."""
		self.figure_group = self.figure_group or self.code

	def check_codes(self) -> None:
		"""Refuse codes that figures and files can't use."""
		if not CODE.fullmatch(self.code or "") or not CODE.fullmatch(self.figure_group or ""):
			frappe.throw(
				_("The code has signs that can't be used. Use small letters, digits and underscores only.")
			)
