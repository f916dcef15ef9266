"""HD Saved Reply: a text with Jinja in it that agents answer with."""

import frappe
from frappe.model.document import Document
from helpdesk.utils import get_agents_team


class HDSavedReply(Document):
	"""Holds its fields; nothing more happens here."""


def has_permission(doc, user=None):
	"""Owners and managers always; others by scope: everybody's, their team's, nobody's but the owner's."""
	user = user or frappe.session.user
	if doc.owner == user or _manages(user):
		return True
	if doc.scope == "Global":
		return not _setting("disable_saved_replies_global_scope")
	if doc.scope == "Team":
		teams = {team.team_name for team in get_agents_team()}
		return not _setting("restrict_tickets_by_agent_group") or any(row.team in teams for row in doc.teams)
	return False


def permission_query(user=None):
	"""The same as a condition for lists."""
	user = user or frappe.session.user
	table = "`tabHD Saved Reply`"
	own = f"({table}.owner = {frappe.db.escape(user)})"
	if _manages(user):
		return f"{table}.scope != 'Personal' OR {own}"
	arms = [own]
	if not _setting("disable_saved_replies_global_scope"):
		arms.append(f"({table}.scope = 'Global')")
	if not _setting("restrict_tickets_by_agent_group"):
		arms.append(f"({table}.scope = 'Team')")
	elif teams := ", ".join(frappe.db.escape(team.team_name) for team in get_agents_team()):
		arms.append(
			f"({table}.scope = 'Team' and {table}.name in"
			f" (select parent from `tabHD Saved Reply Team` where team in ({teams})))"
		)
	return " OR ".join(arms)


def _manages(user):
	return bool({"System Manager", "Agent Manager"} & set(frappe.get_roles(user)))


def _setting(fieldname):
	return frappe.db.get_single_value("HD Settings", fieldname)
