"""Working time and statutory terms: cases worked out by hand."""

from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

import frappe

from sv_helpdesk.deadlines import calendar_time, calendars, desk_calendars, length, working_time
from sv_helpdesk.deadlines.calendars import OFFICE_HOURS
from sv_helpdesk.deadlines.holiday_rules import (
	CHOICES,
	EVERY_FIFTH_YEAR,
	EVERY_YEAR,
	LIBERATION_DAY,
	NEVER,
	STATUTORY,
	HolidayRules,
	days_of,
)
from sv_helpdesk.deadlines.length import (
	CALENDAR_DAYS,
	CALENDAR_MONTHS,
	WORKING_DAYS,
	WORKING_HOURS,
	Length,
)

HOUR = 3600
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
Calendar = partial(calendars.Calendar, zone=AMSTERDAM)
# Monday to Friday 9-17, Dutch holidays
OFFICE = Calendar()
WITH_LUNCH = Calendar(hours=(((9 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR)),) * 5 + ((),) * 2)
SHORT_FRIDAY = Calendar(hours=(OFFICE_HOURS,) * 4 + (((9 * HOUR, 12 * HOUR),), (), ()))
ROUND_THE_CLOCK = Calendar(hours=(((0, 24 * HOUR),),) * 7, holidays=None)


def at(text: str) -> datetime:
	"""A moment written as 2026-11-24 15:00."""
	return datetime.fromisoformat(text)


def days_later(start: str, days: int, calendar: Calendar = OFFICE) -> str:
	return f"{working_time.add_days(calendar, at(start), days):%Y-%m-%d %H:%M}"


def hours_later(start: str, hours: float, calendar: Calendar = OFFICE) -> str:
	return f"{working_time.add(calendar, at(start), int(hours * HOUR)):%Y-%m-%d %H:%M}"


def hours_between(start: str, end: str, calendar: Calendar = OFFICE) -> float:
	return working_time.between(calendar, at(start), at(end)) / HOUR


def test_a_working_day_lasts_until_the_same_time_of_the_next():
	assert days_later("2026-11-24 15:00", 1) == "2026-11-25 15:00"
	# over the weekend
	assert days_later("2026-11-27 15:00", 1) == "2026-11-30 15:00"
	assert days_later("2026-11-24 15:00", 5) == "2026-12-01 15:00"


def test_what_starts_outside_opening_hours_starts_when_the_desk_opens_next():
	# Saturday night: Monday counts whole
	assert days_later("2026-11-28 23:00", 1) == "2026-11-30 17:00"
	assert days_later("2026-11-24 06:00", 1) == "2026-11-24 17:00"
	# closing time is outside; one minute before it isn't
	assert days_later("2026-11-24 17:00", 1) == "2026-11-25 17:00"
	assert days_later("2026-11-24 16:59", 1) == "2026-11-25 16:59"


def test_a_working_day_that_ends_while_the_desk_is_closed_ends_at_its_last_open_moment():
	# Thursday afternoon, and Friday ends at noon
	assert days_later("2026-11-26 16:00", 1, SHORT_FRIDAY) == "2026-11-27 12:00"
	# in the lunch break of the day it ends
	assert days_later("2026-11-24 12:30", 1, WITH_LUNCH) == "2026-11-25 12:00"


def test_no_working_day_at_all_is_due_at_once():
	assert days_later("2026-11-24 15:00", 0) == "2026-11-24 15:00"


def test_what_is_due_when_the_desk_closes_is_not_due_when_it_opens_again():
	assert hours_later("2026-11-27 09:00", 8) == "2026-11-27 17:00"
	assert hours_later("2026-11-27 15:00", 2) == "2026-11-27 17:00"
	assert working_time.add(OFFICE, at("2026-11-27 15:00"), 2 * HOUR + 1) == at("2026-11-30 09:00:01")
	assert hours_later("2026-11-24 10:00", 2, WITH_LUNCH) == "2026-11-24 12:00"


def test_breaks_and_nights_do_not_count():
	assert hours_later("2026-11-24 10:00", 3, WITH_LUNCH) == "2026-11-24 14:00"
	assert hours_later("2026-11-24 12:30", 1, WITH_LUNCH) == "2026-11-24 14:00"
	assert hours_between("2026-11-24 12:00", "2026-11-24 13:00", WITH_LUNCH) == 0
	assert hours_between("2026-11-24 16:00", "2026-11-25 10:00") == 2


def test_measuring_backwards_is_negative_and_nothing_is_nothing():
	assert hours_between("2026-11-25 10:00", "2026-11-24 16:00") == -2
	assert hours_between("2026-11-24 16:00", "2026-11-24 16:00") == 0
	assert working_time.add(OFFICE, at("2026-11-28 12:00"), 0) == at("2026-11-28 12:00")


def test_going_back_from_an_end_ends_at_the_latest_moment_that_will_do():
	assert working_time.subtract(OFFICE, at("2026-11-30 10:00"), 2 * HOUR) == at("2026-11-27 16:00")
	# not at closing time of the day before, but when the desk opens
	assert working_time.subtract(OFFICE, at("2026-11-30 10:00"), HOUR) == at("2026-11-30 09:00")
	assert working_time.subtract(OFFICE, at("2026-11-24 23:59:59"), HOUR) == at("2026-11-24 16:00")
	assert working_time.subtract(OFFICE, at("2026-11-28 12:00"), 0) == at("2026-11-28 12:00")


def test_the_hour_that_march_skips_is_not_worked():
	# Sunday 29 March 2026: 02:00 becomes 03:00
	assert hours_between("2026-03-29 00:00", "2026-03-30 00:00", ROUND_THE_CLOCK) == 23
	assert hours_later("2026-03-28 12:00", 24, ROUND_THE_CLOCK) == "2026-03-29 13:00"
	assert hours_later("2026-03-29 01:30", 1, ROUND_THE_CLOCK) == "2026-03-29 03:30"
	# by day nothing changes
	assert hours_later("2026-03-27 16:00", 2) == "2026-03-30 10:00"
	assert days_later("2026-03-27 15:00", 1) == "2026-03-30 15:00"


def test_a_desk_that_opens_in_the_skipped_hour_opens_after_it():
	nights = Calendar(hours=(((2 * HOUR + 1800, 5 * HOUR),),) * 7, holidays=None)
	assert hours_between("2026-03-29 00:00", "2026-03-29 12:00", nights) == 2
	assert working_time.next_open(nights, at("2026-03-29 00:00")) == at("2026-03-29 03:00")


def test_the_hour_that_october_repeats_is_worked_twice():
	# Sunday 25 October 2026: 03:00 becomes 02:00
	assert hours_between("2026-10-25 00:00", "2026-10-26 00:00", ROUND_THE_CLOCK) == 25
	assert hours_later("2026-10-24 12:00", 24, ROUND_THE_CLOCK) == "2026-10-25 11:00"
	first = working_time.add(ROUND_THE_CLOCK, at("2026-10-25 01:30"), HOUR)
	second = working_time.add(ROUND_THE_CLOCK, at("2026-10-25 01:30"), 2 * HOUR)
	assert (first, first.fold) == (at("2026-10-25 02:30"), 0)
	assert (second, second.fold) == (at("2026-10-25 02:30"), 1)
	assert working_time.between(ROUND_THE_CLOCK, first, second) == HOUR
	assert hours_later("2026-10-23 16:00", 2) == "2026-10-26 10:00"


def test_a_night_desk_is_open_whenever_its_clock_says_so():
	until_half_past_two = Calendar(hours=(((0, 2 * HOUR + 1800),),) * 7, holidays=None)
	assert hours_between("2026-10-25 00:00", "2026-10-25 12:00", until_half_past_two) == 3


def test_the_end_of_a_year():
	# Thursday 31 December, New Year's Day is a Friday
	assert days_later("2026-12-31 15:00", 1) == "2027-01-04 15:00"
	assert hours_later("2026-12-31 16:00", 2) == "2027-01-04 10:00"
	# both days of Christmas are a Friday and a Saturday
	assert days_later("2026-12-24 10:00", 1) == "2026-12-28 10:00"


def test_a_leap_day_is_a_day():
	assert days_later("2028-02-28 15:00", 1) == "2028-02-29 15:00"
	assert days_later("2027-02-26 15:00", 1) == "2027-03-01 15:00"
	assert hours_between("2028-02-28 09:00", "2028-03-01 17:00") == 24


def test_easter_and_ascension():
	# Good Friday 3 April 2026 is worked, Easter Monday isn't
	assert days_later("2026-04-02 15:00", 2) == "2026-04-07 15:00"
	# Ascension, Thursday 14 May 2026; the Friday after it is an ordinary day
	assert days_later("2026-05-13 15:00", 1) == "2026-05-15 15:00"
	assert days_later("2026-05-22 15:00", 1) == "2026-05-26 15:00"


def test_good_friday_and_liberation_day_are_chosen():
	with_good_friday = Calendar(holidays=HolidayRules(left_out=frozenset()))
	assert days_later("2026-04-02 15:00", 1, with_good_friday) == "2026-04-07 15:00"
	fifth = {
		choice: [
			year
			for year in range(2024, 2031)
			if date(year, 5, 5) in days_of(HolidayRules(liberation_day=choice), year)
		]
		for choice in (NEVER, EVERY_FIFTH_YEAR, EVERY_YEAR)
	}
	assert fifth == {NEVER: [], EVERY_FIFTH_YEAR: [2025, 2030], EVERY_YEAR: [*range(2024, 2031)]}


def test_a_holiday_counts_on_a_day_that_has_two_of_them():
	# 5 May 2005 was Ascension and a fifth year's Liberation Day
	assert date(2005, 5, 5) in days_of(HolidayRules(liberation_day=NEVER), 2005)
	assert date(2005, 5, 5) in days_of(HolidayRules(frozenset({"ascension_day"})), 2005)
	assert date(2005, 5, 5) not in days_of(HolidayRules(frozenset({"ascension_day"}), NEVER), 2005)


def test_every_holiday_of_the_library_can_be_chosen():
	import holidays

	named = {name for names in CHOICES.values() for name in names} | {LIBERATION_DAY}
	years = holidays.country_holidays("NL", years=range(2020, 2041), language="en_US")
	assert {name for day in years for name in years.get_list(day)} == named
	nothing = HolidayRules(frozenset(CHOICES), NEVER)
	assert not any(days_of(nothing, year) for year in range(2020, 2041))


def test_own_closing_days_are_closed():
	closed = Calendar(closed=frozenset({date(2026, 11, 25), date(2026, 11, 26)}))
	assert days_later("2026-11-24 15:00", 1, closed) == "2026-11-27 15:00"


def test_a_pause_over_a_holiday_costs_no_working_time():
	# 8 working hours from Wednesday 15:00 before Ascension; the clock waits from 16:00 until Friday 10:00
	start, paused, resumed = at("2026-05-13 15:00"), at("2026-05-13 16:00"), at("2026-05-15 10:00")
	due = working_time.add(OFFICE, start, 8 * HOUR)
	assert due == at("2026-05-15 15:00")
	left = working_time.between(OFFICE, paused, due)
	assert left == 7 * HOUR
	# the pause took two working hours: one on Wednesday, one on Friday
	assert working_time.add(OFFICE, resumed, left) == at("2026-05-15 17:00")


def test_seven_days_after_receipt_count_from_the_next_day_to_the_end_of_the_last():
	assert calendar_time.add(at("2026-11-23 09:00"), days=7) == at("2026-11-30 23:59:59")
	assert calendar_time.add(at("2026-11-23 23:59"), days=7) == at("2026-11-30 23:59:59")


@pytest.mark.parametrize(
	("received", "ends"),
	[
		# Saturday, Sunday
		("2026-11-21 12:00", "2026-11-30"),
		("2026-11-22 12:00", "2026-11-30"),
		# the second day of Christmas is a Saturday, then Sunday
		("2026-12-19 12:00", "2026-12-28"),
		("2026-12-18 12:00", "2026-12-28"),
		# New Year's Day is a Friday
		("2026-12-25 12:00", "2027-01-04"),
		# Good Friday, then the weekend and Easter Monday
		("2026-03-27 12:00", "2026-04-07"),
		# 5 May counts every year for the law
		("2026-04-28 12:00", "2026-05-06"),
		# Ascension
		("2026-05-07 12:00", "2026-05-15"),
	],
)
def test_a_statutory_term_does_not_end_in_a_weekend_or_on_a_recognised_holiday(received, ends):
	assert calendar_time.add(at(received), days=7).date() == date.fromisoformat(ends)


def test_a_statutory_term_ends_where_it_ends_when_the_institution_wants_that():
	assert calendar_time.add(at("2026-11-21 12:00"), days=7, moves=False) == at("2026-11-28 23:59:59")


@pytest.mark.parametrize(
	("acknowledged", "ends"),
	[
		("2026-09-15 10:00", "2026-12-15"),
		# the month-end rule: 30 November has no 30 February, and that 28 February is a Sunday
		("2026-11-30 10:00", "2027-03-01"),
		("2027-11-30 10:00", "2028-02-29"),
		("2026-01-31 10:00", "2026-04-30"),
		# over the change of the clock and the end of the year
		("2026-10-09 10:00", "2027-01-11"),
	],
)
def test_three_months_after_the_acknowledgement(acknowledged, ends):
	assert calendar_time.add(at(acknowledged), months=3).date() == date.fromisoformat(ends)


def test_the_law_has_its_own_holidays_whatever_a_desk_chose():
	assert STATUTORY.is_holiday(date(2026, 4, 3))
	assert STATUTORY.is_holiday(date(2026, 5, 5))
	assert not HolidayRules().is_holiday(date(2026, 4, 3))


def test_each_unit_ends_by_its_own_rule():
	start = at("2026-11-24 15:00")
	assert Length(3, WORKING_HOURS).due(OFFICE, start) == at("2026-11-25 10:00")
	assert Length(3, WORKING_DAYS).due(OFFICE, start) == at("2026-11-27 15:00")
	assert Length(4, CALENDAR_DAYS).due(OFFICE, start) == at("2026-11-30 23:59:59")
	assert Length(4, CALENDAR_DAYS, moves=False).due(OFFICE, start) == at("2026-11-28 23:59:59")
	assert Length(3, CALENDAR_MONTHS).due(OFFICE, start) == at("2027-02-24 23:59:59")


@pytest.mark.parametrize(
	("amount", "unit"),
	[
		(0, WORKING_DAYS),
		(-1, CALENDAR_DAYS),
		(13, CALENDAR_MONTHS),
		(800, CALENDAR_DAYS),
		(2001, WORKING_HOURS),
	],
)
def test_a_term_of_nothing_or_of_years_is_refused(amount, unit):
	with pytest.raises(frappe.ValidationError, match="nothing, or longer than a year"):
		length.checked(Length(amount, unit))


@pytest.mark.parametrize(
	("spans", "words"),
	[
		(((17 * HOUR, 9 * HOUR),), "closes before it opens"),
		(((9 * HOUR, 9 * HOUR),), "closes before it opens"),
		(((9 * HOUR, 25 * HOUR),), "closes before it opens"),
		(((9 * HOUR, 12 * HOUR), (11 * HOUR, 17 * HOUR)), "overlap"),
		((), "never opens"),
	],
)
def test_opening_hours_that_nobody_can_keep_are_refused(spans, words):
	with pytest.raises(calendars.BadCalendar, match=words):
		calendars.checked(Calendar(hours=(spans,) * 7))


def test_hours_are_put_in_order_and_may_touch():
	hours = ((13 * HOUR, 17 * HOUR), (9 * HOUR, 13 * HOUR))
	assert calendars.checked(Calendar(hours=(hours,) * 7)).hours[0] == (hours[1], hours[0])


NEVER_OPEN = Calendar(hours=((),) * 7)
ALWAYS_CLOSED = Calendar(closed=frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(4500)))
ONE_MINUTE_A_WEEK = Calendar(hours=(((9 * HOUR, 9 * HOUR + 60),), *((),) * 6))


@pytest.mark.parametrize("calendar", [NEVER_OPEN, ALWAYS_CLOSED])
def test_a_desk_that_never_opens_is_refused_and_nothing_hangs(calendar):
	for walk in (
		lambda: working_time.add(calendar, at("2026-11-24 15:00"), 1),
		lambda: working_time.add_days(calendar, at("2026-11-24 15:00"), 1),
		lambda: working_time.subtract(calendar, at("2037-11-24 15:00"), 1),
		lambda: working_time.next_open(calendar, at("2026-11-24 15:00")),
	):
		with pytest.raises(working_time.NeverDue, match="hardly ever open"):
			walk()


def test_a_desk_that_hardly_opens_is_refused_and_nothing_hangs():
	with pytest.raises(working_time.NeverDue):
		working_time.add(ONE_MINUTE_A_WEEK, at("2026-11-24 15:00"), 2000 * HOUR)
	with pytest.raises(working_time.NeverDue):
		working_time.between(OFFICE, at("2026-11-24 15:00"), datetime.max.replace(year=9998))


def test_another_zone_has_its_own_changes_of_the_clock():
	new_york = Calendar(hours=(((0, 24 * HOUR),),) * 7, holidays=None, zone=ZoneInfo("America/New_York"))
	assert hours_between("2026-11-01 00:00", "2026-11-02 00:00", new_york) == 25
	assert hours_between("2026-10-25 00:00", "2026-10-26 00:00", new_york) == 24


def test_a_desk_without_a_calendar_is_open_by_the_clock_of_its_site(monkeypatch):
	monkeypatch.setattr(desk_calendars, "get_system_timezone", lambda: "America/New_York")
	assert desk_calendars.calendar_of(None).zone == ZoneInfo("America/New_York")
	with pytest.raises(TypeError):
		calendars.Calendar()


def test_years_of_working_time_are_cheap():
	from time import perf_counter

	working_time.add(OFFICE, at("2026-01-01 00:00"), 2000 * HOUR)
	begin = perf_counter()
	for _again in range(100):
		working_time.add(OFFICE, at("2026-01-01 00:00"), 2000 * HOUR)
	# a walk over minutes takes 500,000 steps; ten times slower than measured is still days, not minutes
	assert (perf_counter() - begin) / 100 < 0.01
