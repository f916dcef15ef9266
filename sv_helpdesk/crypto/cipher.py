"""AES-256-GCM on bytes, and the text form in which ciphertexts stand in the tables.

The place a value belongs to (doctype, record, field) is bound in as associated
data: the same ciphertext at another place does not decrypt.
"""

import base64
import json
import os
import re

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from frappe import _

from sv_helpdesk.crypto.errors import TamperedError

KEY_BYTES = 32
NONCE_BYTES = 12
PREFIX = "sv1."
TOKEN = re.compile(r"sv1\.[A-Za-z0-9_-]{38,}={0,2}")


def new_key() -> bytes:
	"""Return a fresh random 256-bit key."""
	return AESGCM.generate_key(bit_length=KEY_BYTES * 8)


def encrypt(key: bytes, plain: bytes, *place: str) -> bytes:
	"""Encrypt `plain` so that it can be read at `place` only.

	Args:
	        key: 32 bytes.
	        plain: the content.
	        place: what the value belongs to, e.g. doctype, record name, field name.

	Returns: nonce, ciphertext and tag in one.
	"""
	nonce = os.urandom(NONCE_BYTES)
	return nonce + AESGCM(key).encrypt(nonce, plain, _associated_data(place))


def decrypt(key: bytes, sealed: bytes, *place: str) -> bytes:
	"""Undo `encrypt`.

	Raises:
	        TamperedError: key, content or place is not the one it was encrypted with.
	"""
	try:
		return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _associated_data(place))
	except (InvalidTag, ValueError):
		raise _tampered() from None


def to_token(sealed: bytes) -> str:
	"""Return the text form of a ciphertext, fit for a Long Text column."""
	return PREFIX + base64.urlsafe_b64encode(sealed).decode()


def from_token(token: str) -> bytes:
	"""Return the ciphertext in `token` (see `is_token`).

	Raises:
	        TamperedError: it isn't whole.
	"""
	try:
		return base64.urlsafe_b64decode(token[len(PREFIX) :])
	except ValueError:
		raise _tampered() from None


def is_token(value: object) -> bool:
	"""Tell whether `value` is the text form of a ciphertext, and nothing else."""
	return isinstance(value, str) and value.startswith(PREFIX) and bool(TOKEN.fullmatch(value))


def _tampered() -> TamperedError:
	return TamperedError(
		_(
			"An encrypted value can't be read: it was changed or moved outside the app. "
			"Restore this record from a backup and tell your administrator."
		)
	)


def _associated_data(place: tuple[str, ...]) -> bytes:
	return json.dumps(place).encode()
