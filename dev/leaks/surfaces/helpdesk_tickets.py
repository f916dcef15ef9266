"""Helpdesk's own functions and methods of one ticket; the stand-in has few of them."""

from functools import partial

from dev.leaks.asking import Request, call
from dev.leaks.surface import READ, Steps, Surface, Visit
from dev.leaks.surfaces.attacks import inserted, removed, said_in

TICKET = "helpdesk.helpdesk.doctype.hd_ticket"


def _on_tickets(function: str, argument: str, **more):
	def steps(visit: Visit) -> Steps:
		for ticket in visit.tickets():
			yield call(function, **{argument: ticket}, **more)

	return steps


def _split(visit: Visit) -> Steps:
	for communication in visit.world.facts["sealed_communications"]:
		answer = yield call(f"{TICKET}.api.split_ticket", subject="x", communication_id=communication)
		if new := said_in(answer):
			yield call("frappe.client.get", doctype="HD Ticket", name=new)
			yield call("frappe.desk.form.load.get_communications", doctype="HD Ticket", name=new)


def _merge(visit: Visit) -> Steps:
	own = yield from inserted("HD Ticket", subject="Proef", description="x")
	if own:
		yield call(f"{TICKET}.api.merge_ticket", source=visit.sealed_ticket, target=own)
		yield call("frappe.client.get", doctype="HD Ticket", name=own)
		yield call("frappe.desk.form.load.getdoc", doctype="HD Ticket", name=own)
		yield from removed("HD Ticket", own)


def _ticket_methods(visit: Visit) -> Steps:
	"""Methods of tickets that Helpdesk's own pages call."""
	for ticket in visit.tickets():
		run = partial(call, "run_doc_method", dt="HD Ticket", dn=ticket)
		yield run(method="get_last_communication")
		yield run(method="mark_seen")
		yield run(method="new_comment", args={"content": "x"})
		yield run(method="assign_agent", args={"agent": visit.who.user})
		yield run(method="reply_via_agent", args={"message": "x", "to": visit.who.user})
		yield run(method="create_communication_via_contact", args={"message": "x"})
		yield call("frappe.client.get", doctype="HD Ticket", name=ticket)
	yield call("helpdesk.api.onboarding.get_first_ticket")


def _bulk_assign(visit: Visit) -> Steps:
	yield call(
		"helpdesk.api.ticket.bulk_assign_ticket_to_agent",
		ticket_ids=[visit.sealed_ticket],
		agent_id=visit.who.user,
	)
	yield call("frappe.client.get", doctype="HD Ticket", name=visit.sealed_ticket)


def _join_team(visit: Visit) -> Steps:
	"""An agent who puts himself into the desk's team, then looks at its tickets."""
	yield Request("PUT", "/api/resource/HD Team/Social safety", body={"users": [{"user": visit.who.user}]})
	yield call("frappe.client.get_list", doctype="HD Ticket", fields=["*"], limit_page_length=0)
	yield call(
		"frappe.client.set_value",
		doctype="HD Ticket",
		name=visit.sealed_ticket,
		fieldname={"agent_group": None},
	)


def _reactions(visit: Visit) -> Steps:
	yield call("helpdesk.helpdesk.doctype.hd_ticket_comment.hd_ticket_comment.get_reactions", comment=visit.world.name("helpdesk/HD Ticket Comment/of ticket"))  # fmt: skip


NOTHING = "shows no ticket's text"
SURFACES = (
	Surface(
		"L-24",
		"ticket with everything",
		READ,
		_on_tickets(f"{TICKET}.api.get_one", "name"),
		(f"{TICKET}.api.get_one",),
	),
	Surface(
		"L-24",
		"communications of a ticket",
		READ,
		_on_tickets(f"{TICKET}.api.get_communications", "ticket"),
		(f"{TICKET}.api.get_communications",),
	),
	Surface(
		"L-24",
		"comments of a ticket",
		READ,
		_on_tickets(f"{TICKET}.api.get_comments", "ticket"),
		(f"{TICKET}.api.get_comments",),
	),
	Surface(
		"L-24",
		"bulk assignment",
		READ,
		_bulk_assign,
		("helpdesk.api.ticket.bulk_assign_ticket_to_agent",),
		writes=True,
	),
	Surface(
		"L-12",
		"split a ticket",
		READ,
		_split,
		(f"{TICKET}.api.split_ticket",),
		unproven="moves mails, of which sealed tickets have none",
		writes=True,
	),
	Surface(
		"L-13", "merge tickets", READ, _merge, (f"{TICKET}.api.merge_ticket",), unproven=NOTHING, writes=True
	),
	Surface(
		"L-14",
		"outside hours banner",
		READ,
		_on_tickets(f"{TICKET}.api.show_outside_hours_banner", "ticket_name"),
		(f"{TICKET}.api.show_outside_hours_banner",),
		unproven=NOTHING,
	),
	Surface(
		"L-08",
		"methods of a ticket",
		READ,
		_ticket_methods,
		(f"{TICKET}.api.merge_ticket",),
		writes=True,
	),
	Surface("L-18", "joining the team", READ, _join_team, ("DocType:HD Team",)),
	Surface(
		"L-19",
		"reactions to a comment",
		READ,
		_reactions,
		("helpdesk.helpdesk.doctype.hd_ticket_comment.hd_ticket_comment.get_reactions",),
		unproven=NOTHING,
	),
)
