"""The few choices for the whole site."""

import frappe
from frappe import _
from frappe.model.document import Document

LOWEST_INTERNAL = 5
LOWEST_PUBLISHED = 10
# RFC 2606: nothing under this domain exists, so no mail can be delivered
UNDELIVERABLE = ".invalid"


class SVSettings(Document):
	"""Thresholds may be raised, never lowered below what protects people (R8)."""

	def validate(self):
		self.check_thresholds()
		self.check_neutral_address()
		self.check_retention()

	def check_thresholds(self) -> None:
		"""Small counts identify people."""
		if (self.threshold_internal or 0) < LOWEST_INTERNAL:
			frappe.throw(
				_("The smallest number shown inside can't be lower than {0}. Enter {0} or more.").format(
					LOWEST_INTERNAL
				)
			)
		if (self.threshold_published or 0) < LOWEST_PUBLISHED:
			frappe.throw(
				_("The smallest number published can't be lower than {0}. Enter {0} or more.").format(
					LOWEST_PUBLISHED
				)
			)
		if self.threshold_published < self.threshold_internal:
			frappe.throw(
				_(
					"What is published can't show smaller numbers than what is shown inside. Raise the published one."
				)
			)

	def check_neutral_address(self) -> None:
		"""Mail to the address on sealed tickets must never reach anybody."""
		if not (self.sealed_raised_by or "").lower().endswith(UNDELIVERABLE):
			frappe.throw(
				_(
					"The sender on sealed tickets must be an address that can't exist. End it with {0}."
				).format(UNDELIVERABLE)
			)

	def check_retention(self) -> None:
		"""Personal data is kept for at least a year, so that people can come back."""
		if (self.retention_years or 0) < 1:
			frappe.throw(_("Cases are kept for at least one year after closing. Enter 1 or more."))
