"""The key ring: master keys in a file outside database and backups.

`site_config.json` names the file (`sv_key_file`). It holds the master keys by id,
which of them wraps new data keys, the key of the blind index, from which the access log's
key is derived, and whether sessions need a second factor. Whoever has a copy of the
database but not this file can read nothing.
"""

import base64
import contextlib
import fcntl
import json
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

import frappe
from frappe import _
from frappe.utils import now_datetime

from sv_helpdesk.crypto import cipher
from sv_helpdesk.crypto.errors import KeyFileError, KeyMissingError

CONFIG_KEY = "sv_key_file"
_loaded: dict[Path, tuple[tuple[int, int], "KeyRing"]] = {}


@dataclass(frozen=True, repr=False)
class KeyRing:
	"""The content of a key file; never printed."""

	active: str
	master_keys: dict[str, bytes]
	index_key: bytes
	second_factor: bool = False

	def master_key(self, key_id: str) -> bytes:
		"""Return the master key with this id.

		Raises:
		        KeyMissingError: the file has no such key.
		"""
		try:
			return self.master_keys[key_id]
		except KeyError:
			raise KeyMissingError(
				_(
					"The key file lacks the key {0} that this case was encrypted with. "
					"Put the key file that belongs to this database back in its place."
				).format(key_id)
			) from None

	@property
	def log_key(self) -> bytes:
		"""The key of the access log's chain."""
		return self.key_for("access log")

	def key_for(self, purpose: str) -> bytes:
		"""Return a key of its own for a purpose, made from the index key, which no rotation changes.

		Args:
		        purpose: what it is for; each has another key.
		"""
		info = f"sv_helpdesk {purpose}".encode()
		return HKDF(SHA256(), cipher.KEY_BYTES, salt=None, info=info).derive(self.index_key)


def key_file() -> Path:
	"""Return the path of this site's key file.

	Raises:
	        KeyFileError: the site's configuration does not name one.
	"""
	configured = frappe.conf.get(CONFIG_KEY)
	if not configured:
		raise KeyFileError(
			_("No key file is configured. Run bench --site {0} migrate, which makes one.").format(
				frappe.local.site
			)
		)
	return Path(configured)


def load() -> KeyRing:
	"""Return this site's key ring; the file is read again when it has changed.

	Raises:
	        KeyFileError: the file is missing, damaged, or open to every user of the machine.
	"""
	path = key_file()
	try:
		status = path.stat()
	except OSError:
		raise KeyFileError(
			_("The key file {0} can't be found. Put it back from where your institution keeps it.").format(
				path
			)
		) from None
	version = (status.st_mtime_ns, status.st_ino)
	if _loaded.get(path, (None,))[0] != version:
		if status.st_mode & stat.S_IRWXO:
			raise KeyFileError(
				_("The key file {0} is open to every user of this machine. Run chmod 600 on it.").format(path)
			)
		_loaded[path] = (version, _read(path))
	return _loaded[path][1]


def is_usable() -> bool:
	"""Tell whether this site's key ring can be loaded."""
	try:
		load()
	except KeyFileError:
		return False
	return True


def create(path: Path) -> None:
	"""Write a new key file with one master key and an index key, unless one is there."""
	if path.exists():
		return
	path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
	_write(path, {"keys": [], "active": None, "index_key": _text(cipher.new_key())})
	add_master_key(path)


@contextlib.contextmanager
def changing(path: Path) -> Iterator[None]:
	"""Let nobody else change the key file meanwhile: of two who do at once, one would lose a key.

	Raises:
	        KeyFileError: somebody else is changing it now.
	"""
	with open(path.with_suffix(".lock"), "w") as lock:
		try:
			fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except BlockingIOError:
			raise KeyFileError(
				_("The key file {0} is being changed now. Try again when that is done.").format(path)
			) from None
		yield


def add_master_key(path: Path) -> str:
	"""Add a master key to the file, make it the active one, and return its id.

	The id is never given twice, also when old keys were taken out or an old copy was put back.
	"""
	content = json.loads(path.read_text())
	key_id = f"k{len(content['keys']) + 1}-{os.urandom(4).hex()}"
	content["keys"].append(
		{
			"id": key_id,
			"key": _text(cipher.new_key()),
			"made_at": now_datetime().isoformat(timespec="seconds"),
		}
	)
	content["active"] = key_id
	_write(path, content)
	return key_id


def require_second_factor(required: bool) -> None:
	"""Write into the key file whether sessions need a second factor (see sessions.gate).

	Raises:
	        KeyFileError: somebody else is changing the file now, or it can't be used.
	"""
	path = key_file()
	with changing(path):
		_write(path, {**json.loads(path.read_text()), "second_factor": required})


def _read(path: Path) -> KeyRing:
	try:
		content = json.loads(path.read_text())
		keys = {row["id"]: _bytes(row["key"]) for row in content["keys"]}
		ring = KeyRing(
			content["active"], keys, _bytes(content["index_key"]), bool(content.get("second_factor"))
		)
	except (OSError, ValueError, KeyError, TypeError):
		ring = None
	if not ring or ring.active not in ring.master_keys:
		raise KeyFileError(_("The key file {0} is damaged. Put a good copy in its place.").format(path))
	return ring


def _write(path: Path, content: dict) -> None:
	"""Replace the file in one step, so that a crash leaves the old or the new one.

	Where it leads to stays, and whose it is: a rotation by root must not shut out the web server.
	"""
	path = path.resolve()
	draft = path.with_suffix(".new")
	handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
	with os.fdopen(handle, "w") as file:
		json.dump(content, file, indent=1)
		file.flush()
		os.fsync(file.fileno())
	if path.exists():
		shutil.copymode(path, draft)
		if os.geteuid() == 0:
			shutil.chown(draft, path.stat().st_uid, path.stat().st_gid)
	os.replace(draft, path)
	folder = os.open(path.parent, os.O_RDONLY)
	os.fsync(folder)
	os.close(folder)


def _text(key: bytes) -> str:
	return base64.b64encode(key).decode()


def _bytes(text: str) -> bytes:
	key = base64.b64decode(text)
	if len(key) != cipher.KEY_BYTES:
		raise ValueError("wrong key length")
	return key
