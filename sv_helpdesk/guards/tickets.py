"""Who sees a sealed ticket: those who may use its case, and the people of the desk in whose queue it stands.

Access hangs on our roles, never on HD Team: an agent can add himself to any team. Tickets of IT are the host's
business. As everywhere, the check of one document is the list's condition asked for one name.
"""

import functools
from collections.abc import Callable

import frappe
from frappe.core.doctype.communication import communication
from frappe.core.doctype.file import file
from frappe.desk.doctype.todo import todo
from frappe.utils import cstr
from helpdesk.helpdesk.doctype.hd_ticket import hd_ticket

from sv_helpdesk.guards.wiring import ROWS
from sv_helpdesk.permissions import decision, rules
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.hidden import not_hidden
from sv_helpdesk.permissions.relations import NOTHING, Relations
from sv_helpdesk.permissions.roles import CASE_ROLES

HOSTS_CONDITIONS = (
	(hd_ticket, "permission_query"),
	(communication, "get_permission_query_conditions_for_communication"),
	(file, "get_permission_query_conditions"),
	(todo, "get_permission_query_conditions"),
)
# older Helpdesk numbers its tickets; a case keeps the name as text, in the collation of every table of the host
NAME = "cast(`tabHD Ticket`.`name` as char character set utf8mb4) collate utf8mb4_unicode_ci"


def query_condition(user: str | None = None) -> str:
	"""permission_query_conditions of HD Ticket: sealed ones only for those who work on them.

	Args:
		user: whose list it is; the session's user when left out.
	"""
	return rows_condition(NAME, user)


def has_permission(doc, ptype: str = "read", user: str | None = None, debug: bool = False) -> bool | None:
	"""has_permission hook of HD Ticket, for every kind of right; the stored ticket counts, not the one in hand."""
	user = user or frappe.session.user
	return False if doc.name and not may_see(doc.name, user) else rules.no_objection()


def may_see(ticket: str | int, user: str) -> bool:
	"""Tell whether a ticket is not sealed, or this user works on it; True for one that isn't there.

	Args:
		ticket: its name, as a request may spell it.
		user: the user id.
	"""
	if user == "Administrator":
		return True
	name = frappe.db.get_value("HD Ticket", {"name": cstr(ticket)}, "name")
	if name is None:
		return True
	report = frappe.db.get_value("SV Report", {"ticket": cstr(name)}, "name")
	# the condition is made of escaped values
	query = f"select 1 from `tabSV Report` where `tabSV Report`.`name` = %s and {seen_reports(user)}"
	return report is None or bool(frappe.db.sql(query, (report,)))


def rows_condition(column: str, user: str | None = None) -> str:
	"""Return the SQL condition for rows that name a ticket in `column`: not of a sealed one, unless it is seen.

	Args:
		column: SQL of the ticket's name as text.
		user: the session's user when left out.

	Returns:
		"" for Administrator, who reads queue entries without content.
	"""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	sealed = f"select 1 from `tabSV Report` where `tabSV Report`.`ticket` = {column}"
	seen = seen_reports(user)
	if seen == NOTHING:
		return f"not exists ({sealed})"
	return f"(not exists ({sealed}) or exists ({sealed} and {seen}))"


def seen_reports(user: str) -> str:
	"""Return the SQL condition on `tabSV Report` for the cases whose queue entry this user sees.

	Of a desk where only the handler sees a case its people still see the queue, so that new
	cases are taken up; nobody sees the entry of a case that is denied to them.
	"""
	if not acting_roles(user) & frozenset(CASE_ROLES):
		return NOTHING
	desks = ", ".join(map(frappe.db.escape, queues_of(user)))
	arms = [f"`tabSV Report`.`desk` in ({desks})"] if desks else []
	arms.append(decision.condition(user, "SV Report"))
	return f"(({' or '.join(arms)}) and {not_hidden(user, 'SV Report')})"


def queues_of(user: str) -> list[str]:
	"""Return the desks whose queue this user sees: where they work today, in a role that works on cases."""
	if not acting_roles(user) & frozenset(CASE_ROLES):
		return []
	return sorted({row.name for row in Relations(user).desks})


def withdraw_from_outsiders(ticket: str) -> None:
	"""Take a ticket that has just been sealed from those who don't work on it.

	It was an ordinary ticket while it was inserted, so a rule of the host may have assigned it to anybody in the team.

	Args:
		ticket: its name.
	"""
	for doctype, whose in (("ToDo", "allocated_to"), ("DocShare", "user"), ("Document Follow", "user")):
		about = ROWS[doctype]
		rows = frappe.get_all(
			doctype,
			filters={about.doctype: "HD Ticket", about.name: ticket},
			fields=["name", whose],
			order_by="creation asc",
		)
		outside = [row for row in rows if not may_see(ticket, row[whose])]
		for row in outside:
			frappe.db.delete(doctype, {"name": row.name})
		if outside and doctype == "ToDo":
			inside = [row[whose] for row in rows if row not in outside]
			frappe.db.set_value("HD Ticket", ticket, "_assign", frappe.as_json(inside, indent=None))


def bracket_hosts_conditions() -> None:
	"""Put the host's own list conditions in brackets, where ours is joined to them.

	They are chains of ORs, and Frappe before 16.4 joins conditions with AND as they are: ours would
	bind to the last link only. The host looks its hooks up by name at each call.
	"""
	for module, name in HOSTS_CONDITIONS:
		hosts = getattr(module, name)
		if not getattr(hosts, "bracketed", False):
			setattr(module, name, _bracketed(hosts))


def _bracketed(hosts: Callable[..., str | None]) -> Callable[..., str | None]:
	@functools.wraps(hosts)
	def condition(*args, **kwargs) -> str | None:
		chain = hosts(*args, **kwargs)
		return f"({chain})" if chain else chain

	condition.bracketed = True
	return condition


bracket_hosts_conditions()
