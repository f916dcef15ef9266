"""What is missing in cases: codes that figures count by, somebody who handles it, something that is planned."""

import frappe
from frappe import _

REPORTS = ("Report", "Formal complaint")
COUNTED_BY = ("main_category", "unit", "accused_position", "channel")
OF_ADVICE = ("asked_by", "advice_topic")
SETTLED = ("Settled", "Aftercare", "Closed")
RUNNING = ("Running", "Breached")


def said(rows: list[dict]) -> dict[str, str]:
	"""Return what is missing in these cases, by their names; a case in which nothing is missing isn't there.

	Args:
		rows: cases that the session's user may read: name, kind, status, handler.
	"""
	# get_list: the rules of the session's user; a case that is read has clocks that are
	codes = frappe.get_list(
		"SV Report",
		fields=["name", *COUNTED_BY, *OF_ADVICE, "intervention"],
		order_by="name",
		limit_page_length=0,
	)
	found, planned = {row.name: row for row in codes}, _planned()
	result = {}
	for row in rows:
		missing = _missing_codes(row, found[row.name]) if row.name in found else []
		if row.status not in SETTLED and not row.handler:
			missing.append(_("nobody handles it"))
		if row.status not in SETTLED and row.name not in planned:
			missing.append(_("no next step is planned"))
		if missing:
			result[row.name] = ", ".join(missing)
	return result


def _missing_codes(row: dict, codes: dict) -> list[str]:
	wanted = list(COUNTED_BY) if row.kind in REPORTS else []
	if row.kind in REPORTS and row.status in SETTLED:
		wanted.append("intervention")
	if row.kind == "Advice request":
		wanted += OF_ADVICE
	meta = frappe.get_meta("SV Report")
	return [_(meta.get_label(name), context="SV Report") for name in wanted if not codes[name]]


def _planned() -> set[str]:
	clocks = frappe.get_list(
		"SV Deadline", {"status": ["in", RUNNING]}, pluck="report", order_by="name", limit_page_length=0
	)
	return set(clocks)
