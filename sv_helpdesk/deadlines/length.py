"""How long a term is: an amount of a unit, and when it ends."""

from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe import _

from sv_helpdesk.deadlines import calendar_time, working_time
from sv_helpdesk.deadlines.calendars import Calendar

WORKING_HOURS, WORKING_DAYS = "Working hours", "Working days"
CALENDAR_DAYS, CALENDAR_MONTHS = "Calendar days", "Calendar months"
# a term of more than a year is a mistake
LONGEST = {WORKING_HOURS: 2000, WORKING_DAYS: 260, CALENDAR_DAYS: 366, CALENDAR_MONTHS: 12}


@dataclass(frozen=True)
class Length:
	"""The length of a term.

	Attributes:
		amount: how many of the unit.
		unit: WORKING_HOURS, WORKING_DAYS, CALENDAR_DAYS or CALENDAR_MONTHS.
		moves: whether a term in calendar time that ends in a weekend or on a recognised holiday goes on.
	"""

	amount: int
	unit: str
	moves: bool = True

	@property
	def is_working_time(self) -> bool:
		"""Whether it goes by the calendar of the desk, and not as the law counts."""
		return self.unit in (WORKING_HOURS, WORKING_DAYS)

	def due(self, calendar: Calendar, start: datetime) -> datetime:
		"""Return when a term that starts at `start` ends; both local time without a zone."""
		if self.unit == WORKING_HOURS:
			return working_time.add(calendar, start, self.amount * 3600)
		if self.unit == WORKING_DAYS:
			return working_time.add_days(calendar, start, self.amount)
		if self.unit == CALENDAR_DAYS:
			return calendar_time.add(start, days=self.amount, moves=self.moves)
		return calendar_time.add(start, months=self.amount, moves=self.moves)


def checked(length: Length) -> Length:
	"""Return a length that makes sense.

	Raises:
		frappe.ValidationError: it is nothing, negative or more than a year.
	"""
	most = LONGEST[length.unit]
	if not 1 <= length.amount <= most:
		frappe.throw(_("This term is nothing, or longer than a year. Choose between 1 and {0}.").format(most))
	return length
