"""Exports and reports."""

from dev.leaks.asking import Request, call, get
from dev.leaks.surface import ORACLE, READ, Steps, Surface, Visit
from dev.leaks.surfaces.attacks import inserted, removed
from dev.leaks.world import HOST_REPORT

CODE = "who writes SQL on the server reads plain columns; clear text is in none"


def _export_query(visit: Visit) -> Steps:
	for doctype in (*visit.some(visit.world.doctypes, 2), "HD Ticket"):
		for kind in ("CSV", "Excel"):
			yield call(
				"frappe.desk.reportview.export_query", doctype=doctype, file_format_type=kind,
				fields=["*"], filters=[], title="x",
			)  # fmt: skip


def _query_reports(visit: Visit) -> Steps:
	for report in visit.world.facts["reports"]:
		yield call("frappe.desk.query_report.run", report_name=report, filters=_report_filters(visit, report))


def _report_filters(visit: Visit, report: str) -> dict:
	filters = {"from_date": "2020-01-01", "to_date": "2035-01-01", "user": visit.who.user}
	filters["doctype"] = visit.some([d for d in visit.world.doctypes], 1)[0]
	return {**filters, "period": "Monthly"}


def _export_query_report(visit: Visit) -> Steps:
	# few have the right to export, so each asks for the one that shows something to them
	for report in ("ToDo", *visit.some(visit.world.facts["our_reports"], 2)):
		yield call(
			"frappe.desk.query_report.export_query", report_name=report, file_format_type="Excel",
			filters=_report_filters(visit, report), visible_idx=[*range(100)],
		)  # fmt: skip


def _custom_field(visit: Visit) -> Steps:
	for doctype in visit.some(visit.world.doctypes, 2):
		yield call("frappe.desk.query_report.get_data_for_custom_field", doctype=doctype, field="owner")
	yield call("frappe.desk.query_report.get_data_for_custom_field", doctype="HD Ticket", field="subject")
	yield call("frappe.desk.query_report.get_data_for_custom_field", doctype="SV Report", field="case_number")


def _custom_columns(visit: Visit) -> Steps:
	columns = [
		{
			"fieldname": "case_number",
			"doctype": "SV Report",
			"link_field": {"fieldname": "name", "names": []},
			"insert_after_index": 0,
			"label": "x",
			"fieldtype": "Data",
		}
	]
	for report in visit.some(visit.world.facts["reports"], 2):
		yield call("frappe.desk.query_report.run", report_name=report, filters={}, custom_columns=columns)


def _own_report(visit: Visit) -> Steps:
	for doctype in visit.some(["SV Report", "SV Minutes", "SV Party", "HD Ticket"], 1):
		name = yield from inserted(
			"Report", report_name=f"Proef {visit.turn}", ref_doctype=doctype, report_type="Query Report",
			is_standard="No", query=f"select * from `tab{doctype}`",
		)  # fmt: skip
		if name:
			yield call("frappe.desk.query_report.run", report_name=name)
			yield from removed("Report", name)


def _prepared_reports(visit: Visit) -> Steps:
	yield get("/api/resource/Prepared Report", fields=["*"], limit_page_length=0)
	for report in visit.some(visit.world.facts["reports"], 1):
		for function in ("get_reports_in_queued_state", "make_prepared_report"):
			yield call(
				f"frappe.core.doctype.prepared_report.prepared_report.{function}",
				report_name=report, filters={},
			)  # fmt: skip
	prepared = visit.world.facts["prepared_report"]
	yield get(f"/api/resource/Prepared Report/{prepared}")
	yield get(
		"/api/method/frappe.core.doctype.prepared_report.prepared_report.download_attachment", dn=prepared
	)


def _auto_email_report(visit: Visit) -> Steps:
	"""A report on a doctype of ours, and the ordinary one; as oneself, and as somebody who may see more."""
	own = f"Proef per mail {visit.turn}"
	doctype = visit.some(["SV Report", "SV Minutes", "SV Party"], 1)[0]
	yield from inserted(
		"Report", report_name=own, ref_doctype=doctype, report_type="Report Builder", is_standard="No"
	)
	for report, user in ((HOST_REPORT, visit.who.user), (own, visit.who.user), (own, "b.okafor@uni.example")):
		name = yield from inserted(
			"Auto Email Report",
			report=report,
			report_type="Report Builder",
			user=user,
			email_to="x@buiten.example",
			format="CSV",
			frequency="Daily",
			enabled=0,
			no_of_rows=100,
			data_modified_till=0,
		)
		if name:
			yield call("frappe.email.doctype.auto_email_report.auto_email_report.download", name=name)
			yield from removed("Auto Email Report", name)
	yield from removed("Report", own)


def _data_export(visit: Visit) -> Steps:
	for doctype in (*visit.some(visit.world.doctypes, 1), "HD Ticket"):
		yield call(
			"frappe.core.doctype.data_export.exporter.export_data", doctype=doctype, all_doctypes="true",
			with_data="true", file_type="CSV", template="true", select_columns={doctype: ["name", "owner"]},
		)  # fmt: skip
		yield call(
			"frappe.core.doctype.data_export.exporter.export_data", doctype=doctype, all_doctypes="true",
			with_data="true", file_type="Excel",
		)  # fmt: skip


def _import_template(visit: Visit) -> Steps:
	for doctype in (*visit.some(visit.world.doctypes, 2), "HD Ticket"):
		yield call(
			"frappe.core.doctype.data_import.data_import.download_template", doctype=doctype,
			export_fields={doctype: ["name", "owner", "subject"]}, export_records="all", file_type="CSV",
		)  # fmt: skip


def _data_import(visit: Visit) -> Steps:
	def ask(doctype: str, name: str) -> Request:
		return Request(
			"POST", "/api/resource/Data Import",
			body={"reference_doctype": doctype, "import_type": "Update Existing Records"},
		)  # fmt: skip

	yield from visit.compare(ask, "SV Report", "SV Note")


DATA_IMPORT = "an import changes records; what it tells back is in its log, see 6.44 import log"
SURFACES = (
	Surface("6.5", "reportview.export_query", READ, _export_query),
	Surface("6.6", "query_report.run", READ, _query_reports, echoes=True),
	Surface("6.6", "query_report.export_query", READ, _export_query_report, echoes=True),
	Surface("6.6", "query_report.get_data_for_custom_field", READ, _custom_field),
	Surface(
		"6.6", "custom columns of a report", READ, _custom_columns, unproven="no report has a column of ours"
	),
	Surface(
		"6.44",
		"query report written by a System Manager",
		READ,
		_own_report,
		unproven="whoever may write one must not see anything of ours",
		only_secrets=CODE,
	),
	Surface("6.7", "Prepared Report", READ, _prepared_reports),
	Surface("6.8", "Auto Email Report", READ, _auto_email_report, writes=True),
	Surface("6.22", "data export", READ, _data_export),
	Surface("6.22", "data import template", READ, _import_template),
	Surface("6.44", "data import", ORACLE, _data_import, unproven=DATA_IMPORT, writes=True),
)
