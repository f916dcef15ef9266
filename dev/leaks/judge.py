"""Decides whether an answer tells somebody more than they may know."""

import re
from dataclasses import dataclass
from itertools import count

from dev.leaks.canaries import BEGINNING, LENGTH, Canary, Registry
from dev.leaks.unpack import texts

SECRET = re.compile(rb"%s[0-9a-z]{%d}" % (BEGINNING.encode(), LENGTH - len(BEGINNING)))
LETTERS = b"0123456789abcdefghijklmnopqrstuvwxyz"
# words as names of documents have them, and as numbers of cases have them: all other signs are blanks
WORDS = bytes.maketrans(_others := bytes(set(range(256)) - set(LETTERS)), b" " * len(_others))
NUMBERS = bytes.maketrans(_others := bytes(set(range(256)) - set(LETTERS + b"-")), b" " * len(_others))
MOST_KNOWN = 20_000
LONGEST = 40
SHOWN = 160
_known: dict[tuple[bytes, str], frozenset[str]] = {}
# what differs between two equal answers: moments, times taken, places in the code
VOLATILE = re.compile(
	rb"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?|\"execution_time\": ?[\d.]+|line \d+|0x[0-9a-f]+"
	# the page that says that there is none is kept, with the address that was asked for first
	rb"|data-path=\"[^\"]*\""
)
UNTOLD_HEADERS = (
	*("date", "set-cookie", "content-length", "expires", "last-modified", "etag", "server-timing"),
	*("link", "x-from-cache"),
)


@dataclass(frozen=True)
class Answer:
	"""What came back for one request.

	Attributes:
		status: HTTP status.
		headers: names in lower case.
		body: bytes, with the transfer's compression undone.
	"""

	status: int
	headers: dict[str, str]
	body: bytes

	@property
	def header_lines(self) -> str:
		"""All headers, one in a line."""
		return "\n".join(f"{name}: {value}" for name, value in self.headers.items())


def found(answer: Answer, registry: Registry, asked: str) -> list[Canary]:
	"""The canaries that an answer holds, however packed or escaped.

	Args:
		answer: what came back.
		registry: the canaries.
		asked: all that the request said; to say that back is no news.
	"""
	asked = asked.lower()
	hits = [registry.canaries[word] for word in _words(answer) if word in registry.canaries]
	return [canary for canary in hits if canary.text not in asked]


def names_in(text: str) -> set[str]:
	"""All words of a text that could be a name or a number of a document, in lower case."""
	lower = text.lower().encode()
	return {word.decode() for table in (WORDS, NUMBERS) for word in lower.translate(table).split()}


def _words(answer: Answer) -> frozenset[str]:
	"""All words of an answer that could be canaries; many answers are the same, so they are kept."""
	key = (answer.body, answer.header_lines)
	if key not in _known:
		if len(_known) >= MOST_KNOWN:
			_known.clear()
		found_words = set()
		for text in texts(*key):
			found_words.update(SECRET.findall(text))
			found_words.update(text.translate(WORDS).split(), text.translate(NUMBERS).split())
		_known[key] = frozenset(word.decode() for word in found_words if len(word) <= LONGEST)
	return _known[key]


def differs(first: Answer, first_value: str, second: Answer, second_value: str) -> bool:
	"""Whether two answers tell that one value exists and the other doesn't.

	Args:
		first: answer to a request about `first_value`.
		first_value: what that request asked for.
		second: answer to the same request about `second_value`.
		second_value: what that one asked for.
	"""
	return _essence(first, first_value) != _essence(second, second_value)


def difference(first: Answer, first_value: str, second: Answer, second_value: str) -> str:
	"""Return where two answers do so that differ, a few words of each, to find out why."""
	one, other = (repr(_essence(*pair)) for pair in ((first, first_value), (second, second_value)))
	first_place = next(place for place in count() if one[place : place + 1] != other[place : place + 1])
	at = max(first_place - SHOWN // 2, 0)
	return f"\n        {one[at : at + SHOWN]}\n        {other[at : at + SHOWN]}"


def _essence(answer: Answer, value: str) -> tuple:
	"""An answer without what was asked for and without what differs every time."""
	pattern = re.compile(re.escape(value.encode()), re.IGNORECASE)
	headers = sorted(
		(name, pattern.sub(b"~", content.encode()))
		for name, content in answer.headers.items()
		if name not in UNTOLD_HEADERS
	)
	return answer.status, headers, VOLATILE.sub(b"", pattern.sub(b"~", answer.body))
