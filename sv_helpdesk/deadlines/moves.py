"""Sets clocks to another start and end, many of them by one statement, each with a row of its history."""

from datetime import datetime
from typing import NamedTuple

import frappe

from sv_helpdesk.deadlines import clocks, history, timing, working_time
from sv_helpdesk.deadlines.calendars import Calendar
from sv_helpdesk.deadlines.history import CHANGED, Event
from sv_helpdesk.deadlines.timing import Timing

COLUMNS = (
	*("name", "started_at", "due_at", "warn_at", "next_at", "term", "calendar"),
	*("status", "stage", "left_seconds", "breached_at"),
)


class Move(NamedTuple):
	"""What a clock is set to.

	Attributes:
		clock: a row of `clocks.of`, which is locked.
		calendar: of its desk.
		timing: when it is due and warns as if it had never waited.
		started_at: from when it counts.
		term: the SV Term by which it goes; None: its end is a day in its document.
	"""

	clock: object
	calendar: Calendar
	timing: Timing
	started_at: datetime
	term: str | None


def move(moves: list[Move], cause: str, at: datetime) -> int:
	"""Set clocks to other ends, time that they have waited added; return how many weren't there already.

	Args:
		moves: what they are set to.
		cause: what they follow from.
		at: the present moment.
	"""
	waited = history.waited({move.clock.name: move.calendar for move in moves})
	moved = []
	for wanted in moves:
		if seconds := waited.get(wanted.clock.name):
			anew = timing.after_waiting(wanted.calendar, wanted.timing, seconds)
			wanted = wanted._replace(timing=anew)
		if not _is_there(wanted):
			wanted.clock.update(_values(wanted, at))
			moved.append(wanted.clock)
	_write(moved)
	history.note([Event(clock.name, CHANGED, cause, clock.due_at) for clock in moved], at)
	clocks.show(moved)
	return len(moved)


def _is_there(wanted: Move) -> bool:
	"""Tell whether a clock goes so already: a job that is done twice warns nobody anew."""
	clock, anew = wanted.clock, wanted.timing
	goes = (clock.started_at, clock.due_at, clock.warn_at, clock.term, clock.calendar)
	return goes == (wanted.started_at, anew.due_at, anew.warn_at, wanted.term, anew.counted_in)


def _values(wanted: Move, at: datetime) -> dict:
	clock, anew = wanted.clock, wanted.timing
	values = {"started_at": wanted.started_at, "due_at": anew.due_at, "warn_at": anew.warn_at}
	values |= {"term": wanted.term, "calendar": anew.counted_in}
	if clock.status == "Paused":
		left = working_time.between(wanted.calendar, clock.paused_at, anew.due_at)
		values["left_seconds"] = max(0, left)
	elif clock.status == "Running" or anew.due_at > at:
		values |= {"status": "Running", "breached_at": None, "stage": 0, "next_at": anew.next_at}
	else:
		# late before and after: it was told, and goes on being told
		values["breached_at"] = anew.due_at
	return values


def _write(moved: list) -> None:
	if not moved:
		return
	row = f"({', '.join(['%s'] * len(COLUMNS))})"
	# an update of many rows with values of their own; the rows are locked, so that each is there
	frappe.db.sql(
		f"insert into `tabSV Deadline` ({', '.join(f'`{column}`' for column in COLUMNS)})"
		f" values {', '.join([row] * len(moved))} on duplicate key update"
		f" {', '.join(f'`{column}` = values(`{column}`)' for column in COLUMNS[1:])}",
		[clock[column] for clock in moved for column in COLUMNS],
	)
