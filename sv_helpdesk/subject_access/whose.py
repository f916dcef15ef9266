"""Whose something in a case is: asked before somebody is told anything of it as being their own (R1).

For an answer about own data, where a person decides what isn't sure, and for the page on which reporters see who
opened their file, where nobody does: there nothing is shown that isn't surely theirs.
"""

from collections.abc import Collection
from datetime import datetime

import frappe

REPORTER = "Reporter"
THEIRS, OTHERS = "theirs", "of others"
# it names nobody; or somebody whom nobody has put into the case
OF_NOBODY, UNKNOWN = "of nobody", "unknown"
MARKS = ("address_index", "name_index", "account_index", "address_account_index")


class Whose:
	"""What is whose in one case, as seen for one of its people.

	Attributes:
		own: names of their SV Party rows.
		is_only_reporter: whether they are a reporter, and nobody else is.
	"""

	def __init__(self, report: str, own: Collection[str], marks: Collection[str] = ()):
		"""Look up the people of the case.

		Args:
			report: name of the SV Report.
			own: names of the SV Party rows that are this person.
			marks: blind indexes by which this person is known; those of their rows unless given.
		"""
		self.own = set(own)
		people = frappe.get_all(
			"SV Party",
			{"report": report},
			["name", "party_role", "creation", *MARKS],
			order_by="creation asc, name asc",
		)
		self._mine = set(marks) or _marks(person for person in people if person.name in self.own)
		self._others = _marks(person for person in people if person.name not in self.own) - self._mine
		self._in_case_since = [person.creation for person in people if person.name in self.own]
		self._reporters = [person for person in people if person.party_role == REPORTER]
		self.is_only_reporter = {person.name for person in self._reporters} == self.own != set()

	def of_person(self, party: str | None) -> str:
		"""Tell whose something is that is about this SV Party, or about nobody in particular."""
		if not party:
			return OF_NOBODY
		return THEIRS if party in self.own else OTHERS

	def of_message(self, message) -> str:
		"""Tell whose a message is: of whom it came from or went to."""
		if message.exchanged_with(self._mine):
			return THEIRS
		if message.exchanged_with(self._others):
			return OTHERS
		named = message.sender if message.direction == "Incoming" else message.recipient
		return UNKNOWN if named else OF_NOBODY

	def is_surely_theirs(self, whose: str, made_at: datetime) -> bool:
		"""Tell whether something may be told to a reporter unseen: what names nobody only if they were alone then.

		It doesn't hang on who reports later, for what was shown and isn't any more would tell of them.

		Args:
			whose: as the methods above say it.
			made_at: when it was made.
		"""
		return whose == THEIRS or (
			whose == OF_NOBODY
			and not self.came_later()
			and all(made_at < other for other in self._others_since())
		)

	def came_later(self) -> datetime | None:
		"""Return since when somebody is in the case, a reporter or not, if somebody else had reported before them."""
		since = min(
			[person.creation for person in self._reporters if person.name in self.own] or self._in_case_since
		)
		return since if any(other < since for other in self._others_since()) else None

	def _others_since(self) -> list[datetime]:
		return [person.creation for person in self._reporters if person.name not in self.own]


def _marks(people) -> set[str]:
	return {person[mark] for person in people for mark in MARKS} - {"", None}
