"""When a clock is due and when it warns: pure functions, which know no database.

A clock with a term warns when a part of its time has passed. One that runs until a day does so, too, but not
earlier than a week before: a contact after half a year needs no warning after months.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from sv_helpdesk.deadlines import working_time
from sv_helpdesk.deadlines.calendar_time import END_OF_DAY
from sv_helpdesk.deadlines.calendars import Calendar
from sv_helpdesk.deadlines.length import Length

WORKING, CALENDAR = "Working time", "Calendar time"
USUAL_WARNING = 75
WEEK = timedelta(days=7)


class Timing(NamedTuple):
	"""When a clock is due and warns, local times, and in which kind of time it counts."""

	due_at: datetime
	warn_at: datetime
	counted_in: str


def by_term(calendar: Calendar, length: Length, warn_percent: int, start: datetime) -> Timing:
	"""Return the timing of a clock that starts at `start` and has a term.

	Raises:
		working_time.NeverDue: the desk is hardly ever open.
	"""
	due = length.due(calendar, start)
	if not length.is_working_time:
		return Timing(due, start + (due - start) * warn_percent / 100, CALENDAR)
	passed = working_time.between(calendar, start, due) * warn_percent // 100
	return Timing(due, working_time.add(calendar, start, passed), WORKING)


def by_day(last: date, start: datetime) -> Timing:
	"""Return the timing of a clock that starts at `start` and runs until the end of a day."""
	due = datetime.combine(last, END_OF_DAY)
	part = start + (due - start) * USUAL_WARNING / 100
	return Timing(due, max(start, part, due - WEEK) if due > start else due, CALENDAR)


def after_waiting(calendar: Calendar, timing: Timing, waited: int) -> Timing:
	"""Return a timing in working time moved by how long its clock has waited.

	Args:
		calendar: of the desk.
		timing: as if it had never waited.
		waited: seconds of working time.
	"""
	due, warn = (working_time.add(calendar, moment, waited) for moment in (timing.due_at, timing.warn_at))
	return Timing(due, warn, timing.counted_in)
