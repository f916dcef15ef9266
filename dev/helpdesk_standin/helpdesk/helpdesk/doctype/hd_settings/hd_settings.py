"""HD Settings: the switches of the helpdesk."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.naming import append_number_if_name_exists
from helpdesk.helpdesk.doctype.hd_team.hd_team import WEEK


class HDSettings(Document):
	"""Also keeps the base Assignment Rule "Support Rotation", which starts switched off."""

	def validate(self):
		"""Refuse to close tickets after no days at all."""
		if self.auto_close_tickets and (self.auto_close_after_days or 0) <= 0:
			frappe.throw(_("Tickets can only be closed after one day or more."))

	def create_base_support_rotation(self):
		"""Make the rule that would divide open tickets of no team, and name it in the settings."""
		rule = frappe.new_doc("Assignment Rule")
		rule.name = append_number_if_name_exists("Assignment Rule", "Support Rotation")
		rule.document_type = "HD Ticket"
		rule.assign_condition = "status == 'Open'"
		rule.priority = 0
		rule.disabled = 1
		for day in WEEK:
			rule.append("assignment_days", {"day": day})
		rule.insert(ignore_permissions=True)
		self.base_support_rotation = rule.name
		self.save(ignore_permissions=True)
