"""How all desks kept their promises in a quarter, counted once and then told to every reader alike.

Counted anew at each reading, two readings could be subtracted: what was registered late in between at another desk
would show (R3).
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

import frappe
from frappe.utils import getdate, now_datetime

from sv_helpdesk.permissions.recipients import desks_of
from sv_helpdesk.reports import deadline_figures

QUARTER = "SV Quarter Figures"
# what happened in a quarter is mostly registered by then
REGISTERED_AFTER = timedelta(days=14)


def freeze_finished() -> None:
	"""Every day: count the quarters that are long enough over and weren't counted yet."""
	frozen = {getdate(day) for day in frappe.get_all(QUARTER, pluck="quarter", order_by="quarter")}
	for first in _finished():
		if first not in frozen:
			_freeze(first)


def of_other_desks(user: str, first: date, last: date) -> list[dict] | None:
	"""Return the figures of all desks but somebody's own, or None if they aren't of a quarter that was counted.

	Args:
		user: whose own desks are left out.
		first: day on which the period begins.
		last: its last day.
	"""
	if last != end_of_quarter(first):
		return None
	told = frappe.db.get_value(QUARTER, {"quarter": first}, "figures")
	if told is None:
		return None
	own = desks_of(user)
	return [row for row in frappe.parse_json(told) if row["desk"] not in own]


def end_of_quarter(first: date) -> date:
	"""Return the last day of the quarter that begins on a day."""
	return first + relativedelta(months=3) - timedelta(days=1)


def _finished() -> Iterable[date]:
	"""The first days of all quarters since the first promise that are long enough over."""
	first_end = deadline_figures.first_end()
	if not first_end:
		return
	first = date(first_end.year, (first_end.month - 1) // 3 * 3 + 1, 1)
	while datetime.combine(end_of_quarter(first), time.max) + REGISTERED_AFTER < now_datetime():
		yield first
		first += relativedelta(months=3)


def _freeze(first: date) -> None:
	row = frappe.new_doc(QUARTER)
	row.update(
		{
			"quarter": first,
			"frozen_at": now_datetime(),
			"figures": frappe.as_json(
				deadline_figures.of_all_desks(first, end_of_quarter(first)), indent=None
			),
		}
	)
	row.set_new_name()
	# kept by the system: nobody has a right to these rows
	row.db_insert()
