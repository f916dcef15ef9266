"""The calendar of a desk, from the documents in which people keep it."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import frappe
from frappe.utils import get_system_timezone, getdate, now_datetime

from sv_helpdesk.deadlines import working_time
from sv_helpdesk.deadlines.calendars import BadCalendar, Calendar, checked
from sv_helpdesk.deadlines.holiday_rules import CHOICES, HolidayRules
from sv_helpdesk.deadlines.length import LONGEST, WORKING_DAYS
from sv_helpdesk.deadlines.working_time import NeverDue
from sv_helpdesk.helpdesk import holiday_list

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def calendar_of(desk: str | None) -> Calendar:
	"""Return when a desk is open; one without a calendar of its own, or no desk at all: in office hours.

	So is one whose calendar has become unusable, by a holiday list of the host for example: no case may be kept
	out because of it.

	Args:
		desk: name of the SV Desk.
	"""
	name = frappe.db.get_value("SV Desk", desk, "calendar") if desk else None
	if name:
		try:
			return usable(from_document(frappe.get_doc("SV Calendar", name)))
		except (BadCalendar, NeverDue):
			frappe.clear_last_message()
	return office_hours()


def office_hours() -> Calendar:
	"""Return when a desk is open whose own calendar says nothing or can't be worked with."""
	return Calendar(zone=_zone())


def usable(calendar: Calendar) -> Calendar:
	"""Return a calendar by which the longest term in working days comes to an end.

	Raises:
		working_time.NeverDue: the desk is hardly ever open.
	"""
	working_time.add_days(calendar, now_datetime(), LONGEST[WORKING_DAYS])
	return calendar


def from_document(doc) -> Calendar:
	"""Return the opening hours that an SV Calendar holds.

	Args:
		doc: the SV Calendar, saved or not.

	Raises:
		calendars.BadCalendar: its hours can't be worked with.
	"""
	hours = tuple(
		tuple(
			(_seconds(row.opens_at), _seconds(row.closes_at)) for row in doc.hours if row.weekday == weekday
		)
		for weekday in WEEKDAYS
	)
	left_out = frozenset(fieldname for fieldname in CHOICES if not doc.get(fieldname))
	closed = {day for row in doc.closing_days for day in _days(row.from_date, row.to_date)}
	closed |= holiday_list.days(doc.holiday_list)
	return checked(
		Calendar(hours, HolidayRules(left_out, doc.liberation_day), frozenset(closed), zone=_zone())
	)


def _days(first, last) -> list[date]:
	first, last = getdate(first), getdate(last or first)
	return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _seconds(text: str) -> int:
	hours, minutes = text.split(":")
	return int(hours) * 3600 + int(minutes) * 60


def _zone() -> ZoneInfo:
	return ZoneInfo(get_system_timezone())
