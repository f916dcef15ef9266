"""Under pressure a form is let in when somebody's browser has worked for it, or when they have waited.

The work is to find a number that makes a hash begin with so many zero bits: a second for one report, too long for
thousands. Without JavaScript a minute of patience does, and each form counts once either way.
"""

import hashlib

from sv_helpdesk.reporting import limits
from sv_helpdesk.reporting.limits import Limit
from sv_helpdesk.reporting.tokens import Token

BITS = 17
WAITING_SECONDS = 60
LONGEST_ANSWER = 20
# as long as a form can be open (forms.py)
USED_SECONDS = 4 * 60 * 60


def lets_in(limit: Limit, token: Token, text: str, answer: str) -> bool:
	"""Tell whether a form may go on.

	Args:
	        limit: what is counted.
	        token: of the form.
	        text: the token as the browser has it.
	        answer: the number its script has found, or "".
	"""
	if not limits.is_pressing(limit):
		return True
	worth = token.age >= WAITING_SECONDS or is_solved(text, answer)
	return worth and limits.is_first(token.mark, USED_SECONDS)


def is_solved(text: str, answer: str) -> bool:
	"""Tell whether a browser has done the work for a token."""
	if not answer.isascii() or not answer.isdigit() or len(answer) > LONGEST_ANSWER:
		return False
	digest = hashlib.sha256(f"{text}.{answer}".encode()).digest()
	return int.from_bytes(digest, "big") >> (256 - BITS) == 0
