"""Charts and counters that count rows the reader may not see."""

import frappe

from sv_helpdesk.guards.checks.arguments import as_dict, parsed
from sv_helpdesk.guards.mentions import mentions_ours
from sv_helpdesk.guards.subjects import is_ours, is_ticket, refuse
from sv_helpdesk.helpdesk import sealed_ticket


def chart(arguments: dict) -> None:
	"""dashboard_chart.get: none on our documents; a chart of tickets leaves the sealed ones out.

	A heatmap counts with no right at all, and a chart's numbers are kept for all its readers.
	"""
	if name := arguments.get("chart_name"):
		known = frappe.db.get_value("Dashboard Chart", {"name": name}, "*", as_dict=True) or {}
	else:
		known = as_dict(arguments.get("chart"))
	report = known.get("report_name")
	if mentions_ours([*known.values(), arguments.get("filters")]) or is_ours(
		report and frappe.db.get_value("Report", {"name": report}, "ref_doctype")
	):
		refuse()
	if is_ticket(known.get("document_type")):
		filters = parsed(arguments.get("filters")) or parsed(known.get("filters_json")) or []
		if isinstance(filters, dict):
			filters = [["HD Ticket", field, "=", value] for field, value in filters.items()]
		filters = [*filters, ["HD Ticket", "raised_by", "!=", sealed_ticket.neutral_address()]]
		arguments["filters"] = frappe.as_json(filters)
		# without a kept chart the host looks at the filters in the chart itself alone
		arguments["chart"] = frappe.as_json({**known, "filters_json": arguments["filters"]})
		arguments.pop("chart_name", None)
		# a chart that was kept before has other numbers
		arguments["no_cache"] = 1


def linked_counts(arguments: dict) -> None:
	"""get_open_count: our documents are not counted beside the host's; these counts ask for no right."""
	items = parsed(arguments.get("items"))
	if isinstance(items, list):
		arguments["items"] = [item for item in items if not is_ours(item)]
