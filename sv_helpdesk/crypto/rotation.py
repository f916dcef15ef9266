"""Turning the master key in steps, so that an older backup opens nothing that was destroyed since.

A backup holds the data keys of its day, wrapped with the master key of its day; with that one in the key
file it opens, also what was destroyed later. So a new master key comes, the living data keys are wrapped with
it, and the old one is destroyed when no backup that must be restorable needs it. The new one is used only after
somebody has said that the copies of the key file have it: else a lost disk would lose every case.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import cint

from sv_helpdesk.crypto import data_keys, key_changes, key_ring
from sv_helpdesk.crypto.errors import KeyFileError

# in site_config.json: who makes the backups knows, and a database that is put back would bring its own answer
DAYS_KEY = "sv_backup_days"
DAYS = 30


def backup_days() -> int:
	"""Return for how many days a backup must be restorable: so long a master key is kept that is out of use.

	At least one: a transaction that began with the old key may still be running.
	"""
	return max(1, cint(frappe.conf.get(DAYS_KEY) or DAYS))


def begin() -> str:
	"""Make a master key that waits until the copies are confirmed, and return its id; see key_changes.add.

	What is overdue is destroyed before, so that the copies that are made now don't have it.

	Raises:
	        KeyFileError: somebody else is changing the key file now, or it can't be used.
	"""
	with _changing() as path:
		_tend(path)
		return key_changes.add(path)


def confirm(fingerprint: str) -> int:
	"""Use the master key that waits, now that the copies have it, and return how many data keys it wrapped.

	Args:
	        fingerprint: as the check of a copy told it (key_copies).

	Raises:
	        KeyFileError: no key waits, the fingerprint is another one, or the key file can't be changed.
	"""
	with _changing() as path:
		ring = key_ring.load()
		if not ring.pending:
			raise KeyFileError(_("No new master key waits. Make one first: bench sv-rotate-key."))
		if fingerprint.strip().lower() != ring.fingerprint:
			raise KeyFileError(
				_("The key file has another fingerprint. Copy it again, and check the copies.")
			)
		key_changes.activate(path)
		wrapped = data_keys.rewrap()
		key_changes.retire(path, data_keys.master_keys_in_use(), backup_days())
		return wrapped


def tend() -> None:
	"""Every day: finish what a rotation or a backup that was put back left, and destroy what is overdue.

	Raises:
	        KeyFileError: somebody else is changing the key file now, or it can't be used.
	"""
	with _changing() as path:
		_tend(path)


@contextlib.contextmanager
def _changing() -> Iterator[Path]:
	# what is wrong with the file is said before what is wrong with its lock
	key_ring.load()
	path = key_ring.key_file()
	with key_changes.changing(path):
		yield path


def _tend(path: Path) -> None:
	# before: a backup of this moment needs what is wrapped anew now
	in_use = data_keys.master_keys_in_use()
	data_keys.rewrap()
	key_changes.retire(path, in_use, backup_days())
