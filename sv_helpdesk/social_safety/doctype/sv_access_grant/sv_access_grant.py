"""Access to one case for one person, for a time."""

import frappe
from frappe import _

from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.permissions import confirming, grants
from sv_helpdesk.social_safety import checks


class SVAccessGrant(SealedDocument):
	"""Written by sv_helpdesk.permissions.grants only; a form shows it and changes nothing."""

	SEALED_FIELDS = ("explanation",)

	def validate(self):
		frappe.throw(_("Access is given, confirmed and ended with its buttons. It can't be changed here."))

	def explanation_for_confirming(self) -> str:
		"""Return why the case is asked for, for the second person, who has no right to the case itself.

		Raises:
			frappe.PermissionError: the session's user can't confirm this request.
		"""
		if self.name not in {request.name for request in confirming.open_requests(frappe.session.user)}:
			grants.refuse_right()
		return self._opened("explanation")

	def on_trash(self):
		checks.refuse_deletion()
