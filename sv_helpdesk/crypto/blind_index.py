"""The blind index: recognise the same person or mail again without storing who or what.

A keyed hash (HMAC-SHA256). Without the key file it can't be computed, so a list of
all staff addresses doesn't reveal who is in the tables.
"""

import hashlib
import hmac
import unicodedata

from sv_helpdesk.crypto import key_ring

KINDS = ("address", "name", "account", "message", "content", "session")


def blind_index(kind: str, value: str) -> str:
	"""Return the keyed hash of `value`, or "" for an empty one.

	Args:
	        kind: one of KINDS; the same text gives different hashes for different kinds.
	        value: address and account are compared without case, names also without
	                accents and double spaces; message ids, contents and sessions exactly.

	Raises:
	        ValueError: unknown kind.
	        KeyFileError: the key file can't be used.
	"""
	if kind not in KINDS:
		raise ValueError(f"unknown kind of blind index: {kind}")
	text = _normal_form(kind, value or "")
	if not text:
		return ""
	return hmac.new(key_ring.load().index_key, f"{kind}\0{text}".encode(), hashlib.sha256).hexdigest()


def _normal_form(kind: str, value: str) -> str:
	if kind in ("message", "content", "session"):
		return value
	text = unicodedata.normalize("NFKC", value).strip().casefold()
	if kind == "name":
		plain = unicodedata.normalize("NFKD", text)
		text = " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
	return text
