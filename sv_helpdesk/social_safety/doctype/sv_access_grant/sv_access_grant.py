"""Access to one case for one person, for a time."""

import frappe
from frappe import _

from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.social_safety import checks


class SVAccessGrant(SealedDocument):
	"""Written by sv_helpdesk.permissions.grants only; a form shows it and changes nothing."""

	SEALED_FIELDS = ("explanation",)

	def validate(self):
		frappe.throw(_("Access is given, confirmed and ended with its buttons. It can't be changed here."))

	def on_trash(self):
		checks.refuse_deletion()
