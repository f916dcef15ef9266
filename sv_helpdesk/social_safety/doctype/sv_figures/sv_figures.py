"""A year's figures."""

import frappe
from frappe import _
from frappe.utils import cint

from sv_helpdesk.reports import readers
from sv_helpdesk.reports.definitions import CHAPTERS
from sv_helpdesk.social_safety import checks
from sv_helpdesk.workflows.document import SteppedDocument

WRITTEN = tuple(f"{chapter}_{language}" for chapter in CHAPTERS for language in ("nl", "en"))


class SVFigures(SteppedDocument):
	"""One row per year and origin; from freezing on its numbers stay, from approval on its texts."""

	SEALED_FIELDS = ("working_version", "internal_version")

	def validate(self):
		self.check_maker()
		self.check_unique()
		checks.calendar_year(self, "year")
		self.refuse_change_of_frozen()
		self.refuse_change_of_approved()

	def check_maker(self) -> None:
		"""Figures are hidden from whom a case of their year is denied (R6); so is whether there are any yet."""
		if self.is_new() and readers.lacks_something(cint(self.year), frappe.session.user):
			frappe.throw(
				_("Somebody else makes the figures of this year. Ask the other coordinators."),
				frappe.PermissionError,
			)

	def check_unique(self) -> None:
		"""Two rows for one year would give two answers; the database refuses what two persons make at once."""
		same = {"year": self.year, "origin": self.origin, "name": ["!=", self.name or ""]}
		if frappe.db.exists("SV Figures", same):
			frappe.throw(_("There are figures of this year and origin already. Open those."))

	def refuse_change_of_frozen(self) -> None:
		"""Frozen figures are what was reported; they don't change afterwards."""
		if self._was("Frozen", "Approved", "Published") and self._changed("figures", "employees_total"):
			frappe.throw(
				_("Frozen figures can't be changed. Take them back to draft and count the year again.")
			)

	def refuse_change_of_approved(self) -> None:
		"""What a second person approved is what is published."""
		if self._was("Approved", "Published") and self._changed(*WRITTEN):
			frappe.throw(_("What was approved can't be changed. Take the figures back to draft first."))

	def texts(self, language: str) -> dict[str, str]:
		"""Return what the report says, by chapter, in one language (nl or en); chapters without a text left out."""
		found = {chapter: self.get(f"{chapter}_{language}") for chapter in CHAPTERS}
		return {chapter: text for chapter, text in found.items() if text}

	def _was(self, *states: str) -> bool:
		before = self.get_doc_before_save()
		return bool(before) and before.status in states and self.flags.step != "thaw"

	def _changed(self, *fieldnames: str) -> bool:
		return any(checks.is_changed(self, fieldname) for fieldname in fieldnames)


def on_doctype_update() -> None:
	"""Two published answers about one year could be subtracted from each other (R8)."""
	frappe.db.add_unique("SV Figures", ["year", "origin"])
