"""Somebody's approval of minutes, given or deemed given."""

from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.social_safety import checks


class SVMinutesApproval(SealedDocument):
	"""Written by sv_helpdesk.minutes.approvals alone; it stays as it is."""

	SEALED_FIELDS = ("remarks",)

	def key_reference(self) -> str:
		"""The table owns the key."""
		return self.decision_table

	def validate(self):
		checks.refuse_change(self)

	def on_trash(self):
		checks.refuse_deletion()
