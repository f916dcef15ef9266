"""Finding our doctypes in what a request carries, also inside JSON and in other spellings."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from sv_helpdesk import social_safety
from sv_helpdesk.guards.subjects import spelled

NAMES = frozenset(
	folder.name.replace("_", " ")
	for folder in (Path(social_safety.__file__).parent / "doctype").iterdir()
	if (folder / f"{folder.name}.json").exists()
)
# what a spelling of ours or an escape of one has in it; everything else is passed by at once
HINT = re.compile(r"sv|\\u|[^\x00-\x7f]", re.IGNORECASE)
TABLE = re.compile(r"tab(sv [a-z ]+)", re.IGNORECASE)
LONGEST = max(map(len, NAMES)) * 2


def may_hold_ours(text: str) -> bool:
	"""Tell quickly, of a long text, whether it is worth looking for a name of ours in it; see HINT."""
	lower = text.lower()
	# one letter or sign is found much faster than two in a row
	return ("v" in lower and "sv" in lower) or ("\\" in text and "\\u" in text) or not text.isascii()


def mentions_ours(value: object) -> bool:
	"""Tell whether a value is, or holds as a value or key of its own, the name of one of our doctypes or tables.

	A sentence in which such a name occurs is just a sentence.

	Args:
		value: whatever a request carries.
	"""
	if isinstance(value, str):
		return bool(HINT.search(value)) and _text_mentions(value)
	if isinstance(value, Mapping):
		return any(mentions_ours(key) or mentions_ours(item) for key, item in value.items())
	if isinstance(value, list | tuple):
		return any(mentions_ours(item) for item in value)
	return False


def _text_mentions(text: str) -> bool:
	if len(text) <= LONGEST and spelled(text) in NAMES:
		return True
	if any(spelled(name) in NAMES for name in TABLE.findall(text)):
		return True
	if text.lstrip()[:1] not in ("[", "{", '"'):
		return False
	try:
		return mentions_ours(json.loads(text))
	except (ValueError, RecursionError):
		return False
