"""The slow and obviously correct way to count working time: look at the clock on the wall every minute.

Knows nothing of the code under test but the data of a Calendar. Holidays are looked up in a set that
the caller hands in, so that this file has no rule of its own.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

MINUTE = timedelta(minutes=1)


class Wall:
	"""A clock on the wall of a desk, and a list of its opening hours beside it."""

	def __init__(self, calendar, holidays: frozenset[date] = frozenset()):
		self.calendar, self.holidays = calendar, holidays

	def is_open(self, instant: datetime) -> bool:
		"""Tell whether the desk is open in the minute that begins at an instant."""
		shown = instant.astimezone(self.calendar.zone)
		if shown.date() in self.calendar.closed or shown.date() in self.holidays:
			return False
		seconds = shown.hour * 3600 + shown.minute * 60
		return any(opens <= seconds < closes for opens, closes in self.calendar.hours[shown.weekday()])

	def minutes_from(self, start: datetime) -> Iterator[datetime]:
		"""Yield every minute from a local moment on, as instants."""
		instant = start.replace(tzinfo=self.calendar.zone).astimezone(timezone.utc)
		while True:
			yield instant
			instant += MINUTE

	def add(self, start: datetime, minutes: int) -> datetime:
		"""Return when the desk has been open for so many minutes, as an instant."""
		for instant in self.minutes_from(start):
			if not minutes:
				return instant
			minutes -= self.is_open(instant)

	def between(self, start: datetime, end: datetime) -> int:
		"""Return how many minutes the desk is open between two local moments."""
		last, count = next(self.minutes_from(end)), 0
		for instant in self.minutes_from(start):
			if instant >= last:
				return count
			count += self.is_open(instant)

	def add_with_pauses(self, start: datetime, minutes: int, pauses: list[tuple[int, int]]) -> datetime:
		"""Return when the desk has been open for so many minutes outside pauses.

		Args:
			pauses: each from so many minutes after the start until so many minutes after it.
		"""
		for number, instant in enumerate(self.minutes_from(start)):
			if not minutes:
				return instant
			if not any(begin <= number < end for begin, end in pauses):
				minutes -= self.is_open(instant)

	def same_time(self, start: datetime, days: int) -> datetime:
		"""Return the end of a term in working days, as an instant, by the sentences of working_time.add_days."""
		begin = next(instant for instant in self.minutes_from(start) if self.is_open(instant))
		shown = begin.astimezone(self.calendar.zone)
		day = shown.date()
		while days:
			day += timedelta(days=1)
			days -= self._opens_on(day)
		end = datetime.combine(day, shown.time(), tzinfo=self.calendar.zone)
		instant = end.replace(fold=shown.fold).astimezone(timezone.utc)
		while not self.is_open(instant - MINUTE):
			instant -= MINUTE
		return instant

	def _opens_on(self, day: date) -> bool:
		midnight = datetime(day.year, day.month, day.day)
		for instant in self.minutes_from(midnight):
			if instant.astimezone(self.calendar.zone).date() > day:
				return False
			if self.is_open(instant):
				return True
