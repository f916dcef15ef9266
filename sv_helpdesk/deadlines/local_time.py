"""Local time and real time: what the clock on the wall shows, over both changes of the clock.

A *moment* is local time without a zone, as Frappe stores it. An *instant* is in UTC. In the hour that comes
twice in October, `fold=1` marks the second one; the database doesn't keep that, so a stored moment of that
hour is the first one.
"""

from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


class Stretch(NamedTuple):
	"""A part of a day in which the clock on the wall runs without a jump.

	Attributes:
		start, end: instants.
		offset: of the wall's clock from UTC.
	"""

	start: datetime
	end: datetime
	offset: timedelta


def to_instant(moment: datetime, zone: ZoneInfo) -> datetime:
	"""Return the instant of a moment; one that the change in March skips is taken as an hour later.

	Args:
		moment: local time without a zone.
		zone: the zone it is local in.
	"""
	return moment.replace(tzinfo=zone).astimezone(timezone.utc)


def to_moment(instant: datetime, zone: ZoneInfo) -> datetime:
	"""Return an instant as local time without a zone, with its `fold`.

	Args:
		instant: in UTC.
		zone: the zone to show it in.
	"""
	return instant.astimezone(zone).replace(tzinfo=None)


@lru_cache(maxsize=8192)
def stretches(day: date, zone: ZoneInfo) -> tuple[Stretch, ...]:
	"""Return a local day as stretches without a jump: one, or two on a day on which the clock changes.

	Args:
		day: of the local calendar.
		zone: whose clock hangs on the wall.
	"""
	start = to_instant(datetime.combine(day, time.min), zone)
	end = to_instant(datetime.combine(day + DAY, time.min), zone)
	before, after = _offset(start, zone), _offset(end, zone)
	if before == after:
		return (Stretch(start, end, before),)
	change = _change(start, end, zone)
	return (Stretch(start, change, before), Stretch(change, end, after))


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
	return instant.astimezone(zone).utcoffset()


def _change(start: datetime, end: datetime, zone: ZoneInfo) -> datetime:
	"""Return the first instant with the new offset, by halving."""
	before = _offset(start, zone)
	while end - start > SECOND:
		middle = start + timedelta(seconds=(end - start) // SECOND // 2)
		if _offset(middle, zone) == before:
			start = middle
		else:
			end = middle
	return end
