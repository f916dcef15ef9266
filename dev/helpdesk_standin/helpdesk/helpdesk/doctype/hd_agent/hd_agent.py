"""HD Agent: a user who works in the helpdesk."""

import frappe
from frappe.model.document import Document
from helpdesk.helpdesk.doctype.hd_agent_status.hd_agent_status import get_active_status


class HDAgent(Document):
	"""Named after its user, who gets the role Agent without any further question, as in Helpdesk."""

	def autoname(self):
		"""The record bears the user's name."""
		self.name = self.user

	def before_insert(self):
		"""A new agent takes work at once."""
		self.availability = self.availability or get_active_status()

	def before_save(self):
		"""Keep when the availability changed."""
		if self.has_value_changed("availability"):
			self.availability_changed_on = frappe.utils.now()

	def after_insert(self):
		"""Give the user the role."""
		user = frappe.get_doc("User", self.user)
		user.append("roles", {"role": "Agent"})
		user.save(ignore_permissions=True)
