"""Who is told of a clock: owner, coordinators of its desk, stand-ins; and who in the place of who isn't there."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from sv_helpdesk.deadlines.stages import COORDINATOR, OWNER, STAND_IN
from sv_helpdesk.permissions import desk_people

DESK_ROLES = {COORDINATOR: desk_people.COORDINATOR, STAND_IN: desk_people.STAND_IN}


class Member(NamedTuple):
	"""Somebody who works at a desk on a day."""

	user: str
	desk_role: str
	is_absent: bool
	stand_in: str | None


class Desks:
	"""The people of several desks on one day, by one query."""

	def __init__(self, desks: Iterable[str], day: date):
		self._members: dict[str, dict[str, Member]] = {}
		for row in desk_people.on(day, set(desks)):
			away = bool(row.absent_from and row.absent_from <= day <= (row.absent_until or day))
			member = Member(row.user, row.desk_role, away, row.stand_in)
			self._members.setdefault(row.desk, {})[row.user] = member

	def known(self, clock) -> set[str]:
		"""Return everybody who could be told of a clock."""
		leading = [self._of_role(clock.desk, desk_role) for desk_role in DESK_ROLES.values()]
		people = {clock.deadline_owner, *leading[0], *leading[1]} - {None, ""}
		return people | {self._stand_in(clock.desk, user) for user in people} - {None, ""}

	def audience(self, clock, levels: tuple[str, ...], may_see: Callable[[str], bool]) -> dict[str, str]:
		"""Return whom these levels are: the level by user, who has to act first.

		Who is absent is stood in for by their own stand-in. A level at which nobody is left who may see the
		matter passes it on to the next; if there is nobody at all, who is absent is told after all.

		Args:
			clock: has desk and deadline_owner.
			levels: of stages.reached.
			may_see: tells whether somebody has a right to what the clock watches.
		"""
		told: dict[str, str] = {}
		for level in levels:
			following = (OWNER, COORDINATOR, STAND_IN)
			for other in following[following.index(level) :]:
				if found := self._present(clock, other, may_see):
					told.update({user: level for user in found if user not in told})
					break
		if not told:
			told = {user: level for level in levels for user in self._at(clock, level) if may_see(user)}
		return told

	def _present(self, clock, level: str, may_see: Callable[[str], bool]) -> list[str]:
		"""Return who is there at a level or stands in for who isn't, with a right to the matter."""
		found = []
		for user in self._at(clock, level):
			there = user if not self._is_absent(clock.desk, user) else self._stand_in(clock.desk, user)
			if there and not self._is_absent(clock.desk, there) and may_see(there):
				found.append(there)
		return found

	def _at(self, clock, level: str) -> list[str]:
		if level == OWNER:
			return [clock.deadline_owner] if clock.deadline_owner else []
		return self._of_role(clock.desk, DESK_ROLES[level])

	def _of_role(self, desk: str | None, desk_role: str) -> list[str]:
		return [
			member.user for member in self._members.get(desk, {}).values() if member.desk_role == desk_role
		]

	def _is_absent(self, desk: str | None, user: str) -> bool:
		member = self._members.get(desk, {}).get(user)
		return bool(member and member.is_absent)

	def _stand_in(self, desk: str | None, user: str) -> str | None:
		member = self._members.get(desk, {}).get(user)
		return member.stand_in if member and member.is_absent else None
