"""Terms in calendar time, as the law counts: the day of the event doesn't count, and the last day counts whole.

A statutory term that ends on a Saturday, Sunday or recognised holiday goes on to the end of the next day that is
none (Algemene termijnenwet, article 1); the law's own list of holidays decides, not the desk's calendar. That
article is for terms of up to 90 days, twelve weeks or three months, so for both of the whistleblowers' act.
"""

from datetime import date, datetime, time

from dateutil.relativedelta import relativedelta

from sv_helpdesk.deadlines.holiday_rules import STATUTORY
from sv_helpdesk.deadlines.local_time import DAY

END_OF_DAY = time(23, 59, 59)
SATURDAY = 5


def add(start: datetime, days: int = 0, months: int = 0, moves: bool = True) -> datetime:
	"""Return when a term in calendar time ends.

	Args:
		start: the event it starts with, local time without a zone.
		days: calendar days.
		months: calendar months; a day that the last month doesn't have becomes its last day.
		moves: whether it goes on when it ends in a weekend or on a recognised holiday.

	Returns:
		The last second of the last day, local time without a zone.
	"""
	last = start.date() + relativedelta(months=months, days=days)
	while moves and not is_working_day(last):
		last += DAY
	return datetime.combine(last, END_OF_DAY)


def is_working_day(day: date) -> bool:
	"""Tell whether a statutory term may end on this day."""
	return day.weekday() < SATURDAY and not STATUTORY.is_holiday(day)
