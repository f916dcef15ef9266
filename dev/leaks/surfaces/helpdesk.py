"""Helpdesk's own functions; the stand-in has few of them."""

from dev.leaks.asking import Request, call
from dev.leaks.surface import READ, Steps, Surface, Visit
from dev.leaks.surfaces.attacks import inserted, removed

TICKET = "helpdesk.helpdesk.doctype.hd_ticket"


def _on_tickets(function: str, argument: str, **more):
	def steps(visit: Visit) -> Steps:
		for ticket in visit.tickets():
			yield call(function, **{argument: ticket}, **more)

	return steps


def _group_by(visit: Visit) -> Steps:
	for _place, doctype, name in visit.documents("SV Report", "SV Decision Table", seen=0):
		own = yield from inserted("HD Ticket", subject=name, description="x")
		field = "case_number" if doctype == "SV Report" else "table_number"
		view = {
			"view_type": "group_by",
			"group_by_field": "subject",
			"label_doc": doctype,
			"label_field": field,
		}
		yield call("helpdesk.api.doc.get_list_data", doctype="HD Ticket", view=view, filters={"subject": name}, default_filters={}, rows=["name", "subject"], columns=[])  # fmt: skip
		if own:
			yield from removed("HD Ticket", own)


def _list_data(visit: Visit) -> Steps:
	for doctype in ("HD Ticket", *visit.some(visit.world.doctypes, 2)):
		yield call(
			"helpdesk.api.doc.get_list_data",
			doctype=doctype,
			rows=["*"],
			columns=[],
			show_customer_portal_fields=0,
		)


def _search(visit: Visit) -> Steps:
	subjects = [c.text for c in visit.world.registry.canaries.values() if c.place.endswith("/case_number")]
	for word in (*visit.some(subjects, 1), "social safety"):
		yield call("helpdesk.search.search", query=word)
		yield call("helpdesk.api.search.search", query=word, filters={})


def _search_filters(visit: Visit) -> Steps:
	attack = {"1=1) union select name, name, name from docs where (1": "1"}
	yield call("helpdesk.api.search.search", query="social", filters=attack)


def _split(visit: Visit) -> Steps:
	for communication in visit.world.facts["communications"]:
		if communication != visit.world.facts["ordinary_communication"]:
			yield call(f"{TICKET}.api.split_ticket", subject="x", communication_id=communication)


def _merge(visit: Visit) -> Steps:
	own = yield from inserted("HD Ticket", subject="Proef", description="x")
	if own:
		yield call(f"{TICKET}.api.merge_ticket", source=visit.sealed_ticket, target=own)
		yield call("frappe.client.get", doctype="HD Ticket", name=own)
		yield call("frappe.desk.form.load.getdoc", doctype="HD Ticket", name=own)
		yield from removed("HD Ticket", own)


def _dashboard(visit: Visit) -> Steps:
	for kind in ("number_card", "master", "trend"):
		yield call("helpdesk.api.dashboard.get_dashboard_data", dashboard_type=kind, filters={})


def _stats(visit: Visit) -> Steps:
	for contact in visit.world.facts["contacts"]:
		for function in ("get_ticket_stats", "get_sla_violations", "get_feedback_received"):
			yield call(f"helpdesk.api.ticket_stats.{function}", dt="Contact", dn=contact)


def _staff(visit: Visit) -> Steps:
	yield call("helpdesk.helpdesk.doctype.hd_team.hd_team.get_team_members", team="Social safety")
	yield call("helpdesk.api.session.get_users")


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


def _reports(visit: Visit) -> Steps:
	for report in visit.world.facts["helpdesk_reports"]:
		yield call("frappe.desk.query_report.run", report_name=report, filters={"from_date": "2020-01-01", "to_date": "2035-01-01"})  # fmt: skip


def _feedback(visit: Visit) -> Steps:
	yield call("frappe.website.doctype.web_form.web_form.get_form_data", doctype="HD Ticket", docname=visit.sealed_ticket, web_form_name="hd-email-feedback")  # fmt: skip


def _maintenance(visit: Visit) -> Steps:
	for function in ("update_sla_status_in_ticket", "close_tickets_after_n_days"):
		yield call(f"{TICKET}.hd_ticket.{function}")


def _agent_home(visit: Visit) -> Steps:
	for function in ("get_recent_feedback", "get_pending_tickets"):
		yield call(f"helpdesk.api.agent_home.agent_home.{function}")


NOTHING = "shows no ticket's text"
SURFACES = (
	Surface(
		"L-02",
		"grouped list with labels of any doctype",
		READ,
		_group_by,
		("helpdesk.api.doc.get_list_data",),
		unproven="labels of ours are for nobody",
		writes=True,
	),
	Surface("L-02", "Helpdesk's list", READ, _list_data, ("helpdesk.api.doc.get_list_data",)),
	Surface(
		"L-24",
		"Helpdesk's search",
		READ,
		_search,
		("helpdesk.search.search",),
		unproven="needs a Redis module that Debian's Redis doesn't have",
	),
	Surface(
		"L-03",
		"filters of Helpdesk's search",
		READ,
		_search_filters,
		("helpdesk.api.search.search",),
		unproven=NOTHING,
	),
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
		"L-15",
		"dashboard",
		READ,
		_dashboard,
		("helpdesk.api.dashboard.get_dashboard_data",),
		unproven=NOTHING,
	),
	Surface(
		"L-16",
		"statistics of a contact",
		READ,
		_stats,
		("helpdesk.api.ticket_stats.get_ticket_stats",),
		unproven=NOTHING,
	),
	Surface(
		"L-17", "agent's home", READ, _agent_home, ("helpdesk.api.agent_home.agent_home",), unproven=NOTHING
	),
	Surface(
		"L-18",
		"who works in the team",
		READ,
		_staff,
		("helpdesk.helpdesk.doctype.hd_team.hd_team.get_team_members",),
		unproven=NOTHING,
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
	Surface(
		"L-21",
		"Helpdesk's reports",
		READ,
		_reports,
		("DocType:HD Ticket", "fact:helpdesk_reports"),
		unproven=NOTHING,
	),
	Surface(
		"L-22", "feedback form", READ, _feedback, ("DocType:HD Ticket Feedback Option",), unproven=NOTHING
	),
	Surface(
		"L-23",
		"maintenance jobs",
		READ,
		_maintenance,
		(f"{TICKET}.hd_ticket.close_tickets_after_n_days",),
		unproven=NOTHING,
	),
)
