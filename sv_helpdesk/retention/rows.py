"""Finds the rows of ours that belong to a case or a decision table, and lets them go or keeps their coded facts."""

from collections.abc import Iterable
from datetime import datetime

import frappe

from sv_helpdesk.permissions.hidden import BY_AFTERCARE, BY_REPORT, BY_TABLE
from sv_helpdesk.retention.fates import FATES, ROWS, Fate

REPORT, TABLE = "SV Report", "SV Decision Table"
# nobody has a right to them, or they only name the case; permissions.outliving lets SV Denied go
NAMING_REPORT = ("SV Receipt", "SV Held Mail")
EMPTY_NUMBERS = ("Check", "Int", "Float", "Percent", "Currency")
# what the host keeps with each row: who wrote it, and what people added in the Desk
HOSTS_OWN = ("_user_tags", "_comments", "_assign", "_liked_by", "_seen")
NOBODY = "Administrator"

Rows = dict[str, list[str]]


def of_case(report: str) -> Rows:
	"""Return the names of all rows that belong to a case, its own included, by document.

	Args:
		report: name of the SV Report.
	"""
	found: Rows = {REPORT: [report]}
	for doctype in (*BY_REPORT, *NAMING_REPORT):
		found[doctype] = _named(doctype, "report", [report])
	for doctype in BY_AFTERCARE:
		of_plans = _named(doctype, "aftercare", found["SV Aftercare"])
		found[doctype] = list(dict.fromkeys([*found[doctype], *of_plans]))
	return _with_notices(found)


def of_table(table: str) -> Rows:
	"""Return the names of all rows that belong to a decision table, its own included, by document.

	Args:
		table: name of the SV Decision Table.
	"""
	found: Rows = {TABLE: [table]}
	for doctype in BY_TABLE:
		found[doctype] = _named(doctype, "decision_table", [table])
	return _with_notices(found)


def together(parts: Iterable[Rows]) -> Rows:
	"""Return the rows of several records, each once."""
	found: Rows = {}
	for part in parts:
		for doctype, names in part.items():
			found[doctype] = list(dict.fromkeys([*found.get(doctype, ()), *names]))
	return found


def let_go(rows: Rows, moment: datetime) -> tuple[int, int]:
	"""Delete these rows, or empty what isn't a coded fact of them; return how many went and how many stay.

	Args:
		rows: names by document.
		moment: when; nothing else of when a row was written stays.
	"""
	gone = kept = 0
	for doctype, names in rows.items():
		fate = FATES[doctype]
		staying = _staying(doctype, fate, names)
		going = [name for name in names if name not in staying]
		if going:
			_delete(doctype, going)
		if staying:
			_empty(doctype, fate, staying, moment)
		gone, kept = gone + len(going), kept + len(staying)
		for name in names:
			frappe.clear_document_cache(doctype, name)
	return gone, kept


def _with_notices(found: Rows) -> Rows:
	found["SV Deadline Notice"] = _named("SV Deadline Notice", "deadline", found["SV Deadline"])
	named = [name for names in found.values() for name in names]
	found["SV Approval"] = _named("SV Approval", "target_name", named)
	return found


def _named(doctype: str, fieldname: str, values: list[str]) -> list[str]:
	# for the host nothing is in an empty list, but an empty value
	if not values:
		return []
	return frappe.get_all(doctype, {fieldname: ["in", values]}, pluck="name", order_by="name asc")


def _staying(doctype: str, fate: Fate, names: list[str]) -> set[str]:
	if fate.goes or not names:
		return set()
	if not fate.only:
		return set(names)
	fieldname, values = fate.only
	counted = {"name": ["in", names], fieldname: ["in", values]}
	return set(frappe.get_all(doctype, counted, pluck="name", order_by="name asc"))


def _delete(doctype: str, names: list[str]) -> None:
	for field in frappe.get_meta(doctype).get_table_fields():
		frappe.db.delete(field.options, {"parenttype": doctype, "parent": ["in", names]})
	frappe.db.delete(doctype, {"name": ["in", names]})


def _empty(doctype: str, fate: Fate, names: Iterable[str], moment: datetime) -> None:
	names, meta = sorted(names), frappe.get_meta(doctype)
	for field in meta.get_table_fields():
		rows = {"parenttype": doctype, "parent": ["in", names]}
		if field.fieldname in fate.empties:
			frappe.db.delete(field.options, rows)
		else:
			_clear(field.options, ROWS[field.options].empties, rows, moment)
	tables = {field.fieldname for field in meta.get_table_fields()}
	_clear(doctype, [name for name in fate.empties if name not in tables], {"name": ["in", names]}, moment)


def _clear(doctype: str, fieldnames: Iterable[str], where: dict, moment: datetime) -> None:
	meta, columns = frappe.get_meta(doctype), frappe.db.get_table_columns(doctype)
	values: dict = {
		fieldname: 0 if meta.get_field(fieldname).fieldtype in EMPTY_NUMBERS else None
		for fieldname in fieldnames
	}
	values |= {column: None for column in HOSTS_OWN if column in columns}
	values |= {"owner": NOBODY, "modified_by": NOBODY, "creation": moment, "modified": moment}
	frappe.db.set_value(doctype, where, values, update_modified=False)
