"""The random strings that are planted, and where each of them stands."""

import secrets
from dataclasses import dataclass

ALPHABET = "0123456789abcdefghijkmnpqrstuvwxyz"
BEGINNING = "zq"
LENGTH = 18
# strings that anybody on the helpdesk may see: they prove that a surface was really asked
HOST = "host"
# clear text of an encrypted field, a file or a mail
SECRET = "secret"
# name or number of a document: tells that it exists
EXISTENCE = "existence"


@dataclass(frozen=True)
class Canary:
	"""A string that stands in one place.

	Attributes:
		text: the string, in lower case.
		place: case (or table) / doctype / label of the document / field, as expected.py names it.
		kind: HOST, SECRET or EXISTENCE.
	"""

	text: str
	place: str
	kind: str

	@property
	def document(self) -> str:
		"""The place without the field."""
		return self.place.rpartition("/")[0]


class Registry:
	"""All canaries of a site, by their text."""

	def __init__(self):
		self.canaries: dict[str, Canary] = {}

	def new(self, place: str, kind: str = SECRET) -> str:
		"""Return a new random string that will stand at `place`."""
		text = BEGINNING + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - len(BEGINNING)))
		return self.add(text, place, kind)

	def add(self, text: str, place: str, kind: str = EXISTENCE) -> str:
		"""Take in a string that is there already, such as a document's name; return it."""
		self.canaries[text.lower()] = Canary(text.lower(), place, kind)
		return text

	def of_kind(self, kind: str) -> list[Canary]:
		"""All canaries of a kind."""
		return [canary for canary in self.canaries.values() if canary.kind == kind]
