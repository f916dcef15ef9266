"""Requests about own data: how many came to each desk in a year and how many are late, for the privacy officer.

Numbers alone. What came to a desk counts once, however many colleagues answer it: that several do would tell
that there is something (R3, R6).
"""

import frappe
from frappe import _
from frappe.utils import getdate

from sv_helpdesk.access_log import record
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.roles import PRIVACY_OFFICER
from sv_helpdesk.subject_access.registering import REQUEST

NAME = "Requests about own data"
CLOSED = ("Handed out", "Withdrawn")


def execute(filters: dict | None = None) -> tuple:
	"""Return columns and rows.

	Raises:
		frappe.PermissionError: the session's user is no privacy officer.
	"""
	if PRIVACY_OFFICER not in acting_roles(frappe.session.user):
		frappe.throw(_("Only a privacy officer may see these numbers."), frappe.PermissionError)
	record("Opened", "Report", NAME, right="all")
	return _columns(), _rows()


def _columns() -> list[dict]:
	named = (
		("year", _("Year"), 90),
		("desk", _("Desk", context="SV Subject Request"), 220),
		("kind", _("Kind", context="SV Subject Request"), 140),
		("received", _("Received", context="SV Subject Request"), 110),
		("open", _("Open", context="SV Subject Request"), 110),
		("late", _("Late", context="SV Subject Request"), 110),
		("lengthened", _("Lengthened", context="SV Subject Request"), 110),
	)
	return [
		{"fieldname": name, "label": label, "fieldtype": "Data", "width": width, "align": "left"}
		for name, label, width in named
	]


def _rows() -> list[dict]:
	fields = ["registration", "desk", "kind", "received_on", "status", "due_on", "closed_on", "lengthened_on"]
	came: dict[str, list] = {}
	for row in frappe.get_all(REQUEST, fields=fields, order_by="received_on desc, name asc"):
		came.setdefault(row.registration, []).append(row)
	counted: dict[tuple, dict] = {}
	for rows in came.values():
		first = rows[0]
		place = (first.received_on.year, first.desk, first.kind)
		line = counted.setdefault(place, {"received": 0, "open": 0, "late": 0, "lengthened": 0})
		line["received"] += 1
		line["open"] += any(row.status not in CLOSED for row in rows)
		line["late"] += any(_is_late(row) for row in rows)
		line["lengthened"] += any(bool(row.lengthened_on) for row in rows)
	return [
		{
			"year": year,
			"desk": frappe.db.get_value("SV Desk", desk, "title"),
			"kind": _(kind, context=REQUEST),
			**line,
		}
		for (year, desk, kind), line in sorted(counted.items(), key=lambda one: (-one[0][0], *one[0][1:]))
	]


def _is_late(row) -> bool:
	"""Tell whether an answer left after its last day, or hasn't by now."""
	return (row.closed_on or getdate()) > row.due_on
