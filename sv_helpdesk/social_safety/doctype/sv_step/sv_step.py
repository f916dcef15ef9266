"""A step (stap) that was taken with a document."""

from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.social_safety import checks


class SVStep(SealedDocument):
	"""Written by sv_helpdesk.workflows.moving alone; it stays as it is."""

	SEALED_FIELDS = ("reason",)

	def key_reference(self) -> str:
		"""The key of the case, or of the table for a step without a case."""
		return self.report or self.decision_table

	def validate(self):
		checks.refuse_change(self)

	def on_trash(self):
		checks.refuse_deletion()
