"""An action as it was when minutes were approved (afgesproken actie)."""

from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.social_safety import checks


class SVAgreedAction(SealedDocument):
	"""Written by sv_helpdesk.minutes.agreed alone; it stays as it is."""

	SEALED_FIELDS = ("action_text",)

	def key_reference(self) -> str:
		"""The table owns the key."""
		return self.decision_table

	def validate(self):
		checks.refuse_change(self)

	def on_trash(self):
		checks.refuse_deletion()
