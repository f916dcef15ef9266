"""Helpers that the doctypes share.

Helpdesk's peculiarities are kept where a guest app can stumble over them: `is_agent` and `get_agents_team`
look at the session even when they are asked about somebody else.
"""

import functools

import frappe
from frappe import _
from frappe.realtime import get_website_room
from frappe.utils.safe_exec import get_safe_globals


def is_admin(user=None):
	"""Tell whether a user (the session's when left out) is Administrator."""
	return (user or frappe.session.user) == "Administrator"


def is_agent(user=None):
	"""Tell whether a user (the session's when left out) counts as an agent.

	A role or an HD Agent record is enough. As in Helpdesk, everybody is one while Administrator is asking.
	"""
	user = user or frappe.session.user
	if is_admin():
		return True
	roles = frappe.get_roles(user)
	return "Agent" in roles or "Agent Manager" in roles or bool(frappe.db.exists("HD Agent", user))


def agent_only(function):
	"""Make a function refuse callers who aren't agents."""

	@functools.wraps(function)
	def guarded(*args, **kwargs):
		if not is_agent():
			frappe.throw(_("Only agents may do this."), frappe.PermissionError)
		return function(*args, **kwargs)

	return guarded


def get_agents_team():
	"""Return the enabled teams of the session's user, as dicts with team_name and ignore_restrictions."""
	team = frappe.qb.DocType("HD Team")
	member = frappe.qb.DocType("HD Team Member")
	return (
		frappe.qb.from_(member)
		.join(team)
		.on(team.name == member.parent)
		.select(team.team_name, team.ignore_restrictions)
		.where((member.user == frappe.session.user) & (team.disabled == 0))
		.run(as_dict=True)
	)


def get_customers(user="", contact="", get_roles=False):
	"""Return the HD Customers that a contact belongs to.

	Args:
		user: whose contact; the session's user when left out.
		contact: name of the Contact; goes before `user`.
		get_roles: also tell whether the contact manages the customer.

	Returns:
		tuple: names, or dicts with name and is_manager.
	"""
	contact = contact or frappe.db.get_value("Contact", {"user": user or frappe.session.user})
	if not contact:
		return ()
	rows = frappe.get_all(
		"HD Customer Member",
		filters={"contact_name": contact, "parenttype": "HD Customer"},
		fields=["parent as name", "is_manager"],
		order_by="parent",
		distinct=True,
	)
	return tuple(rows) if get_roles else tuple(row.name for row in rows)


def get_context(doc):
	"""Return what conditions of service level agreements may use: the document and Frappe's safe utils."""
	return {"doc": doc.as_dict(), "frappe": frappe._dict(utils=get_safe_globals()["frappe"]["utils"])}


def publish_event(event, room=None, data=None):
	"""Send an event to the browsers in a room (the website's when left out) once this transaction ends."""
	frappe.publish_realtime(event, message=data, room=room or get_website_room(), after_commit=True)
