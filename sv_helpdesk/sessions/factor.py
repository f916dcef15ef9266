"""One person's second factor: the secret of a code app, its codes, and recovery codes.

The secret and the hashes of the recovery codes are one ciphertext, bound to the row and the user: nothing
can read them over an API, and nobody can put a secret of their own there by writing to the database.
"""

import json
import secrets
import time
from datetime import timedelta

import pyotp
from pyotp.utils import strings_equal

import frappe
from frappe import _
from frappe.utils import now_datetime
from frappe.utils.password import passlibctx

from sv_helpdesk import access_log
from sv_helpdesk.crypto import cipher, data_keys
from sv_helpdesk.sessions import gate

STEP_SECONDS = 30
# phones and servers may differ by one step
ALLOWED_STEPS = (-1, 0, 1)
MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
RECOVERY_CODES = 10
RECOVERY_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def row_of(user: str, for_update: bool = False):
	"""Return the SV Second Factor of a user, or None."""
	name = frappe.db.get_value(gate.FACTOR, {"user": user})
	return frappe.get_doc(gate.FACTOR, name, for_update=for_update) if name else None


def is_confirmed(user: str) -> bool:
	"""Tell whether this person has a second factor."""
	row = row_of(user)
	return bool(row and row.confirmed_at)


def prepare(user: str) -> str:
	"""Give a person a new secret, which counts when a first code has confirmed it; return it.

	Raises:
	        frappe.ValidationError: there is a confirmed one.
	"""
	row = row_of(user, for_update=True) or new_row(user)
	if row.confirmed_at:
		frappe.throw(_("You have a second factor already. Enter a code of it."))
	secret = pyotp.random_base32()
	_seal(row, {"secret": secret, "recovery": []})
	row.db_update()
	return secret


def confirm(user: str, code: str) -> list[str] | None:
	"""Let the first right code make the prepared secret count.

	Returns: the recovery codes, which are shown this once; None if the code is wrong.
	"""
	row = row_of(user, for_update=True)
	if not row or row.confirmed_at or not row.sealed or is_locked(row):
		return None
	if not _is_new_code(row, code):
		_note_failure(row)
		return None
	codes = ["-".join((_signs(5), _signs(5))) for _number in range(RECOVERY_CODES)]
	_seal(row, {**_opened(row), "recovery": [passlibctx.hash(code) for code in codes]})
	row.update({"confirmed_at": now_datetime().replace(microsecond=0), "failures": 0})
	row.update({"invitation_mark": None, "invitation_until": None})
	row.db_update()
	return codes


def accept(user: str, code: str) -> bool:
	"""Tell whether this is a right code that wasn't used before, or a recovery code; it is used up now.

	Wrong ones are counted; after five nothing is right for a quarter of an hour.
	"""
	row = row_of(user, for_update=True)
	if not row or not row.confirmed_at or is_locked(row):
		return False
	if _is_new_code(row, code) or _is_recovery_code(row, code):
		row.failures = 0
		row.db_update()
		return True
	_note_failure(row)
	return False


def is_locked(row) -> bool:
	"""Tell whether too many wrong codes were entered just now."""
	return bool(row.locked_until and row.locked_until > now_datetime())


def remove(user: str) -> None:
	"""Take a person's second factor away, with its key and passes; the caller has checked who may."""
	if row := row_of(user, for_update=True):
		frappe.db.delete(data_keys.DOCTYPE, {"reference": row.name})
		frappe.db.delete(gate.FACTOR, {"name": row.name})
	gate.drop_all_passes(user)


def new_row(user: str):
	"""Return the empty row of somebody without one."""
	row = frappe.new_doc(gate.FACTOR)
	row.user = user
	row.set_new_name()
	row.db_insert()
	return row


def _is_new_code(row, code: str) -> bool:
	"""Each code counts once: a step that was used, and those before it, count no more (RFC 6238, 5.2)."""
	now = int(time.time()) // STEP_SECONDS
	totp = pyotp.TOTP(_opened(row)["secret"])
	for step in (now + offset for offset in ALLOWED_STEPS):
		if step > (row.last_step or 0) and strings_equal(totp.generate_otp(step), _plain(code)):
			row.last_step = step
			return True
	return False


def _is_recovery_code(row, code: str) -> bool:
	given, content = _plain(code), _opened(row)
	if len(given) != 10:
		return False
	given = f"{given[:5]}-{given[5:]}"
	for stored in content["recovery"]:
		if passlibctx.verify(given, stored):
			_seal(row, {**content, "recovery": [other for other in content["recovery"] if other != stored]})
			return True
	return False


def _note_failure(row) -> None:
	row.failures = (row.failures or 0) + 1
	if row.failures >= MOST_FAILURES:
		row.update({"failures": 0, "locked_until": now_datetime() + LOCKED_FOR})
		access_log.record("Refused", gate.FACTOR, row.name)
	row.db_update()


def _plain(code: str) -> str:
	return "".join(sign for sign in code.upper() if sign.isalnum())


def _signs(count: int) -> str:
	return "".join(secrets.choice(RECOVERY_ALPHABET) for _number in range(count))


def _seal(row, content: dict) -> None:
	key = data_keys.for_writing(row.name)
	row.sealed = cipher.to_token(cipher.encrypt(key, json.dumps(content).encode(), *_place(row)))


def _opened(row) -> dict:
	key = data_keys.for_reading(row.name)
	return json.loads(cipher.decrypt(key, cipher.from_token(row.sealed), *_place(row)))


def _place(row) -> tuple[str, str, str]:
	return gate.FACTOR, row.name, row.user
