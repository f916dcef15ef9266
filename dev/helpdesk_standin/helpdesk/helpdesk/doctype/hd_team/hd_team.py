"""HD Team: agents among whom tickets are divided."""

import frappe
from frappe.model.document import Document
from frappe.model.naming import append_number_if_name_exists

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class HDTeam(Document):
	"""Keeps an Assignment Rule "<team> - Support Rotation" that follows its members."""

	def after_insert(self):
		"""Make the team's rule."""
		self.create_assignment_rule()

	def on_update(self):
		"""Let the rule follow members and the switch `disabled`."""
		if not self.assignment_rule:
			return
		rule = frappe.get_doc("Assignment Rule", self.assignment_rule)
		self._write_members(rule)
		rule.save(ignore_permissions=True)

	def on_trash(self):
		"""Delete the rule with the team."""
		if self.assignment_rule and frappe.db.exists("Assignment Rule", self.assignment_rule):
			rule = self.assignment_rule
			self.db_set("assignment_rule", None, update_modified=False)
			frappe.delete_doc("Assignment Rule", rule, ignore_permissions=True, force=True)

	def after_rename(self, old, new, merge=False):
		"""Let the rule's conditions name the team's new name."""
		rule = frappe.get_doc("Assignment Rule", self.assignment_rule)
		rule.assign_condition, rule.unassign_condition = _conditions(new)
		rule.save(ignore_permissions=True)

	def create_assignment_rule(self):
		"""Make the rule that divides this team's open tickets."""
		rule = frappe.new_doc("Assignment Rule")
		rule.name = append_number_if_name_exists("Assignment Rule", f"{self.name} - Support Rotation")
		rule.document_type = "HD Ticket"
		rule.assign_condition, rule.unassign_condition = _conditions(self.name)
		rule.priority = 1
		for day in WEEK:
			rule.append("assignment_days", {"day": day})
		self._write_members(rule)
		rule.insert(ignore_permissions=True)
		self.db_set("assignment_rule", rule.name, update_modified=False)

	def _write_members(self, rule):
		rule.users = []
		for member in self.users:
			if member.user:
				rule.append("users", {"user": member.user})
		# Frappe can't divide among nobody: it fails on the ticket that is being saved
		rule.disabled = int(bool(self.disabled) or not rule.users)


def _conditions(team):
	quoted = repr(team)
	return f"status == 'Open' and agent_group == {quoted}", f"agent_group != {quoted}"
