"""When a desk is open: hours per weekday with breaks, holidays and closing days of its own.

The desk is open whenever the clock on its wall shows an opening hour of an open day. So a desk that is open at
night has an hour more on the last Sunday of October, and one less on that of March.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import frappe
from frappe import _

from sv_helpdesk.deadlines.holiday_rules import USUAL, HolidayRules
from sv_helpdesk.deadlines.local_time import stretches

MIDNIGHT = 24 * 60 * 60
# opening and closing of one span, in seconds since midnight on the wall's clock
Span = tuple[int, int]
OFFICE_HOURS: tuple[Span, ...] = ((9 * 3600, 17 * 3600),)


class BadCalendar(frappe.ValidationError):
	"""The opening hours of a calendar can't be worked with."""


@dataclass(frozen=True)
class Calendar:
	"""The opening hours of a desk.

	Attributes:
		hours: the spans of each weekday, Monday first; several spans leave breaks between them.
		holidays: the public holidays on which it is closed; None: it works on all of them.
		closed: other days on which it is closed.
		zone: of the clock on its wall; always said, for a desk is where its site is.
	"""

	hours: tuple[tuple[Span, ...], ...] = (OFFICE_HOURS,) * 5 + ((),) * 2
	holidays: HolidayRules | None = USUAL
	closed: frozenset[date] = frozenset()
	zone: ZoneInfo = field(kw_only=True)

	def spans(self, day: date) -> tuple[Span, ...]:
		"""Return the opening hours of one day by the wall's clock; none on a closed day."""
		spans = self.hours[day.weekday()]
		if not spans or day in self.closed or (self.holidays and self.holidays.is_holiday(day)):
			return ()
		return spans

	def open_between(self, day: date) -> Iterator[tuple[datetime, datetime]]:
		"""Yield when the desk is open on one day, in order, as instants in UTC."""
		spans = self.spans(day)
		if not spans:
			return
		midnight = datetime.combine(day, time.min, tzinfo=timezone.utc)
		for stretch in stretches(day, self.zone):
			zero = midnight - stretch.offset
			for opens, closes in spans:
				start = max(stretch.start, zero + timedelta(seconds=opens))
				end = min(stretch.end, zero + timedelta(seconds=closes))
				if start < end:
					yield start, end

	def open_for(self, day: date) -> timedelta:
		"""Return how long the desk is open on one day."""
		if len(stretches(day, self.zone)) == 1:
			return timedelta(seconds=sum(closes - opens for opens, closes in self.spans(day)))
		return sum((end - start for start, end in self.open_between(day)), timedelta())


def checked(calendar: Calendar) -> Calendar:
	"""Return a calendar whose hours can be worked with, each day's in order.

	Raises:
		BadCalendar: it never opens, closes before it opens, or opens twice at a time.
	"""
	for spans in calendar.hours:
		for opens, closes in spans:
			if not 0 <= opens < closes <= MIDNIGHT:
				frappe.throw(_("A desk closes before it opens. Correct the opening hours."), BadCalendar)
		ordered = sorted(spans)
		for earlier, later in pairwise(ordered):
			if later[0] < earlier[1]:
				frappe.throw(
					_("Two opening hours of one day overlap. Let the second begin after the first ends."),
					BadCalendar,
				)
	if not any(calendar.hours):
		frappe.throw(_("This calendar never opens. Add opening hours of at least one weekday."), BadCalendar)
	return replace(calendar, hours=tuple(tuple(sorted(spans)) for spans in calendar.hours))
