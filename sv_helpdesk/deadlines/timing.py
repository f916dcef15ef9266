"""When a clock is due, warns and is looked at: pure functions, which know no database.

A clock with a term warns when a part of its time has passed. One that runs until a day does so, too, but not
earlier than a week before: a contact after half a year needs no warning after months. A desk that is hardly ever
open keeps nothing out: where its calendar never comes to an end, office hours hold.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import wraps
from typing import NamedTuple

import frappe

from sv_helpdesk.deadlines import working_time
from sv_helpdesk.deadlines.calendar_time import END_OF_DAY
from sv_helpdesk.deadlines.calendars import Calendar
from sv_helpdesk.deadlines.length import Length

WORKING, CALENDAR = "Working time", "Calendar time"
USUAL_WARNING = 75
WEEK = timedelta(days=7)
HOUR = 60 * 60


class Timing(NamedTuple):
	"""The moments of a clock, local times, and in which kind of time it counts.

	Attributes:
		due_at: when it must be done.
		warn_at: when it warns.
		next_at: when it is looked at first: when it warns, or one working hour before it is due if that is sooner.
		counted_in: WORKING or CALENDAR.
	"""

	due_at: datetime
	warn_at: datetime
	next_at: datetime
	counted_in: str


def _or_in_office_hours(work: Callable) -> Callable:
	"""Return a function of a calendar that goes by office hours where it never comes to an end."""

	@wraps(work)
	def in_time(calendar: Calendar, *args):
		try:
			return work(calendar, *args)
		except working_time.NeverDue:
			frappe.clear_last_message()
			return work(Calendar(zone=calendar.zone), *args)

	return in_time


@_or_in_office_hours
def by_term(calendar: Calendar, length: Length, warn_percent: int, start: datetime) -> Timing:
	"""Return the timing of a clock that starts at `start` and has a term."""
	due = length.due(calendar, start)
	if not length.is_working_time:
		return _timing(calendar, due, start + (due - start) * warn_percent / 100, CALENDAR)
	passed = working_time.between(calendar, start, due) * warn_percent // 100
	return _timing(calendar, due, working_time.add(calendar, start, passed), WORKING)


@_or_in_office_hours
def by_day(calendar: Calendar, last: date, start: datetime) -> Timing:
	"""Return the timing of a clock that starts at `start` and runs until the end of a day."""
	due = datetime.combine(last, END_OF_DAY)
	part = start + (due - start) * USUAL_WARNING / 100
	return _timing(calendar, due, max(start, part, due - WEEK) if due > start else due, CALENDAR)


@_or_in_office_hours
def after_waiting(calendar: Calendar, timing: Timing, waited: int) -> Timing:
	"""Return a timing in working time moved by how long its clock has waited.

	Args:
		calendar: of the desk.
		timing: as if it had never waited.
		waited: seconds of working time.
	"""
	due, warn = (working_time.add(calendar, moment, waited) for moment in (timing.due_at, timing.warn_at))
	return _timing(calendar, due, warn, timing.counted_in)


@_or_in_office_hours
def going_on(calendar: Calendar, at: datetime, left: int, to_warning: int) -> Timing:
	"""Return the timing of a clock in working time that has waited and goes on.

	Args:
		calendar: of the desk.
		at: the moment at which it goes on.
		left: seconds of working time until it is due.
		to_warning: seconds of working time until it warns.
	"""
	due, warn = (working_time.add(calendar, at, seconds) for seconds in (left, to_warning))
	return _timing(calendar, due, warn, WORKING)


def _timing(calendar: Calendar, due: datetime, warn: datetime, counted_in: str) -> Timing:
	return Timing(due, warn, min(warn, working_time.subtract(calendar, due, HOUR)), counted_in)
