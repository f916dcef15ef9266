"""Writes clocks: starts, stops, pauses and resumes them, each with a row of its history.

The only place that writes SV Deadline, with moves.py and the sweep. Rows go in and change by plain statements: a clock follows
from documents that somebody had the right to change, and nobody has a right to write one.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import frappe
from frappe.utils import now_datetime

from sv_helpdesk.deadlines import history, timing, working_time
from sv_helpdesk.deadlines.calendars import Calendar
from sv_helpdesk.deadlines.history import (
	CANCELLED,
	CHANGED,
	LAPSED,
	MET,
	PAUSED,
	RESUMED,
	STARTED,
	Event,
)
from sv_helpdesk.deadlines.stages import ESCALATED
from sv_helpdesk.deadlines.timing import Timing
from sv_helpdesk.helpdesk import ticket_dates

OPEN = ("Running", "Paused", "Breached")
FIELDS = (
	*("name", "report", "kind", "status", "desk", "deadline_owner", "term", "calendar"),
	*("started_at", "due_at", "warn_at", "next_at", "breached_at", "met_at", "stage", "paused_at"),
	"left_seconds",
)


class NewClock(NamedTuple):
	"""A clock to be started: what it watches, for whom, and until when."""

	kind: str
	document_type: str
	document_name: str
	report: str | None
	decision_table: str | None
	desk: str | None
	deadline_owner: str | None
	started_at: datetime
	term: str | None
	timing: Timing


def of(document_type: str, document_name: str) -> list:
	"""Lock and return all clocks of a document as they are now, also those that have stopped.

	Args:
		document_type, document_name: of what they watch.
	"""
	watching = {"document_type": document_type, "document_name": document_name}
	return locked(frappe.get_all("SV Deadline", watching, pluck="name", order_by="name asc"))


def locked(names: list[str]) -> list:
	"""Lock and return clocks as they are now, the oldest first: what somebody else has stopped stays stopped.

	By their names: a lock on a range of rows would make two new cases wait for each other.

	Args:
		names: of the clocks.
	"""
	if not names:
		return []
	rows = frappe.db.sql(
		f"select {', '.join(f'`{column}`' for column in (*FIELDS, 'creation'))} from `tabSV Deadline`"
		" force index (primary) where `name` in %s order by `name` for update",
		(tuple(names),),
		as_dict=True,
	)
	return sorted(rows, key=lambda row: row.creation)


def start(new: NewClock, cause: str, at: datetime) -> object:
	"""Start a clock and return it.

	Args:
		new: the clock.
		cause: what it follows from, an option of SV Deadline Event.
		at: the present moment.
	"""
	values = new._asdict()
	due, warn, next_at, counted_in = values.pop("timing")
	clock = frappe.new_doc("SV Deadline")
	clock.update({**values, "status": "Running", "stage": 0, "calendar": counted_in})
	clock.update({"due_at": due, "warn_at": warn, "next_at": next_at})
	clock.set_user_and_timestamp()
	clock.set_new_name()
	# nobody has the right to write one by hand
	clock.db_insert()
	history.note([Event(clock.name, STARTED, cause, due)], at)
	show([clock])
	return frappe._dict({fieldname: clock.get(fieldname) for fieldname in FIELDS})


def tell_with_others(clock, now: datetime) -> None:
	"""Let a clock that is late when it starts be told in the next digest, and nobody hear of it at once.

	Args:
		clock: a row of `start`.
		now: the present moment.
	"""
	late = {"status": "Breached", "stage": ESCALATED, "breached_at": clock.due_at, "next_at": now}
	_write(clock, late)


def meet(clock, calendar: Calendar, cause: str, at: datetime) -> None:
	"""Stop a clock because it is done.

	Args:
		clock: a row of `of`.
		calendar: of its desk.
		cause: what it follows from.
		at: when it was done, which may be before somebody wrote it down.
	"""
	due = _gone_on(clock, calendar, at).due_at if clock.status == "Paused" else clock.due_at
	late = {"breached_at": due if at > due else None}
	_stop(clock, {"status": "Met", "met_at": at, "due_at": due, **late})
	history.note([Event(clock.name, MET, cause, due)], at)


def correct(clock, cause: str, met_at: datetime) -> None:
	"""Say of a clock that was met when that really was.

	Args:
		clock: a row of `of`.
		cause: what it follows from.
		met_at: when it was done.
	"""
	late = clock.due_at if met_at > clock.due_at else None
	_write(clock, {"met_at": met_at, "breached_at": late})
	history.note([Event(clock.name, CHANGED, cause, clock.due_at)], now_datetime())


def cancel(clock, cause: str, at: datetime) -> None:
	"""Stop a clock because it is no longer needed; one that is out of time by then was not kept."""
	is_late = clock.status != "Paused" and at > clock.due_at
	_cancel(clock, cause, at, clock.due_at if is_late else None)


def give_way(clock, cause: str, at: datetime) -> None:
	"""Stop a clock in whose place another one runs: that one tells whether it was in time."""
	_cancel(clock, cause, at, None)


def lapse(clock, cause: str, at: datetime) -> None:
	"""Stop a clock that has run out and asks nothing of anybody."""
	_stop(clock, {"status": "Lapsed"})
	history.note([Event(clock.name, LAPSED, cause, clock.due_at)], at)


def pause(clock, calendar: Calendar, cause: str, at: datetime) -> None:
	"""Let a clock wait; one that is out of time already doesn't, and time by the calendar never does."""
	if clock.status != "Running" or clock.due_at <= at or clock.calendar == timing.CALENDAR:
		return
	left = working_time.between(calendar, at, clock.due_at)
	_write(clock, {"status": "Paused", "paused_at": at, "left_seconds": left, "next_at": None})
	history.note([Event(clock.name, PAUSED, cause, clock.due_at)], at)


def resume(clock, calendar: Calendar, cause: str, at: datetime) -> None:
	"""Let a clock that waits go on with the time it has left; it is warned about anew."""
	if clock.status != "Paused":
		return
	anew = _gone_on(clock, calendar, at)
	values = {"status": "Running", "due_at": anew.due_at, "warn_at": anew.warn_at, "next_at": anew.next_at}
	_write(clock, {**values, "stage": 0, "paused_at": None, "left_seconds": 0})
	history.note([Event(clock.name, RESUMED, cause, anew.due_at)], at)


def show(changed: Iterable) -> None:
	"""Let the tickets of cases say what their clocks say.

	Args:
		changed: rows of SV Deadline.
	"""
	ticket_dates.show(row.report for row in changed if row.report and row.kind in ticket_dates.SHOWN)


def _gone_on(clock, calendar: Calendar, at: datetime) -> Timing:
	"""Return the timing of a clock that waits no longer than until now."""
	to_warning = max(0, working_time.between(calendar, clock.paused_at, clock.warn_at))
	return timing.going_on(calendar, max(at, clock.paused_at), clock.left_seconds, to_warning)


def _cancel(clock, cause: str, at: datetime, breached_at: datetime | None) -> None:
	_stop(clock, {"status": "Cancelled", "cancelled_at": at, "breached_at": breached_at})
	history.note([Event(clock.name, CANCELLED, cause, clock.due_at)], at)


def _stop(clock, values: dict) -> None:
	_write(clock, {**values, "next_at": None, "paused_at": None, "left_seconds": 0})


def _write(clock, values: dict) -> None:
	frappe.db.set_value("SV Deadline", clock.name, values)
	clock.update(values)
	show([clock])
