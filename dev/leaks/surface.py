"""What a surface is, and what one person's visit to it looks like."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dev.leaks.asking import Compare, Request
from dev.leaks.canaries import ALPHABET
from dev.leaks.expected import may_know
from dev.leaks.people import Identity
from dev.leaks.world import World

READ, ORACLE = "read", "oracle"
# the case whose documents no attacker names: its names are news wherever they turn up
QUIET = "quiet"
# every how many visits somebody also asks for what they may see
SEEN_EVERY = 3
# cases whose names are written into documents of attackers, where others then find them
BAIT = ("bait at phd/", "bait at ombuds/")
# a step gets the answer to what it asked for; for a comparison the answer about what exists
Steps = Iterator[Request | Compare]


@dataclass(frozen=True)
class Surface:
	"""One place where the host shows something.

	Attributes:
		row: its row in the table of leak surfaces, such as "6.1" or "L-05".
		title: what is asked there.
		kind: READ or ORACLE.
		steps: makes the requests of one visit.
		needs: dotted paths of functions, "DocType:X" or "program:X"; where one is missing, it doesn't exist.
		unproven: why nobody could find anything there, or "".
		only_secrets: why names and numbers that are found there are no leak, or "".
		writes: whether what is asked for there may be kept somewhere.
		echoes: whether it shows what others have asked for, so that names that somebody typed are no news.
	"""

	row: str
	title: str
	kind: str
	steps: Callable[["Visit"], Steps]
	needs: tuple[str, ...] = ()
	unproven: str = ""
	only_secrets: str = ""
	echoes: bool = False
	writes: bool = False

	@property
	def id(self) -> str:
		"""Row and title: unique."""
		return f"{self.row} {self.title}"


@dataclass(frozen=True)
class Visit:
	"""One person at one surface.

	Attributes:
		world: what was planted.
		who: the person.
		turn: a number that differs from visit to visit, so that together they ask for everything.
		only: function of the host to ask alone, where a surface has many, or "".
		writes: whether what is asked for may be kept; then the same few cases are named again and again.
	"""

	world: World
	who: Identity
	turn: int
	only: str = ""
	writes: bool = False

	def some(self, entries: list, number: int) -> list:
		"""A few of many; visit after visit they take turns."""
		first = self.turn * number
		return [entries[(first + n) % len(entries)] for n in range(min(number, len(entries)))]

	def documents(self, *doctypes: str, hidden: int = 1, seen: int = 1) -> list[tuple[str, str, str]]:
		"""Documents to ask for: (place, doctype, name).

		Args:
			doctypes: only these; all of ours when left out.
			hidden: how many that this person must not know; for the accused, of the case about them.
			seen: how many that they may know; with hidden ones only every SEEN_EVERY visits.
		"""
		wanted = doctypes or (*self.world.doctypes,)
		all_of_them = [
			(place, doctype, name)
			for place, (doctype, name) in self.world.documents.items()
			if doctype in wanted and not place.startswith(f"{QUIET}/")
		]
		theirs = [entry for entry in all_of_them if may_know(self.who.key, entry[0])]
		others = [entry for entry in all_of_them if not may_know(self.who.key, entry[0])]
		if self.writes:
			others = [entry for entry in others if entry[0].startswith(BAIT)]
		elif self.who.key.startswith("accused"):
			others = [entry for entry in others if "accused" in entry[0].partition("/")[0]] or others
		if others and hidden and self.turn % SEEN_EVERY:
			seen = 0
		return [*self.some(others, hidden), *self.some(theirs, seen)]

	def compare(
		self,
		make: Callable[[str, str], Request],
		*doctypes: str,
		hidden: int = 1,
		seen: int = 1,
		ordinary: bool = False,
	) -> Iterator[Compare]:
		"""Comparisons of an existing document's name with one that can't exist.

		Args:
			make: makes the request of doctype and name.
			doctypes, hidden, seen: as for `documents`.
			ordinary: whether the ordinary ticket is compared, too.
		"""
		documents = self.documents(*doctypes, hidden=hidden, seen=seen)
		if ordinary:
			documents.append(("helpdesk/HD Ticket/by mail", "HD Ticket", self.ticket))
		for place, doctype, name in documents:
			control = made_up(name)
			yield Compare(make(doctype, name), name, make(doctype, control), control, place)

	def numbers(self, make: Callable[[str], Request], of: str = "") -> Iterator[Compare]:
		"""Comparisons of case numbers: of a case that this person must not know, and of one they may.

		Args:
			make: makes the request of a number.
			of: place of the case, when it must be this one.
		"""
		for place in [of] if of else [place for place, _doctype, _name in self.documents("SV Report")]:
			number = next(
				canary.text.upper()
				for canary in self.world.registry.canaries.values()
				if canary.place == f"{place}/case_number"
			)
			control = "SV-" + made_up(number[3:].replace("-", ""))[:4].upper() + "-ZZZZ"
			yield Compare(make(number), number, make(control), control, place)

	def tickets(self) -> list[str]:
		"""Mostly the sealed ticket of a case, in turn the ordinary one."""
		return [self.sealed_ticket if self.turn % SEEN_EVERY else self.ticket]

	@property
	def sealed_ticket(self) -> str:
		"""The sealed ticket of the case that came by mail."""
		return self.world.name("ccp2/HD Ticket/ticket")

	@property
	def ticket(self) -> str:
		"""The ordinary ticket."""
		return self.world.name("helpdesk/HD Ticket/by mail")


def made_up(name: str) -> str:
	"""A name of the same length that no document has."""
	if name.isdigit():
		# some of the host's names are numbers
		return f"9{secrets.randbelow(10**6):06}"
	return "".join(secrets.choice(ALPHABET) for _ in name)
