"""Signs everybody in and takes them to every surface."""

import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from dev.leaks.asking import Compare, Request, send
from dev.leaks.canaries import EXISTENCE, Canary
from dev.leaks.expected import may_know, may_see
from dev.leaks.judge import Answer, difference, differs, found, names_in
from dev.leaks.people import API_KEY, GUEST, IDENTITIES, TAKING_TURNS, Identity
from dev.leaks.surface import Surface, Visit
from dev.leaks.world import World

AT_ONCE = 4
FEW = 20
ASKED_AGAIN = 3


@dataclass(frozen=True)
class Leak:
	"""Something that somebody found who must not.

	Attributes:
		surface: id of the surface.
		identity: key of the person.
		request: the request that brought it.
		place: where it stands: case / doctype / label / field.
		what: "secret", "existence" or "oracle".
		status: HTTP status of the answer.
	"""

	surface: str
	identity: str
	request: str
	place: str
	what: str
	status: int

	def __str__(self) -> str:
		return f"{self.what}: {self.surface}: {self.identity} found {self.place} (HTTP {self.status})\n      {self.request}"


@dataclass
class Outcome:
	"""What a walk brought.

	Attributes:
		requests: how many were sent.
		leaks: each leak once per surface, identity, label and field.
		proofs: surface id -> identities that found there what they may see.
		statuses: surface id -> HTTP status -> how often.
		paths: path of a request -> ids of surfaces where it was sent.
		faults: sentences about requests that could not be sent.
	"""

	requests: int = 0
	leaks: dict[tuple, Leak] = field(default_factory=dict)
	proofs: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
	statuses: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
	paths: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
	seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
	faults: list[str] = field(default_factory=list)


class Walk:
	"""One walk over surfaces of one planted site."""

	def __init__(
		self,
		world: World,
		sessions: dict[str, object],
		extra_headers: dict[str, str] | None = None,
		turn: int = 0,
		only: str = "",
	):
		"""Prepare it.

		Args:
			world: what was planted.
			sessions: identity key -> requests.Session.
			extra_headers: sent with every request.
			turn: where people begin to take turns in what they ask for.
			only: function of the host to ask alone, where a surface has many.
		"""
		self.world, self.sessions, self.headers = world, sessions, extra_headers or {}
		self.outcome = Outcome()
		self.turn, self.only = turn, only
		self._typed: set[str] = set()
		self._lock = threading.Lock()

	def go(self, surfaces: list[Surface], identities: tuple[Identity, ...] = IDENTITIES) -> Outcome:
		"""Take everybody to every surface; several people at once, each of them one step at a time."""
		with ThreadPoolExecutor(AT_ONCE) as pool:
			list(pool.map(lambda who: self._person(who, surfaces), identities))
		return self.outcome

	def _person(self, who: Identity, surfaces: list[Surface]) -> None:
		number = IDENTITIES.index(who)
		for position, surface in enumerate(surfaces):
			if len(surfaces) > FEW and who.key in TAKING_TURNS and (number + position) % 3:
				continue
			started = time.monotonic()
			self._visit(
				surface, Visit(self.world, who, self.turn + number + 7 * position, self.only, surface.writes)
			)
			with self._lock:
				self.outcome.seconds[surface.id] += time.monotonic() - started

	def _visit(self, surface: Surface, visit: Visit) -> None:
		steps, answer, said = surface.steps(visit), None, []
		while True:
			try:
				step = steps.send(answer)
			except StopIteration:
				return
			try:
				answer = self._step(surface, visit, step, said)
			except OSError as error:
				with self._lock:
					self.outcome.faults.append(
						f"{surface.id}: {visit.who.key}: {type(error).__name__}: {error}"
					)
				answer = Answer(0, {}, b"")

	def _step(self, surface: Surface, visit: Visit, step: Request | Compare, said: list[str]) -> Answer:
		if isinstance(step, Compare):
			return self._compare(surface, visit, step)
		# what an earlier request of the visit put somewhere is no news in a later answer
		said.append(step.asked)
		return self._ask(surface, visit, step, " ".join(said))

	def _ask(self, surface: Surface, visit: Visit, request: Request, said: str) -> Answer:
		answer = self._send(surface, visit, request)
		for canary in found(answer, self.world.registry, said):
			if may_see(visit.who.key, canary):
				with self._lock:
					self.outcome.proofs[surface.id].add(visit.who.key)
			else:
				self._leak(surface, visit, request, answer, canary)
		return answer

	def _leak(self, surface: Surface, visit: Visit, request: Request, answer: Answer, canary: Canary) -> None:
		if canary.kind == EXISTENCE and (
			surface.only_secrets
			or canary.text in self.world.stored
			or (surface.echoes and canary.text in self._typed)
		):
			return
		_case, doctype, label, fieldname = canary.place.split("/")
		key = (surface.id, visit.who.key, doctype, label, fieldname)
		leak = Leak(surface.id, visit.who.key, str(request), canary.place, canary.kind, answer.status)
		with self._lock:
			self.outcome.leaks.setdefault(key, leak)

	def _compare(self, surface: Surface, visit: Visit, step: Compare) -> Answer:
		answer = self._ask(surface, visit, step.existing, step.existing.asked)
		control = self._ask(surface, visit, step.control, step.control.asked)
		if not differs(answer, step.value, control, step.control_value):
			return answer
		if may_know(visit.who.key, step.document):
			with self._lock:
				self.outcome.proofs[surface.id].add(visit.who.key)
			return answer
		if self._by_chance(surface, visit, step, answer, control):
			return answer
		key = (surface.id, visit.who.key, step.document.split("/")[1], "")
		leak = Leak(
			surface.id,
			visit.who.key,
			f"{step.existing} (HTTP {control.status} for a made-up name)"
			f"{difference(answer, step.value, control, step.control_value)}",
			step.document,
			"oracle",
			answer.status,
		)
		with self._lock:
			self.outcome.leaks.setdefault(key, leak)
		return answer

	def _by_chance(
		self, surface: Surface, visit: Visit, step: Compare, answer: Answer, control: Answer
	) -> bool:
		"""Whether the two answers differ for another reason than that one of the documents exists.

		They may differ every time; or something around them changed between the two, as when somebody else on this
		walk empties what the host keeps of its pages: then they are the same when asked again. What was written the
		first time can't be asked again.
		"""
		again = self._send(surface, visit, step.existing)
		control_again = self._send(surface, visit, step.control)
		if answer.status == control.status and (
			differs(answer, step.value, again, step.value)
			and differs(control, step.control_value, control_again, step.control_value)
		):
			return True
		return not surface.writes and not any(
			differs(
				self._send(surface, visit, step.existing),
				step.value,
				self._send(surface, visit, step.control),
				step.control_value,
			)
			for _time in range(ASKED_AGAIN)
		)

	def _send(self, surface: Surface, visit: Visit, request: Request) -> Answer:
		session = self.sessions[visit.who.key]
		with self._lock:
			names = names_in(request.asked)
			self._typed |= names
			if surface.writes:
				self.world.stored |= {name for name in names if self._hidden(visit.who, name)}
		answer = send(session, self.world.base_url, request, self.headers)
		with self._lock:
			self.outcome.requests += 1
			self.outcome.statuses[surface.id][answer.status] += 1
			self.outcome.paths[request.path].add(surface.id)
		return answer

	def _hidden(self, who: Identity, name: str) -> bool:
		canary = self.world.canary(name)
		return canary is not None and not may_see(who.key, canary)


def sign_in(server, world: World) -> dict[str, object]:
	"""Log everybody in as the login page does; the API key needs no login. Returns sessions by identity."""

	def session(who: Identity):
		if who.key not in (GUEST, API_KEY):
			return server.login(who.user, world.passwords[who.user])
		guest = server.guest()
		if who.key == API_KEY:
			guest.headers["Authorization"] = f"token {world.api_key}"
		return guest

	with ThreadPoolExecutor(AT_ONCE) as pool:
		return dict(zip((who.key for who in IDENTITIES), pool.map(session, IDENTITIES), strict=True))
