"""Who is told of a clock: who has to act, coordinators of its desk, stand-ins; and who in the place of who isn't there.

Absence is announced at a desk. Who doesn't work at the desk of a clock is away when they are at every desk that they
work at; who works at none is never away.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from sv_helpdesk.deadlines.actors import Actors
from sv_helpdesk.deadlines.stages import COORDINATOR, OWNER
from sv_helpdesk.permissions import desk_people


class Member(NamedTuple):
	"""Somebody who works at a desk on a day."""

	user: str
	desk_role: str
	is_absent: bool
	stand_in: str | None


class Step(NamedTuple):
	"""People of whom one is enough, and at which desk they are there or absent."""

	desk: str | None
	people: list[str]


# who is asked in turn until somebody is there
Line = list[Step]


class Desks:
	"""The people of all desks on one day, by one query."""

	def __init__(self, day: date):
		self._members: dict[str, dict[str, Member]] = {}
		self._places: dict[str, list[Member]] = {}
		for row in desk_people.on(day):
			away = bool(row.absent_from and row.absent_from <= day <= (row.absent_until or day))
			member = Member(row.user, row.desk_role, away, row.stand_in)
			self._members.setdefault(row.desk, {})[row.user] = member
			self._places.setdefault(row.user, []).append(member)

	def known(self, clock, actors: Actors) -> set[str]:
		"""Return everybody who could be told of a clock."""
		steps = [step for line in self._lines(clock, actors, OWNER) for step in line]
		people = {user for step in steps for user in step.people}
		return people | {self._stand_in(step.desk, user) for step in steps for user in step.people} - {
			None,
			"",
		}

	def audience(
		self, clock, actors: Actors, levels: tuple[str, ...], may_see: Callable[[str], bool]
	) -> dict[str, str]:
		"""Return whom these levels are: the level by user, who has to act first.

		Who is absent is stood in for by their own stand-in. Where nobody is left who may see the matter the
		next level is told; if there is nobody at all, who is absent is told after all.

		Args:
			clock: has desk.
			actors: who has to act.
			levels: of stages.reached.
			may_see: tells whether somebody has a right to what the clock watches.
		"""
		told: dict[str, str] = {}
		lines = [(level, line) for level in levels for line in self._lines(clock, actors, level)]
		for level, line in lines:
			found = next(filter(None, (self._present(step, may_see) for step in line)), [])
			told.update({user: level for user in found if user not in told})
		if not told:
			told = {user: level for level, line in lines for user in line[0].people if may_see(user)}
		return told

	def _lines(self, clock, actors: Actors, level: str) -> list[Line]:
		"""Return whom a level is: each line somebody who has to be told, and who instead of them."""
		leading = self._leading(clock.desk)
		if level != OWNER:
			return [leading if level == COORDINATOR else leading[1:]]
		lines = [[Step(clock.desk, [user]), *leading] for user in actors.people]
		if actors.desk:
			everybody = Step(actors.desk, [*self._members.get(actors.desk, {})])
			lines.append([*self._leading(actors.desk), everybody, *leading])
		return lines or [leading]

	def _leading(self, desk: str | None) -> Line:
		members = self._members.get(desk, {}).values()
		roles = (desk_people.COORDINATOR, desk_people.STAND_IN)
		return [Step(desk, [member.user for member in members if member.desk_role == role]) for role in roles]

	def _present(self, step: Step, may_see: Callable[[str], bool]) -> list[str]:
		"""Return who is there of a step or stands in for who isn't, with a right to the matter."""
		found = []
		for user in step.people:
			there = user if not self._is_absent(step.desk, user) else self._stand_in(step.desk, user)
			if there and not self._is_absent(step.desk, there) and may_see(there):
				found.append(there)
		return found

	def _is_absent(self, desk: str | None, user: str) -> bool:
		places = self._at(desk, user)
		return bool(places) and all(member.is_absent for member in places)

	def _stand_in(self, desk: str | None, user: str) -> str | None:
		absent = self._at(desk, user) if self._is_absent(desk, user) else []
		return next((member.stand_in for member in absent if member.stand_in), None)

	def _at(self, desk: str | None, user: str) -> list[Member]:
		"""Return somebody as a member of a desk, or who isn't one as a member of other desks."""
		member = self._members.get(desk, {}).get(user)
		return [member] if member else self._places.get(user, [])
