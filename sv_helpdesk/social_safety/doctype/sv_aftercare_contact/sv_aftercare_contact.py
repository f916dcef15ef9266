"""One planned or held contact of an aftercare plan."""

import frappe

from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.permissions import sides
from sv_helpdesk.social_safety import checks


class SVAftercareContact(SealedDocument):
	"""Asks at each contact: how is it, any disadvantage or repetition, what is needed."""

	SEALED_FIELDS = ("how_it_goes", "needs")

	def validate(self):
		self.take_report()
		checks.not_in_future(self, "held_at")
		sides.check_chosen_in(self, "held_by")

	def take_report(self) -> None:
		"""The contact belongs to the case of its plan."""
		self.report = frappe.db.get_value("SV Aftercare", self.aftercare, "report")
