"""Charts, cards, calendars and open counts."""

import json

from dev.leaks.asking import Request, call, get
from dev.leaks.surface import ORACLE, READ, Steps, Surface, Visit

CHART = "frappe.desk.doctype.dashboard_chart.dashboard_chart.get"


def _asked(visit: Visit, kind: str, filters: list, **more) -> Request:
	"""A chart that nobody saved; some versions look at its own filters only, some at those beside it."""
	chart = {
		"chart_name": f"x{filters}",
		"type": kind,
		"chart_type": "Count",
		"document_type": filters[0][0],
		"based_on": "creation",
		"timespan": "Last Year",
		"time_interval": "Yearly",
		"group_by_based_on": "owner",
		"group_by_type": "Count",
		"filters_json": json.dumps(filters),
		**more,
	}
	year = visit.world.facts["year"]
	return call(CHART, chart=chart, no_cache=1, filters=filters, heatmap_year=year)


def _chart(kind: str, **more):
	def steps(visit: Visit) -> Steps:
		yield from visit.compare(
			lambda doctype, name: _asked(visit, kind, [[doctype, "name", "=", name]], **more), ordinary=True
		)
		yield from visit.numbers(
			lambda number: _asked(visit, kind, [["HD Ticket", "subject", "like", f"%{number}%"]], **more),
			of=visit.world.sealed,
		)

	return steps


def _number_card(visit: Visit) -> Steps:
	def ask(doctype: str, name: str) -> Request:
		card = {"document_type": doctype, "function": "Count"}
		return call(
			"frappe.desk.doctype.number_card.number_card.get_result", doc=card,
			filters=[[doctype, "name", "=", name]],
		)  # fmt: skip

	yield from visit.compare(ask)


def _goal(visit: Visit) -> Steps:
	def ask(doctype: str, name: str) -> Request:
		return call(
			"frappe.utils.goal.get_monthly_goal_graph_data", title="x", doctype="User", docname=visit.who.user,
			goal_value_field="name", goal_total_field="name", goal_history_field="name", goal_doctype=doctype,
			goal_doctype_link="name", goal_field="idx", date_field="creation", aggregation="count",
			filters={"name": name},
		)  # fmt: skip

	yield from visit.compare(ask)


def _open_count(visit: Visit) -> Steps:
	for doctype, name in (
		("HD Ticket", visit.ticket),
		("HD Ticket", visit.sealed_ticket),
		("User", visit.who.user),
	):
		for items in (["SV Report", "SV Party", "SV Action"], ["SV Note"]):
			yield call("frappe.desk.notifications.get_open_count", doctype=doctype, name=name, items=items)

	def ask(doctype: str, name: str) -> Request:
		return call("frappe.desk.notifications.get_open_count", doctype=doctype, name=name, items=["ToDo"])

	yield from visit.compare(ask)


def _open_of_user(visit: Visit) -> Steps:
	yield call("frappe.desk.notifications.get_notifications")
	yield call("frappe.desk.desktop.get_desktop_page", page={"name": "CCP desk", "title": "CCP desk"})
	yield call("frappe.desk.desktop.get_workspace_sidebar_items")


def _linked_with(visit: Visit) -> Steps:
	linked = "frappe.desk.form.linked_with"
	yield from visit.compare(lambda doctype, name: call(f"{linked}.get", doctype=doctype, docname=name))
	yield call(f"{linked}.get", doctype="HD Ticket", docname=visit.sealed_ticket)
	yield call(f"{linked}.get", doctype="User", docname="b.okafor@uni.example")
	yield call(f"{linked}.get", doctype="SV Desk", docname="ccp")
	yield from visit.compare(
		lambda doctype, name: call(f"{linked}.get_submitted_linked_docs", doctype=doctype, name=name)
	)


def _calendar(visit: Visit) -> Steps:
	for doctype, start in (("SV Deadline", "due_at"), ("SV Action", "due_on"), ("SV Report", "received_at")):
		yield call(
			"frappe.desk.calendar.get_events", doctype=doctype, start="2020-01-01", end="2040-01-01",
			field_map={"start": start, "end": start, "id": "name", "title": "name"}, fields=["name", start],
		)  # fmt: skip


def _kanban(visit: Visit) -> Steps:
	yield call("frappe.desk.doctype.kanban_board.kanban_board.get_kanban_boards", doctype="SV Report")
	yield call(
		"frappe.desk.doctype.kanban_board.kanban_board.quick_kanban_board", doctype="SV Report",
		board_name=f"Proef {visit.turn}", field_name="status",
	)  # fmt: skip
	yield get("/api/resource/Kanban Board", fields=["*"], limit_page_length=0)
	yield call(
		"frappe.desk.doctype.kanban_board.kanban_board.update_order", board_name=f"Proef {visit.turn}",
		order={"New": [name for _place, _doctype, name in visit.documents("SV Report", seen=0)]},
	)  # fmt: skip


SURFACES = (
	Surface(
		"6.24",
		"heatmap",
		ORACLE,
		_chart("Heatmap"),
		unproven="no heatmap counts documents of ours, for anybody",
	),
	Surface("6.24", "chart of counts", ORACLE, _chart("Line")),
	Surface("6.24", "chart of groups", ORACLE, _chart("Bar", chart_type="Group By")),
	Surface("6.25", "number card", ORACLE, _number_card),
	Surface("6.24", "goal graph", ORACLE, _goal, unproven="no goal counts documents of ours, for anybody"),
	Surface("6.23", "get_open_count", ORACLE, _open_count),
	Surface("6.23", "counts of the desk page", READ, _open_of_user, unproven="shows no documents"),
	Surface("6.23", "linked_with", ORACLE, _linked_with),
	Surface("6.43", "calendar", READ, _calendar),
	Surface("6.43", "kanban", READ, _kanban, unproven="boards show lists, see 6.1", writes=True),
)
