"""Counts: a number can tell as much as a row."""

from dev.leaks.asking import Request, call, get
from dev.leaks.surface import ORACLE, Steps, Surface, Visit

GROUPED = {"SV Report": "status", "SV Party": "party_role", "SV Action": "status", "SV Consent": "basis"}


def _named(doctype: str, name: str) -> list:
	return [[doctype, "name", "=", name]]


def _by_name(function: str, **more):
	def steps(visit: Visit) -> Steps:
		def ask(doctype: str, name: str) -> Request:
			return call(function, doctype=doctype, filters=_named(doctype, name), **more)

		yield from visit.compare(ask)

	return steps


def _get_count(visit: Visit) -> Steps:
	yield from visit.compare(
		lambda doctype, name: call("frappe.client.get_count", doctype=doctype, filters={"name": name})
	)
	yield from visit.numbers(
		lambda number: get(
			"/api/method/frappe.client.get_count", doctype="SV Report", filters={"case_number": number}
		)
	)
	yield from visit.numbers(
		lambda number: get(
			"/api/method/frappe.client.get_count",
			doctype="HD Ticket",
			filters={"subject": ["like", f"%{number}%"]},
		),
		of=visit.world.sealed,
	)


def _stats(function: str):
	def steps(visit: Visit) -> Steps:
		def ask(doctype: str, name: str) -> Request:
			field = GROUPED.get(doctype, "owner")
			return call(
				f"frappe.desk.reportview.{function}", doctype=doctype, stats=[field, "_user_tags"],
				filters=_named(doctype, name),
			)  # fmt: skip

		yield from visit.compare(ask)

	return steps


def _dashboard_data(visit: Visit) -> Steps:
	def ask(doctype: str, name: str) -> Request:
		stats = [{"name": GROUPED.get(doctype, "owner"), "type": "Select"}]
		return call(
			"frappe.desk.reportview.get_filter_dashboard_data", doctype=doctype, stats=stats,
			filters=_named(doctype, name),
		)  # fmt: skip

	yield from visit.compare(ask)


def _group_by_count(fieldname: str | None, *doctypes: str, hidden: int = 1):
	def steps(visit: Visit) -> Steps:
		def ask(doctype: str, name: str) -> Request:
			return call(
				"frappe.desk.listview.get_group_by_count", doctype=doctype,
				current_filters=_named(doctype, name), field=fieldname or GROUPED.get(doctype, "owner"),
			)  # fmt: skip

		yield from visit.compare(ask, *doctypes, hidden=hidden)

	return steps


def _count_v2(visit: Visit) -> Steps:
	yield from visit.compare(
		lambda doctype, name: get(f"/api/v2/doctype/{doctype}/count", filters={"name": name})
	)


SURFACES = (
	Surface("6.2", "reportview.get_count", ORACLE, _by_name("frappe.desk.reportview.get_count")),
	Surface("6.2", "reportview.get_stats", ORACLE, _stats("get_stats")),
	Surface("6.2", "reportview.get_sidebar_stats", ORACLE, _stats("get_sidebar_stats")),
	Surface(
		"6.2",
		"reportview.get_filter_dashboard_data",
		ORACLE,
		_dashboard_data,
		("fact:counts_by_filter",),
	),
	Surface("6.2", "listview.get_group_by_count", ORACLE, _group_by_count(None)),
	Surface(
		"6.2",
		"listview.get_group_by_count of assignments",
		ORACLE,
		_group_by_count("assigned_to", "SV Report", hidden=3),
		unproven="documents of ours are never assigned by a ToDo, so there is nothing to count",
	),
	Surface("6.2", "v2 count", ORACLE, _count_v2, ("frappe.api.v2",)),
	Surface("6.2b", "client.get_count", ORACLE, _get_count),
)
