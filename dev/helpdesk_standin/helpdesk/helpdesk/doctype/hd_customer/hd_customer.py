"""HD Customer: an organisation whose contacts raise tickets."""

import frappe
from frappe.model.document import Document
from helpdesk.utils import get_customers, is_admin, is_agent


class HDCustomer(Document):
	"""Holds its fields; nothing more happens here."""


def has_permission(doc, user=None):
	"""Agents and System Managers see every customer, contacts those they belong to."""
	user = user or frappe.session.user
	if is_admin(user) or is_agent(user) or "System Manager" in frappe.get_roles(user):
		return True
	return doc.name in get_customers(user)


def permission_query(user=None):
	"""The same as a condition for lists."""
	user = user or frappe.session.user
	if is_admin(user) or is_agent(user) or "System Manager" in frappe.get_roles(user):
		return None
	names = ", ".join(frappe.db.escape(name) for name in get_customers(user))
	return f"`tabHD Customer`.name in ({names})" if names else "1=0"
