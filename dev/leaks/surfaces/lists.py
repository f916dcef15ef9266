"""Lists: every way to read rows of our doctypes."""

from dev.leaks.asking import Request, call, get
from dev.leaks.surface import ORACLE, READ, Steps, Surface, Visit

EVERYTHING = {"fields": ["*"], "limit_page_length": 0}
# in Frappe's own lists
HIDDEN_COLUMNS = ["name", "_comments", "_assign", "_liked_by", "_user_tags", "_seen"]


def _some(visit: Visit) -> list[str]:
	return [*visit.some(visit.world.doctypes, 2), "HD Ticket"]


def _rest(visit: Visit) -> Steps:
	for doctype in (*visit.world.doctypes, "HD Ticket"):
		yield get(f"/api/resource/{doctype}", **EVERYTHING)


def _rest_v2(visit: Visit) -> Steps:
	for doctype in _some(visit):
		yield get(f"/api/v2/document/{doctype}", fields=["*"], limit=0)


def _rest_tables(visit: Visit) -> Steps:
	for table, (parent, fields) in visit.some([*visit.world.tables.items()], 1):
		yield get(f"/api/resource/{table}", parent=parent, **EVERYTHING)
		yield call("frappe.client.get_list", doctype=table, parent=parent, fields=["name", "parent", *fields])


def _tables_through_parents(visit: Visit) -> Steps:
	for table, (parent, fields) in visit.some([*visit.world.tables.items()], 1):
		yield call(
			"frappe.desk.reportview.get", doctype=parent, page_length=500,
			fields=[f"`tab{parent}`.`name`", *(f"`tab{table}`.`{field}`" for field in fields)],
		)  # fmt: skip


def _get_list(visit: Visit) -> Steps:
	for doctype in _some(visit):
		yield call("frappe.client.get_list", doctype=doctype, **EVERYTHING)


def _report_view(function: str):
	def steps(visit: Visit) -> Steps:
		for doctype in _some(visit):
			yield call(
				f"frappe.desk.reportview.{function}", doctype=doctype, fields=["*"],
				start=0, page_length=500, view="Report",
			)  # fmt: skip

	return steps


def _hidden_columns(visit: Visit) -> Steps:
	for doctype in _some(visit):
		yield get(f"/api/resource/{doctype}", fields=HIDDEN_COLUMNS, limit_page_length=0)


def _linked_fields(visit: Visit) -> Steps:
	fields = [
		("SV Table Case", "reports.report"),
		("SV Party", "report.case_number"),
		("SV Referral", "report.case_number"),
		("SV Action", "decision_table.table_number"),
		("ToDo", "reference_name.subject"),
		("SV Desk", "members.user"),
	]
	for doctype, field in visit.some(fields, 2):
		yield get(f"/api/resource/{doctype}", fields=["name", field], limit_page_length=0)


def _get_value(visit: Visit) -> Steps:
	yield from visit.compare(
		lambda doctype, name: call(
			"frappe.client.get_value", doctype=doctype, fieldname=["name", "owner"], filters={"name": name}
		)
	)


def _filters(visit: Visit) -> Steps:
	def by_name(doctype: str, name: str) -> Request:
		return get(f"/api/resource/{doctype}", filters=[["name", "=", name]])

	yield from visit.compare(by_name)
	yield from visit.numbers(
		lambda number: get("/api/resource/SV Report", filters=[["case_number", "=", number]])
	)


def _sealed_filters(visit: Visit) -> Steps:
	yield from visit.compare(
		lambda doctype, name: get(
			f"/api/resource/{doctype}",
			filters=[["name", "=", name], ["narrative", "is", "set"]],
			order_by="narrative asc",
		),
		"SV Report",
	)
	for doctype in ("SV Report", "SV Minutes", "SV Note"):
		yield get(f"/api/resource/{doctype}", or_filters=[["owner", "like", "%"]], group_by="owner", fields=["owner", "count(name) as n"])  # fmt: skip


SURFACES = (
	Surface("6.1", "REST v1 list", READ, _rest),
	Surface("6.1", "REST v2 list", READ, _rest_v2, ("frappe.api.v2",)),
	Surface("6.1", "REST v1 list of child tables", READ, _rest_tables),
	Surface("6.1", "child tables through their parents", READ, _tables_through_parents),
	Surface("6.1", "client.get_list", READ, _get_list),
	Surface("6.1", "reportview.get", READ, _report_view("get")),
	Surface("6.1", "reportview.get_list", READ, _report_view("get_list")),
	Surface("6.10", "columns that Frappe adds", READ, _hidden_columns),
	Surface("6.1", "fields of linked documents", READ, _linked_fields),
	Surface("6.1", "client.get_value", ORACLE, _get_value),
	Surface("6.1", "filters on names and numbers", ORACLE, _filters),
	Surface("6.1", "filters and order on encrypted fields", ORACLE, _sealed_filters),
)
