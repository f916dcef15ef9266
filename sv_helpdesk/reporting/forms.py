"""What every form of the page has to get through, besides what it asks for.

Whoever is refused gets the form back with all they typed and one sentence that says what to do.
"""

from dataclasses import dataclass

from frappe import _

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.reporting import limits, pressure, tokens, traceless
from sv_helpdesk.reporting.limits import Limit

LEAST_SECONDS = 3
# somebody may need an afternoon for their story
MOST_SECONDS = pressure.USED_SECONDS


@dataclass(frozen=True)
class Refusal:
	"""Why a form doesn't go on now.

	Attributes:
	        sentence: what to do.
	        keeps_token: whether the form goes back with the same token, which grows older meanwhile.
	"""

	sentence: str
	keeps_token: bool = False


def refusal(limit: Limit, text: str, answer: str) -> Refusal | None:
	"""Return why a form doesn't go on, or None; asked last, for under pressure a token counts once.

	Args:
	        limit: what it is counted as.
	        text: its token.
	        answer: what the browser's script has worked out, or "".
	"""
	token = tokens.read(tokens.FORM, text)
	if not token or token.age > MOST_SECONDS:
		return Refusal(_("This page has been open for a long time. Please send it once more."))
	if token.age < LEAST_SECONDS:
		return Refusal(
			_("That was quicker than we expected of a person. Please press the button again."), True
		)
	if limits.is_exceeded(limit, traceless.visitor()):
		return Refusal(_("From where you are a lot was sent just now. Please wait a few minutes."), True)
	if not pressure.lets_in(limit, token, text, answer):
		return Refusal(_("It is very busy now. Please wait a minute and press the button again."), True)
	limits.count_of_all(limit)
	return None


def index_of(text: str) -> str:
	"""Return under what a message is stored that came with this token, so that no token makes two."""
	token = tokens.read(tokens.FORM, text)
	return blind_index("content", f"reporting page {token.mark}")
