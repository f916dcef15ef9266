"""A text of a page next to the reporting page, as the institution wrote it."""

from frappe.model.document import Document

from sv_helpdesk.social_safety import checks


class SVPageText(Document):
	"""Never changed: who wrote what when is seen from the rows themselves."""

	def validate(self):
		checks.refuse_change(self)

	def on_trash(self):
		checks.refuse_deletion()
