"""The key ring: master keys in a file outside database and backups.

`site_config.json` names the file (`sv_key_file`). It holds the master keys by id,
which of them wraps new data keys, which one waits to do so, the key of the blind index, from
which the access log's key is derived, and whether sessions need a second factor. Whoever has
a copy of the database but not this file can read nothing. It is changed in key_changes.py.
"""

import base64
import hmac
import json
import stat
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

import frappe
from frappe import _

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
	# a new master key whose copies nobody has confirmed yet
	pending: str | None = None
	# since when nothing needs them any more
	retired_at: dict[str, datetime] = field(default_factory=dict)

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
	def fingerprint(self) -> str:
		"""What a copy has in common that has the same keys; it tells nothing of them."""
		keys = json.dumps(sorted((key_id, key.hex()) for key_id, key in self.master_keys.items()))
		digest = hmac.digest(self.key_for("fingerprint"), keys.encode(), "sha256").hex()
		return "-".join(digest[start : start + 4] for start in range(0, 20, 4))

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
		_loaded[path] = (version, read(path))
	return _loaded[path][1]


def is_usable() -> bool:
	"""Tell whether this site's key ring can be loaded."""
	try:
		load()
	except KeyFileError:
		return False
	return True


def read(path: Path) -> KeyRing:
	"""Return the keys in a file, which may be a copy on a disk that knows no owners.

	Raises:
	        KeyFileError: it is no key file, or a damaged one.
	"""
	ring = _parsed(path)
	if not ring or ring.active not in ring.master_keys:
		raise KeyFileError(_("The key file {0} is damaged. Put a good copy in its place.").format(path))
	return ring


def _parsed(path: Path) -> KeyRing | None:
	"""Return the keys in a file, or None; nothing is raised from here, where a traceback would find them."""
	try:
		content = json.loads(path.read_text())
		keys = {row["id"]: _bytes(row["key"]) for row in content["keys"]}
		retired = {row["id"]: row["retired_at"] for row in content["keys"] if row.get("retired_at")}
		return KeyRing(
			content["active"],
			keys,
			_bytes(content["index_key"]),
			bool(content.get("second_factor")),
			content.get("pending"),
			{key_id: datetime.fromisoformat(moment) for key_id, moment in retired.items()},
		)
	except PermissionError:
		raise of_another_user(path) from None
	except (OSError, ValueError, KeyError, TypeError):
		return None


def of_another_user(path: Path) -> KeyFileError:
	"""Return what is told to who may not read or change the key file."""
	return KeyFileError(
		_("The key file {0} belongs to another user of this machine. Run this as that user.").format(path)
	)


def _bytes(text: str) -> bytes:
	key = base64.b64decode(text)
	if len(key) != cipher.KEY_BYTES:
		raise ValueError("wrong key length")
	return key
