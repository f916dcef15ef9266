"""Moments by the calendars of desks that warnings need; each calendar and moment is worked out once."""

from collections.abc import Callable
from datetime import datetime, time

import frappe

from sv_helpdesk.deadlines import working_time
from sv_helpdesk.deadlines.calendars import Calendar
from sv_helpdesk.deadlines.desk_calendars import calendar_of, office_hours
from sv_helpdesk.deadlines.local_time import DAY
from sv_helpdesk.deadlines.timing import HOUR


class DeskTime:
	"""The time of several desks. One whose calendar can't be worked with warns in office hours: it must not
	keep the warnings of other desks."""

	def __init__(self):
		self._calendars: dict[str | None, Calendar] = {}
		self._days: dict[tuple, datetime] = {}

	def next_working_day(self, desk: str | None, moment: datetime) -> datetime:
		"""Return when a desk opens on its next working day after the day of `moment`."""
		tomorrow = datetime.combine(moment.date() + DAY, time.min)
		if (desk, tomorrow) not in self._days:
			self._days[desk, tomorrow] = self._ask(
				desk, lambda calendar: working_time.next_open(calendar, tomorrow)
			)
		return self._days[desk, tomorrow]

	def an_hour_before(self, desk: str | None, due: datetime) -> datetime:
		"""Return the moment from which one hour of the desk's working time is left until `due`."""
		return self._ask(desk, lambda calendar: working_time.subtract(calendar, due, HOUR))

	def _ask(self, desk: str | None, question: Callable[[Calendar], datetime]) -> datetime:
		try:
			return question(self._calendar(desk))
		except Exception:
			frappe.clear_messages()
			frappe.log_error("The calendar of a desk could not be worked with")
			self._calendars[desk] = office_hours()
			return question(self._calendars[desk])

	def _calendar(self, desk: str | None) -> Calendar:
		if desk not in self._calendars:
			self._calendars[desk] = calendar_of(desk)
		return self._calendars[desk]
