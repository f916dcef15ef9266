"""Decides whether an answer tells somebody more than they may know."""

import re
from dataclasses import dataclass

from dev.leaks.canaries import BEGINNING, EXISTENCE, LENGTH, Canary, Registry
from dev.leaks.unpack import texts

SECRET = re.compile(rb"%s[0-9a-z]{%d}" % (BEGINNING.encode(), LENGTH - len(BEGINNING)))
# names of our documents and files, and numbers of cases and tables
NAME_IN_TEXT = re.compile(
	r"(?<![0-9a-z])(?:[0-9a-z]{10}|[0-9a-z]{16}|[0-9a-z]{20}|(?:sv|bt|np)-[0-9a-z-]{4,9})(?![0-9a-z])"
)
NAME = re.compile(NAME_IN_TEXT.pattern.encode())
# what differs between two equal answers: moments, times taken, numbers of requests
VOLATILE = re.compile(
	rb"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?|\"execution_time\": ?[\d.]+|line \d+|0x[0-9a-f]+"
)
UNTOLD_HEADERS = ("date", "set-cookie", "content-length", "expires", "last-modified", "etag", "server-timing")


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
		asked: all that the request said; the name of a document in it may be said back.
	"""
	asked, seen = asked.lower(), {}
	for text in texts(answer.body, answer.header_lines):
		for match in (*SECRET.findall(text), *NAME.findall(text)):
			word = match.decode()
			canary = registry.canaries.get(word)
			if canary and not (canary.kind == EXISTENCE and word in asked):
				seen[word] = canary
	return list(seen.values())


def differs(first: Answer, first_value: str, second: Answer, second_value: str) -> bool:
	"""Whether two answers tell that one value exists and the other doesn't.

	Args:
		first: answer to a request about `first_value`.
		first_value: what that request asked for.
		second: answer to the same request about `second_value`.
		second_value: what that one asked for.
	"""
	return _essence(first, first_value) != _essence(second, second_value)


def _essence(answer: Answer, value: str) -> tuple:
	"""An answer without what was asked for and without what differs every time."""
	pattern = re.compile(re.escape(value.encode()), re.IGNORECASE)
	headers = sorted(
		(name, pattern.sub(b"~", content.encode()))
		for name, content in answer.headers.items()
		if name not in UNTOLD_HEADERS
	)
	return answer.status, headers, VOLATILE.sub(b"", pattern.sub(b"~", answer.body))
