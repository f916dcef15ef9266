"""The history of a clock: what happened to it, when and why; its rows are only ever added."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import frappe
from frappe.utils import now_datetime

from sv_helpdesk.deadlines import stages, working_time
from sv_helpdesk.deadlines.calendars import Calendar

STARTED, PAUSED, RESUMED, CHANGED, MET, CANCELLED, LAPSED = (
	*("Started", "Paused", "Resumed", "Changed"),
	*("Met", "Cancelled", "Lapsed"),
)
TIME_PASSED = "Time passed"
# what a stage of the sweep is called; the later ones tell again
TOLD = {stages.WARNED: "Warned", stages.LAST_HOUR: "Warned", stages.BREACHED: "Breached"}
TOLD_AGAIN = "Escalated"


class Event(NamedTuple):
	"""What a clock did.

	Attributes:
		clock: its name.
		event: what it did.
		cause: what that followed from.
		due_at: when it has to be done from then on.
	"""

	clock: str
	event: str
	cause: str
	due_at: datetime


def note(events: list[Event], at: datetime) -> None:
	"""Add rows to the histories of clocks, all by one statement.

	Args:
		events: what they did, in order.
		at: when.
	"""
	if not events:
		return
	last, values = _lengths(events), []
	for clock, event, cause, due_at in events:
		last[clock] += 1
		values += [frappe.generate_hash(length=10), clock, last[clock], event, cause, due_at]
	same = [frappe.db.escape(str(value)) for value in (at, now_datetime(), frappe.session.user)]
	row = "(%s, %s, %s, %s, %s, %s, {0}, {1}, {1}, {2}, {2}, 'SV Deadline', 'history')"
	row = row.format(*(value.replace("%", "%%") for value in same))
	frappe.db.sql(
		"insert into `tabSV Deadline Event` (`name`, `parent`, `idx`, `event`, `cause`, `due_at`, `happened_at`,"
		" `creation`, `modified`, `owner`, `modified_by`, `parenttype`, `parentfield`)"
		f" values {', '.join([row] * len(events))}",
		values,
	)


def told(clocks: Iterable, reached: dict[str, int]) -> list[Event]:
	"""Return what the sweep did to clocks that came to a new stage.

	Args:
		clocks: rows of SV Deadline.
		reached: that stage by the clock's name.
	"""
	return [
		Event(clock.name, TOLD.get(reached[clock.name], TOLD_AGAIN), TIME_PASSED, clock.due_at)
		for clock in clocks
	]


def waited(calendars: dict[str, Calendar]) -> dict[str, int]:
	"""Return for how many seconds of working time clocks have waited so far, by their histories.

	Args:
		calendars: the calendar of the desk by the name of the clock.

	Returns:
		By the name of the clock; those that have not waited are left out.
	"""
	if not calendars:
		return {}
	row = frappe.qb.DocType("SV Deadline Event")
	query = frappe.qb.from_(row).select(row.parent, row.event, row.happened_at)
	query = query.where(row.parent.isin(list(calendars)) & row.event.isin((PAUSED, RESUMED)))
	total, since = Counter(), {}
	# by time: two that write at once may number their rows alike
	for name, event, at in query.orderby(row.happened_at).orderby(row.idx).run():
		if event == PAUSED:
			since[name] = at
		elif name in since:
			total[name] += working_time.between(calendars[name], since.pop(name), at)
	return total


def _lengths(events: list[Event]) -> Counter:
	"""Return how many rows each history has; one that starts has none, and is not asked for."""
	names = {event.clock for event in events} - {event.clock for event in events if event.event == STARTED}
	if not names:
		return Counter()
	counts = frappe.db.sql(
		"select `parent`, max(`idx`) from `tabSV Deadline Event` where `parent` in %s group by `parent`",
		(tuple(names),),
	)
	return Counter(dict(counts))
