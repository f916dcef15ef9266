"""Days off in a holiday list of Helpdesk; the same in all its versions."""

from datetime import date

import frappe


def days(name: str | None) -> frozenset[date]:
	"""Return the days off in a holiday list, without its weekly ones: opening hours say which weekdays are worked.

	Args:
		name: of the HD Service Holiday List; None or one that is gone: no days.
	"""
	if not name:
		return frozenset()
	rows = {"parent": name, "parenttype": "HD Service Holiday List", "weekly_off": 0}
	return frozenset(frappe.get_all("HD Holiday", rows, pluck="holiday_date", order_by="holiday_date asc"))
