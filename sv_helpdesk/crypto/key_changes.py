"""Changes to the key file: a master key is made, waits, is in use, is out of use, and is destroyed.

Which one may go from one to the next, and when, stands in rotation.py. Every change but the first happens
under a lock; whoever copies the file meanwhile gets it as it was or as it is.
"""

import base64
import contextlib
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import now_datetime

from sv_helpdesk.crypto import cipher, key_ring
from sv_helpdesk.crypto.errors import KeyFileError


def create(path: Path) -> None:
	"""Write a new key file with one master key and an index key, unless one is there."""
	if path.exists():
		return
	if not path.parent.exists():
		path.parent.mkdir(parents=True, mode=0o700)
		_give_to_the_site(path.parent)
	first = _new_master_key()
	_write(path, {"keys": [first], "active": first["id"], "index_key": _text(cipher.new_key())})


@contextlib.contextmanager
def changing(path: Path) -> Iterator[None]:
	"""Let nobody else change the key file meanwhile: of two who do at once, one would lose a key.

	Raises:
	        KeyFileError: somebody else is changing it now, or this user of the machine may not.
	"""
	try:
		with _locked(path):
			yield
	except PermissionError:
		raise key_ring.of_another_user(path) from None


def add(path: Path) -> str:
	"""Add a master key that waits until it is activated, and return its id; one that waits already stays."""
	content = _content(path)
	if not content.get("pending"):
		key = _new_master_key()
		content["keys"].append(key)
		content["pending"] = key["id"]
		_write(path, content)
	return content["pending"]


def activate(path: Path) -> None:
	"""Make the master key that waits the one that wraps data keys from now on."""
	content = _content(path)
	content["active"] = content.pop("pending")
	_write(path, content)


def retire(path: Path, in_use: set[str], days: int) -> list[str]:
	"""Note since when master keys are out of use, and destroy those that are for so many days.

	Args:
	        path: the key file.
	        in_use: ids of those that wrap a data key now.
	        days: how long one that is out of use is kept for backups.

	Returns: the ids of the destroyed ones.
	"""
	content = _content(path)
	needed = in_use | {content["active"], content.get("pending")}
	noted = [_noted(key, key["id"] in needed) for key in content["keys"]]
	over = {key["id"] for key in noted if _is_over(key, days)}
	kept = [key for key in noted if key["id"] not in over]
	if kept != content["keys"]:
		_write(path, {**content, "keys": kept})
	return sorted(over)


def require_second_factor(required: bool) -> None:
	"""Write into the key file whether sessions need a second factor (see sessions.gate).

	Raises:
	        KeyFileError: somebody else is changing the file now, or it can't be used.
	"""
	path = key_ring.key_file()
	with changing(path):
		_write(path, {**_content(path), "second_factor": required})


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
	"""Lock what stands beside the key file, since the file itself is replaced; who may read that may lock it."""
	beside = path.with_suffix(".lock")
	lock = os.open(beside, os.O_RDONLY | os.O_CREAT, 0o644)
	try:
		_give_to_the_site(beside, path)
		try:
			fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except BlockingIOError:
			raise KeyFileError(
				_("The key file {0} is being changed now. Try again when that is done.").format(path)
			) from None
		yield
	finally:
		os.close(lock)


def _give_to_the_site(made: Path, like: Path | None = None) -> None:
	"""Let what root has made be whose the key file is, or whose the site is: root's own would shut out the web server.

	Args:
	        made: a file or folder.
	        like: the key file, if it is there already.
	"""
	if os.geteuid() == 0:
		owner = (like if like and like.exists() else Path(frappe.get_site_path("site_config.json"))).stat()
		os.chown(made, owner.st_uid, owner.st_gid)


def _noted(key: dict, needed: bool) -> dict:
	"""A key that is needed again, for a database that was put back, is out of use no longer."""
	plain = {name: value for name, value in key.items() if name != "retired_at"}
	return plain if needed else {**plain, "retired_at": key.get("retired_at") or _now()}


def _is_over(key: dict, days: int) -> bool:
	last = now_datetime() - timedelta(days=days)
	return "retired_at" in key and datetime.fromisoformat(key["retired_at"]) < last


def _new_master_key() -> dict:
	"""The id is never given twice, also when old keys were taken out or an old copy was put back."""
	key_id = f"k{now_datetime():%Y%m%d}-{os.urandom(4).hex()}"
	return {"id": key_id, "key": _text(cipher.new_key()), "made_at": _now()}


def _now() -> str:
	return now_datetime().isoformat(timespec="seconds")


def _content(path: Path) -> dict:
	return json.loads(path.read_text())


def _write(path: Path, content: dict) -> None:
	"""Replace the file in one step, so that a crash leaves the old or the new one.

	Where it leads to stays, and whose it is: a rotation by root must not shut out the web server.
	"""
	path = path.resolve()
	draft = path.with_suffix(".new")
	# what somebody else began and didn't finish
	draft.unlink(missing_ok=True)
	handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
	_give_to_the_site(draft, path)
	with os.fdopen(handle, "w") as file:
		json.dump(content, file, indent=1)
		file.flush()
		os.fsync(file.fileno())
	if path.exists():
		shutil.copymode(path, draft)
	os.replace(draft, path)
	folder = os.open(path.parent, os.O_RDONLY)
	os.fsync(folder)
	os.close(folder)


def _text(key: bytes) -> str:
	return base64.b64encode(key).decode()
