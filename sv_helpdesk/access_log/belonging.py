"""Which one case a document belongs to, as the database has it: whoever is denied that case doesn't see its rows (R6)."""

import frappe

CASE, TABLE, APPROVAL = "SV Report", "SV Decision Table", "SV Approval"
# what a document belongs to, nearest first
THROUGH = {"report": CASE, "aftercare": "SV Aftercare", "decision_table": TABLE}


def case_of(doctype: str, name: str | None) -> str:
	"""Return the name of the case that a stored document belongs to.

	Args:
	        doctype: type of the document.
	        name: its name.

	Returns: "" if it belongs to none, or to several as a decision table may: the rules look those up.
	"""
	if not name or not doctype.startswith("SV "):
		return ""
	if doctype == CASE:
		return name
	if doctype == TABLE:
		return _of_table(name)
	if doctype == APPROVAL:
		target = frappe.db.get_value(APPROVAL, name, ["target_doctype", "target_name"])
		return case_of(*target) if target and target[0] != APPROVAL else ""
	meta = frappe.get_meta(doctype)
	for fieldname in (field for field in THROUGH if meta.has_field(field)):
		if belongs_to := frappe.db.get_value(doctype, name, fieldname):
			return case_of(THROUGH[fieldname], belongs_to)
	return ""


def _of_table(name: str) -> str:
	case, report = frappe.qb.DocType("SV Table Case"), frappe.qb.DocType("SV Table Case Report")
	rows = (
		frappe.qb.from_(case)
		.inner_join(report)
		.on((report.parent == case.name) & (report.parenttype == "SV Table Case"))
		.select(report.report)
		.where(case.decision_table == name)
		.run(pluck=True)
	)
	cases = {*rows, frappe.db.get_value(TABLE, name, "advice_request")} - {None, ""}
	return cases.pop() if len(cases) == 1 else ""
