"""What the page hands to a browser to bring back: sealed, so that nobody else makes or changes it.

It takes the place of a session: nothing of it is stored here.
"""

import json
import secrets
import time
from dataclasses import dataclass

from sv_helpdesk.crypto import cipher, key_ring
from sv_helpdesk.crypto.errors import TamperedError

FORM = "form"
VISIT = "visit"


@dataclass(frozen=True)
class Token:
	"""A token that came back, and is one of ours.

	Attributes:
	        at: when it was made, in seconds.
	        mark: a random text that no other token has.
	        content: what was put into it.
	"""

	at: float
	mark: str
	content: dict

	@property
	def age(self) -> float:
		"""How many seconds ago it was made."""
		return time.time() - self.at


def make(purpose: str, content: dict | None = None, at: float | None = None) -> str:
	"""Return a new token.

	Args:
	        purpose: FORM or VISIT; one can't be used as the other.
	        content: what it carries.
	        at: its moment, if that isn't now.
	"""
	plain = {"at": at or time.time(), "mark": secrets.token_hex(16), "content": content or {}}
	return cipher.to_token(cipher.encrypt(_key(), json.dumps(plain).encode(), purpose))


def read(purpose: str, text: str) -> Token | None:
	"""Return what a token holds, or None if it isn't one of ours for this purpose."""
	if not cipher.is_token(text):
		return None
	try:
		plain = cipher.decrypt(_key(), cipher.from_token(text), purpose)
	except TamperedError:
		return None
	return Token(**json.loads(plain))


def _key() -> bytes:
	return key_ring.load().key_for("reporting page")
