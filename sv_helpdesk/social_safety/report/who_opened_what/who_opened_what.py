"""Who opened what: the access log for the privacy officer, with case numbers and no content.

Looking at it is logged, too. The `user` that the host's report runner takes from a request plays
no part: the rights are those of the session's user.
"""

from datetime import datetime, time, timezone
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.utils import convert_utc_to_system_timezone, get_datetime, get_system_timezone, getdate

from sv_helpdesk.access_log import record
from sv_helpdesk.access_log.words import action_in_words, right_in_words
from sv_helpdesk.forms.wording import kind_of
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.roles import PRIVACY_OFFICER

NAME = "Who opened what"
MOST_ROWS = 5000
FIELDS = ("logged_at", "user", "action", "document_type", "report", "by_right", "from_address", "position")
SAME = ("user", "action", "document_type")


def execute(filters: dict | None = None) -> tuple:
	"""Return columns, rows and a message for the report.

	Raises:
	        frappe.PermissionError: the session's user is no privacy officer.
	"""
	if PRIVACY_OFFICER not in acting_roles(frappe.session.user):
		frappe.throw(_("Only a privacy officer may see who opened what."), frappe.PermissionError)
	record("Opened", "Report", NAME, right="all")
	rows = _rows(frappe._dict(filters or {}))
	message = _("Only the latest {0} rows are shown. Choose a shorter period.").format(MOST_ROWS)
	return _columns(), rows, message if len(rows) == MOST_ROWS else None


def _columns() -> list[dict]:
	named = (
		("logged_at", _("When"), "Data", 170),
		("user", _("User", context="SV Access Log"), "Data", 200),
		("action", _("Action", context="SV Access Log"), "Data", 110),
		("document_type", _("Type of document"), "Data", 160),
		("case_number", _("Case number"), "Data", 120),
		("by_right", _("By what right"), "Data", 220),
		("from_address", _("From", context="SV Access Log"), "Data", 120),
		("position", _("Position", context="SV Access Log"), "Int", 90),
	)
	return [
		{"fieldname": name, "label": label, "fieldtype": kind, "width": width, "align": "left"}
		for name, label, kind, width in named
	]


def _rows(filters: dict) -> list[dict]:
	numbers = {}
	conditions = [["logged_at", "between", _period(filters)]]
	conditions += [[field, "=", filters[field]] for field in SAME if filters.get(field)]
	if filters.get("case_number"):
		report = frappe.db.get_value("SV Report", {"case_number": filters.case_number}, "name")
		conditions.append(["report", "=", report or "no such case"])
	# get_list: what is hidden from this privacy officer, being accused in it, stays hidden (R6)
	rows = frappe.get_list(
		"SV Access Log",
		filters=conditions,
		fields=list(FIELDS),
		order_by="position desc",
		limit_page_length=MOST_ROWS,
	)
	reports = list({row.report for row in rows if row.report})
	for case in frappe.get_all(
		"SV Report", filters={"name": ["in", reports]}, fields=["name", "case_number"], order_by="name asc"
	):
		numbers[case.name] = case.case_number
	return [_row(row, numbers) for row in rows]


def _row(row: dict, numbers: dict[str, str]) -> dict:
	moment = convert_utc_to_system_timezone(row.logged_at).strftime("%Y-%m-%d %H:%M:%S")
	return {
		**row,
		"logged_at": moment,
		"action": action_in_words(row.action),
		"document_type": kind_of(row.document_type),
		"case_number": numbers.get(row.report, ""),
		"by_right": right_in_words(row.by_right),
	}


def _period(filters: dict) -> list[datetime]:
	"""Return the period in universal time; its days are days of the site."""
	zone = ZoneInfo(get_system_timezone())
	days = (getdate(filters.get("from_date")), getdate(filters.get("to_date")))
	ends = zip(days, (time.min, time.max), strict=True)
	moments = [datetime.combine(day, moment, zone).astimezone(timezone.utc) for day, moment in ends]
	return [get_datetime(moment.replace(tzinfo=None)) for moment in moments]
