"""A numbered copy of minutes, for one recipient."""

from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.social_safety import checks


class SVMinutesCopy(SealedDocument):
	"""Written by sv_helpdesk.minutes.copies alone; it stays as it is."""

	SEALED_FIELDS = ("recipient_name",)

	def key_reference(self) -> str:
		"""The table owns the key."""
		return self.decision_table

	def validate(self):
		checks.refuse_change(self)

	def on_trash(self):
		checks.refuse_deletion()
