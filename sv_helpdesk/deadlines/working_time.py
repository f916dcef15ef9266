"""Adds and measures working time: pure functions that walk days, never minutes.

A moment that lies a given working time after another is the *earliest* such moment: what is due when the desk
closes is due at closing time and not when it opens again. So adding and measuring undo each other.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NoReturn

import frappe
from frappe import _

from sv_helpdesk.deadlines.calendars import Calendar
from sv_helpdesk.deadlines.local_time import DAY, SECOND, to_instant, to_moment

# ten years: no term is near it, and no walk takes longer
FURTHEST = 3660


class NeverDue(frappe.ValidationError):
	"""The desk isn't open long enough within ten years."""


def add(calendar: Calendar, start: datetime, seconds: int) -> datetime:
	"""Return the earliest moment at which the desk has been open for so long since `start`.

	Args:
		calendar: when the desk is open.
		start: local time without a zone; may lie outside opening hours.
		seconds: of working time, 0 or more; 0 gives `start` back.

	Returns:
		Local time without a zone, with `fold` in the hour that comes twice.

	Raises:
		NeverDue: that takes more than ten years.
	"""
	left = timedelta(seconds=seconds)
	if left <= timedelta():
		return start
	begin = to_instant(start, calendar.zone)
	for day in _days(start.date()):
		if day > start.date() and (whole := calendar.open_for(day)) < left:
			left -= whole
			continue
		for opens, closes in calendar.open_between(day):
			opens = max(opens, begin)
			if closes - opens >= left:
				return to_moment(opens + left, calendar.zone)
			left -= max(closes - opens, timedelta())
	_refuse()


def add_days(calendar: Calendar, start: datetime, days: int) -> datetime:
	"""Return the moment a number of working days after `start`.

	That is the same time of day so many days with opening hours later: started on Tuesday at 15:00, one working
	day ends on Wednesday at 15:00. What starts outside opening hours starts when the desk opens next. Where
	the desk isn't open at that time on the last day, it is the last moment before it at which it was: started on
	Thursday at 16:00, on a Friday that ends at noon, at noon; started when the desk opens, at the closing
	time before.

	Args:
		calendar: when the desk is open.
		start: local time without a zone.
		days: working days, 0 or more.

	Raises:
		NeverDue: that takes more than ten years.
	"""
	begin = next_open(calendar, start)
	later = (day for day in _days(begin.date() + DAY) if calendar.open_for(day))
	day = begin.date()
	for _count in range(days):
		day = next(later, None)
		if day is None:
			_refuse()
	return add(calendar, begin, between(calendar, begin, datetime.combine(day, begin.time())))


def subtract(calendar: Calendar, end: datetime, seconds: int) -> datetime:
	"""Return the latest moment from which the desk is open for so long until `end`.

	Args:
		calendar: when the desk is open.
		end: local time without a zone.
		seconds: of working time, 0 or more; 0 gives `end` back.

	Raises:
		NeverDue: that takes more than ten years.
	"""
	left = timedelta(seconds=seconds)
	if left <= timedelta():
		return end
	finish = to_instant(end, calendar.zone)
	for day in _days(end.date(), -DAY):
		for opens, closes in reversed([*calendar.open_between(day)]):
			closes = min(closes, finish)
			if closes - opens >= left:
				return to_moment(closes - left, calendar.zone)
			left -= max(closes - opens, timedelta())
	_refuse()


def between(calendar: Calendar, start: datetime, end: datetime) -> int:
	"""Return how long the desk is open between two moments, in whole seconds; negative if `end` is earlier.

	Args:
		calendar: when the desk is open.
		start, end: local time without a zone, at most ten years apart.

	Raises:
		NeverDue: they are further apart.
	"""
	begin, finish = to_instant(start, calendar.zone), to_instant(end, calendar.zone)
	if finish < begin:
		return -between(calendar, end, start)
	total, first, last = timedelta(), start.date(), end.date()
	for day in _days(first):
		if day > last:
			return total // SECOND
		if first < day < last:
			total += calendar.open_for(day)
			continue
		for opens, closes in calendar.open_between(day):
			total += max(min(closes, finish) - max(opens, begin), timedelta())
	_refuse()


def next_open(calendar: Calendar, moment: datetime) -> datetime:
	"""Return the first moment from `moment` on at which the desk is open: itself, or an opening time.

	Raises:
		NeverDue: the desk doesn't open within ten years.
	"""
	begin = to_instant(moment, calendar.zone)
	for day in _days(moment.date()):
		for opens, closes in calendar.open_between(day):
			if begin < closes:
				return to_moment(max(opens, begin), calendar.zone)
	_refuse()


def _days(first: date, step: timedelta = DAY) -> Iterator[date]:
	return (first + number * step for number in range(FURTHEST))


def _refuse() -> NoReturn:
	frappe.throw(
		_("This desk is hardly ever open, so the term doesn't end. Correct the calendar of the desk."),
		NeverDue,
	)
