"""The queue of each desk among the views of Helpdesk: a public one of its team, which only its people see.

Helpdesk sends every view to every agent and sorts out in the browser whose it is. So the list of views has a
condition of ours: who doesn't work at a desk never gets its view, and sees no queue that is always empty.
"""

import json

import frappe
from frappe.utils import cstr

from sv_helpdesk.guards.tickets import queues_of
from sv_helpdesk.helpdesk import ticket_status
from sv_helpdesk.permissions import rules

VIEW, TICKET = "HD View", "HD Ticket"
# what the names of our views begin with; the desk follows
PREFIX = "sv-queue-"
COLUMNS = {
	"name": "5rem",
	"subject": "20rem",
	"status": "8rem",
	"response_by": "9rem",
	"resolution_by": "9rem",
	"_assign": "8rem",
	"creation": "9rem",
}
# fields from which Helpdesk works out what a column shows
BESIDE = ("first_responded_on", "resolution_date", "agreement_status", "status_category")
TYPES = {"name": "Data", "creation": "Datetime", "_assign": "MultipleAvatar"}


def keep() -> None:
	"""Make the views anew; called after install and migrate, and when a desk or the name of a team changes."""
	if not frappe.db.exists("DocType", VIEW):
		return
	remove()
	for desk in frappe.get_all(
		"SV Desk",
		filters={"enabled": 1, "hd_team": ["is", "set"]},
		fields=["name", "hd_team"],
		order_by="name asc",
	):
		view = frappe.get_doc({"doctype": VIEW, **_queue_of(desk.hd_team)})
		view.name = f"{PREFIX}{desk.name}"
		view.set_user_and_timestamp()
		# a coordinator who changes a desk need not be an agent
		view.db_insert()


def remove() -> None:
	"""Take all our views away."""
	if frappe.db.exists("DocType", VIEW):
		frappe.db.delete(VIEW, {"name": ["like", f"{PREFIX}%"]})


def follow_desk(desk) -> None:
	"""Let the queue of a desk follow its team: its tickets stand there, those that came before it had one too.

	Args:
		desk: the SV Desk, just saved.
	"""
	cases = {"desk": desk.name, "ticket": ["is", "set"]}
	tickets = frappe.get_all("SV Report", filters=cases, pluck="ticket", order_by="name asc")
	if tickets:
		named = {"name": ["in", tickets]}
		frappe.db.set_value(TICKET, named, "agent_group", desk.hd_team, update_modified=False)
	keep()


def follow_team(doc, method: str | None = None, *names: str | bool) -> None:
	"""HD Team.after_rename: a view asks for its team by name."""
	keep()


def query_condition(user: str | None = None) -> str:
	"""permission_query_conditions of HD View: those of our desks for who works there.

	Args:
		user: whose list it is; the session's user when left out.
	"""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	own = ", ".join(frappe.db.escape(f"{PREFIX}{desk}") for desk in queues_of(user))
	others = f"`tab{VIEW}`.`name` not like '{PREFIX}%'"
	return f"({others} or `tab{VIEW}`.`name` in ({own}))" if own else others


def has_permission(doc, ptype: str = "read", user: str | None = None, debug: bool = False) -> bool | None:
	"""has_permission hook of HD View, as its list; the stored name counts, however a request spells it."""
	user = user or frappe.session.user
	name = cstr(frappe.db.get_value(VIEW, {"name": cstr(doc.name)}, "name"))
	own = user == "Administrator" or name.removeprefix(PREFIX) in queues_of(user)
	return False if name.startswith(PREFIX) and not own else rules.no_objection()


def _queue_of(team: str) -> dict:
	"""Return a view of a team's tickets that aren't closed: first those with work, what is due first on top."""
	meta = frappe.get_meta(TICKET)
	columns = [
		{
			"key": key,
			"label": meta.get_label(key),
			"type": TYPES.get(key) or meta.get_field(key).fieldtype,
			"width": width,
		}
		for key, width in COLUMNS.items()
	]
	rows = [*COLUMNS, *filter(meta.has_field, BESIDE)]
	closed = ticket_status.in_helpdesk(ticket_status.CLOSED)
	return {
		"label": team,
		"type": "list",
		"dt": TICKET,
		"route_name": "TicketsAgent",
		"public": 1,
		"filters": json.dumps({"agent_group": team, "status": ["!=", closed]}),
		"order_by": "status asc, resolution_by asc",
		"columns": json.dumps(columns),
		"rows": json.dumps(rows),
	}
