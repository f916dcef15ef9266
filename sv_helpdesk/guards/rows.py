"""Rows the host keeps about our documents and about sealed tickets: who lists and reads them.

About our documents nobody does (what people work with is in the documents themselves), except
what is addressed to them; about a sealed ticket those who see the ticket. Frappe before 15.44 does not tell
a condition which list it is for, so there is one for each doctype, named after it (`todo`, `file`...).
"""

from collections.abc import Callable

import frappe

from sv_helpdesk.guards import records, tickets
from sv_helpdesk.guards.subjects import is_ours, is_ticket
from sv_helpdesk.guards.wiring import ROWS, name_of
from sv_helpdesk.permissions import rules


def condition(doctype: str, user: str | None = None) -> str:
	"""Return the SQL condition on a list of the host's.

	Args:
		doctype: one of ROWS.
		user: whose list it is; the session's user when left out.

	Returns:
		"" for Administrator.
	"""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	about, table = ROWS[doctype], f"`tab{doctype}`"
	seen = tickets.rows_condition(f"{table}.`{about.name}`", user) if about.name else "1=1"
	if about.doctype:
		column = f"ifnull({table}.`{about.doctype}`, '')"
		seen = f"({column} not like 'SV %' and ({column} != 'HD Ticket' or {seen}))"
	own = [f"{table}.`{column}` = {frappe.db.escape(user)}" for column in about.own]
	return f"({' or '.join([seen, *own])})"


def has_permission(doc, ptype: str = "read", user: str | None = None, debug: bool = False) -> bool | None:
	"""has_permission hook of all of ROWS: the stored row counts, and what the one in hand would make of it."""
	user = user or frappe.session.user
	if ptype == "create" and doc.doctype == "File" and records.leads_to_ours(doc):
		# Frappe copies the bytes before any event of the row
		return False
	about = ROWS[doc.doctype]
	columns = [column for column in (about.doctype, about.name, *about.own) if column]
	rows = [doc]
	if doc.name and (stored := frappe.db.get_value(doc.doctype, {"name": doc.name}, columns, as_dict=True)):
		rows.append(stored)
	allowed = user == "Administrator" or all(_open(row, about, user) for row in rows)
	return rules.no_objection() if allowed else False


def _open(row, about, user: str) -> bool:
	if user in [row.get(column) for column in about.own]:
		return True
	doctype = row.get(about.doctype) if about.doctype else "HD Ticket"
	if is_ours(doctype):
		return False
	ticket = row.get(about.name) if about.name and is_ticket(doctype) else None
	return not ticket or tickets.may_see(ticket, user)


def prepared_reports(user: str | None = None) -> str:
	"""permission_query_conditions of Prepared Report: results about our documents only for whom they were made."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	ours = "select `tabReport`.`name` from `tabReport` where `tabReport`.`ref_doctype` like 'SV %'"
	return (
		f"(`tabPrepared Report`.`owner` = {frappe.db.escape(user)}"
		f" or ifnull(`tabPrepared Report`.`report_name`, '') not in ({ours}))"
	)


def may_read_prepared_report(
	doc, ptype: str = "read", user: str | None = None, debug: bool = False
) -> bool | None:
	"""has_permission hook of Prepared Report, as its list."""
	user = user or frappe.session.user
	stored = frappe.db.get_value(
		"Prepared Report", {"name": doc.name}, ["owner", "report_name"], as_dict=True
	)
	row = stored or frappe._dict(owner=doc.owner, report_name=doc.get("report_name"))
	ours = is_ours(frappe.db.get_value("Report", {"name": row.report_name or ""}, "ref_doctype"))
	return False if ours and user not in (row.owner, "Administrator") else rules.no_objection()


def _of(doctype: str) -> Callable[[str | None], str]:
	def list_condition(user: str | None = None) -> str:
		return condition(doctype, user)

	return list_condition


globals().update({name_of(doctype): _of(doctype) for doctype in ROWS})
