"""What is told of a clock, and when: pure functions, which know no database.

stage  told
-----  ----------------------------------------------------------------------------------
-1     once it has lapsed, where nobody had to be in time (answers, appeals): to the owner
0      nothing yet
1      from `warn_at` (75 % of its time): to the owner
2      from one working hour before it is due: to the owner
3      when it is due: to the owner and who coordinates the desk
4      when the desk opens on its next working day: to the desk's stand-ins, too
5...   on each working day after that, until it is met: to all of them again

A clock that was missed for days is told once, with the stage that it has by then. A missed breach counts as
told on the day it is told: from 3 on one stage follows another a working day later, because a level that was
not told had no day to act. A stage never goes back, so a clock that is set back tells nothing twice.
"""

from datetime import datetime
from typing import NamedTuple, Protocol

LAPSED = -1
NOTHING, WARNED, LAST_HOUR, BREACHED, ESCALATED = range(5)
OWNER, COORDINATOR, STAND_IN = "owner", "coordinator", "stand-in"
# a breached clock runs until it is met
RUNNING = ("Running", "Breached")
# whom a stage reaches for the first time
NEWLY_REACHED = {WARNED: {OWNER}, LAST_HOUR: {OWNER}, BREACHED: {OWNER, COORDINATOR}, ESCALATED: {STAND_IN}}


class DeskTime(Protocol):
	"""Moments by the calendar of a desk, see desk_time."""

	def an_hour_before(self, desk: str | None, due: datetime) -> datetime: ...

	def next_working_day(self, desk: str | None, moment: datetime) -> datetime: ...


class Stage(NamedTuple):
	"""Where a clock stands: what has been told of it, and when it is looked at next (None: never)."""

	stage: int
	next_at: datetime | None


def stage_at(clock, now: datetime, desk_time: DeskTime) -> Stage:
	"""Return the stage of a clock at a moment; its `next_at` lies after that moment.

	Args:
		clock: has status, stage, desk, warn_at and due_at.
		now: the moment.
		desk_time: knows the calendars of the desks.
	"""
	if clock.status not in RUNNING:
		return Stage(clock.stage, None)
	if now >= clock.due_at:
		return Stage(max(clock.stage + 1, BREACHED), desk_time.next_working_day(clock.desk, now))
	hour = desk_time.an_hour_before(clock.desk, clock.due_at)
	if now >= hour:
		return Stage(max(clock.stage, LAST_HOUR), clock.due_at)
	if clock.warn_at and now < clock.warn_at:
		return Stage(clock.stage, min(clock.warn_at, hour))
	return Stage(max(clock.stage, WARNED), hour)


def reached(stage: int) -> tuple[str, ...]:
	"""Return who is told at a stage, who has to act first."""
	if stage < BREACHED:
		return (OWNER,)
	return (OWNER, COORDINATOR) if stage == BREACHED else (OWNER, COORDINATOR, STAND_IN)


def is_urgent(stage: int, level: str) -> bool:
	"""Tell whether a level is told of a stage at once, because it is out of time and new to them."""
	return stage >= BREACHED and level in NEWLY_REACHED.get(stage, ())
