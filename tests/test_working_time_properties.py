"""Working time against a clock that is looked at every minute: random calendars, starts, durations, pauses."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from minute_by_minute import Wall

from sv_helpdesk.deadlines import working_time
from sv_helpdesk.deadlines.calendars import Calendar, checked
from sv_helpdesk.deadlines.holiday_rules import HolidayRules, days_of
from sv_helpdesk.deadlines.local_time import to_instant, to_moment

MINUTE = timedelta(minutes=1)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# both changes of the clock, year ends, a leap day, Easter, Ascension, Christmas
INTERESTING = (
	*(date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)),
	*(date(2026, 12, 31), date(2028, 2, 29), date(2026, 4, 5), date(2026, 5, 14), date(2025, 5, 5)),
)
quickly = settings(max_examples=250, deadline=None)
at_length = settings(max_examples=2500, deadline=None)


@some.composite
def spans(draw) -> tuple[tuple[int, int], ...]:
	"""The hours of one day: up to three spans with breaks, that may touch, to the minute."""
	edges = draw(some.lists(some.integers(0, 24 * 60), max_size=6, unique=True).map(sorted))
	return tuple((opens * 60, closes * 60) for opens, closes in zip(edges[::2], edges[1::2], strict=False))


@some.composite
def starts(draw) -> datetime:
	"""A minute of some day, mostly near one that is special; in the hour that comes twice either of the two."""
	near = some.builds(
		lambda day, days: day + timedelta(days=days), some.sampled_from(INTERESTING), some.integers(-3, 2)
	)
	day = draw(near | some.dates(date(2024, 1, 1), date(2035, 12, 31)))
	moment = datetime.combine(day, datetime.min.time()) + draw(some.integers(0, 24 * 60 - 1)) * MINUTE
	return to_moment(to_instant(moment.replace(fold=draw(some.integers(0, 1))), AMSTERDAM), AMSTERDAM)


@some.composite
def worlds(draw) -> tuple[Calendar, Wall, datetime]:
	"""A calendar that opens on most days, the wall it hangs on, and a start."""
	office = some.sampled_from(
		(((9 * 3600, 17 * 3600),), ((0, 24 * 3600),), ((8 * 3600, 43200), (46800, 61200)))
	)
	hours = draw(
		some.lists(spans() | office, min_size=7, max_size=7).filter(lambda week: sum(map(bool, week)) > 3)
	)
	start = draw(starts())
	nearby = some.integers(-1, 9).map(lambda days: start.date() + timedelta(days=days))
	closed = draw(some.frozensets(nearby, max_size=3))
	rules = draw(some.none() | some.just(HolidayRules()))
	calendar = checked(Calendar(tuple(hours), rules, closed, zone=AMSTERDAM))
	years = range(start.year - 1, start.year + 4)
	days = frozenset().union(*(days_of(rules, year) for year in years)) if rules else frozenset()
	return calendar, Wall(calendar, days), start


@some.composite
def pauses(draw, longest: int) -> list[tuple[int, int]]:
	"""Pauses one after the other, in minutes after the start."""
	edges = sorted(draw(some.lists(some.integers(0, longest), max_size=6, unique=True)))
	return list(zip(edges[::2], edges[1::2], strict=False))


def adding_is_what_the_wall_says(world, minutes):
	calendar, wall, start = world
	due = working_time.add(calendar, start, minutes * 60)
	assert to_instant(due, calendar.zone) == wall.add(start, minutes)
	# and measuring undoes it
	assert working_time.between(calendar, start, due) == minutes * 60
	back = working_time.subtract(calendar, due, minutes * 60)
	assert working_time.between(calendar, start, back) == 0
	assert to_instant(back, calendar.zone) >= to_instant(start, calendar.zone)
	assert wall.is_open(to_instant(back, calendar.zone))


def measuring_is_what_the_wall_says(world, minutes):
	calendar, wall, start = world
	end = to_moment(to_instant(start, calendar.zone) + minutes * MINUTE, calendar.zone)
	measured = working_time.between(calendar, start, end)
	assert measured == wall.between(start, end) * 60
	assert working_time.between(calendar, end, start) == -measured
	# and adding undoes it, to the earliest moment
	again = working_time.add(calendar, start, measured)
	assert to_instant(again, calendar.zone) <= to_instant(end, calendar.zone)
	assert working_time.between(calendar, again, end) == 0


def working_days_are_what_the_wall_says(world, days):
	calendar, wall, start = world
	due = working_time.add_days(calendar, start, days)
	assert to_instant(due, calendar.zone) == wall.same_time(start, days)


def a_clock_that_waits_is_what_the_wall_says(world, minutes, waiting):
	calendar, wall, start = world
	begin = to_instant(start, calendar.zone)
	due = working_time.add(calendar, start, minutes * 60)
	for paused_after, resumed_after in waiting:
		paused, resumed = (
			to_moment(begin + after * MINUTE, calendar.zone) for after in (paused_after, resumed_after)
		)
		if to_instant(paused, calendar.zone) >= to_instant(due, calendar.zone):
			break
		due = working_time.add(calendar, resumed, working_time.between(calendar, paused, due))
	assert to_instant(due, calendar.zone) == wall.add_with_pauses(start, minutes, waiting)


@quickly
@given(worlds(), some.integers(1, 20 * 60))
def test_adding_and_measuring(world, minutes):
	adding_is_what_the_wall_says(world, minutes)


@quickly
@given(worlds(), some.integers(0, 3 * 24 * 60))
def test_measuring_and_adding(world, minutes):
	measuring_is_what_the_wall_says(world, minutes)


@quickly
@given(worlds(), some.integers(1, 2))
def test_working_days(world, days):
	working_days_are_what_the_wall_says(world, days)


@quickly
@given(worlds(), some.integers(1, 10 * 60), pauses(2 * 24 * 60))
def test_pauses(world, minutes, waiting):
	a_clock_that_waits_is_what_the_wall_says(world, minutes, waiting)


@pytest.mark.slow
@at_length
@given(worlds(), some.integers(1, 80 * 60))
def test_adding_and_measuring_at_length(world, minutes):
	adding_is_what_the_wall_says(world, minutes)


@pytest.mark.slow
@at_length
@given(worlds(), some.integers(0, 21 * 24 * 60))
def test_measuring_and_adding_at_length(world, minutes):
	measuring_is_what_the_wall_says(world, minutes)


@pytest.mark.slow
@at_length
@given(worlds(), some.integers(1, 15))
def test_working_days_at_length(world, days):
	working_days_are_what_the_wall_says(world, days)


@pytest.mark.slow
@at_length
@given(worlds(), some.integers(1, 80 * 60), pauses(14 * 24 * 60))
def test_pauses_at_length(world, minutes, waiting):
	a_clock_that_waits_is_what_the_wall_says(world, minutes, waiting)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(worlds(), some.integers(40 * 60, 2000 * 60))
def test_a_year_of_working_time(world, minutes):
	adding_is_what_the_wall_says(world, minutes)


@given(worlds(), some.integers(1, 10**6), some.integers(0, 10**6))
@quickly
def test_seconds_add_up_over_any_time(world, first, second):
	calendar, _wall, start = world
	due = working_time.add(calendar, start, first)
	assert working_time.between(calendar, start, due) == first
	assert working_time.add(calendar, due, second) == working_time.add(calendar, start, first + second)
	utc = (moment.replace(tzinfo=calendar.zone).astimezone(timezone.utc) for moment in (start, due))
	assert next(utc) <= next(utc)
