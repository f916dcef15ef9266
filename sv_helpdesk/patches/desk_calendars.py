"""Desks that had opening hours of their own get a calendar with them."""

import frappe


def execute() -> None:
	"""Make a calendar for each desk whose hours or holiday list weren't the usual ones."""
	if not frappe.db.has_column("SV Desk", "opens_at"):
		return
	desk = frappe.qb.DocType("SV Desk")
	query = frappe.qb.from_(desk).select(desk.name, desk.opens_at, desk.closes_at, desk.holiday_list)
	for row in query.where(desk.calendar.isnull()).orderby(desk.name).run(as_dict=True):
		if (row.opens_at, row.closes_at, row.holiday_list or "") != ("09:00", "17:00", ""):
			frappe.db.set_value("SV Desk", row.name, "calendar", _calendar(row), update_modified=False)


def _calendar(row) -> str:
	calendar = frappe.new_doc("SV Calendar")
	calendar.calendar_name = f"{row.name} ({row.opens_at}-{row.closes_at})"
	if frappe.db.exists("HD Service Holiday List", row.holiday_list or ""):
		calendar.holiday_list = row.holiday_list
	for weekday in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"):
		hours = {"weekday": weekday, "opens_at": row.opens_at, "closes_at": row.closes_at}
		calendar.append("hours", hours)
	return calendar.insert().name
