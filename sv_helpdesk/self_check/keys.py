"""The key file, the keys in use, and the chain of the access log."""

import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import now_datetime

from sv_helpdesk.access_log import verification
from sv_helpdesk.crypto import data_keys, key_ring, rotation
from sv_helpdesk.crypto.errors import KeyFileError
from sv_helpdesk.self_check.finding import Finding


def key_file() -> Iterator[Finding]:
	"""Who on this machine can read it, and whether it gets into the site's backups."""
	try:
		path = key_ring.key_file().resolve()
		mode = path.stat().st_mode
	except (KeyFileError, OSError):
		yield Finding("key-file-missing", _("The key file can't be found. Put it back where it was."))
		return
	if mode & (stat.S_IRWXG | stat.S_IRWXO):
		yield Finding(
			"key-file-open",
			_("Other users of this machine can read the key file. Run chmod 600 on it."),
		)
	if path.is_relative_to(Path(frappe.get_site_path()).resolve()):
		yield Finding(
			"key-file-in-site",
			_("The key file lies in the site's folder, so it may get into backups. Move it out of there."),
		)


def key_ring_health() -> Iterator[Finding]:
	"""Every case's key can be opened with a key of the ring, and none is kept for longer than needed."""
	try:
		ring = key_ring.load()
	except KeyFileError:
		yield Finding(
			"key-file-unusable",
			_("The key file is missing, damaged or open to everybody. Put a good copy in its place."),
		)
		return
	used = sorted(data_keys.master_keys_in_use())
	for key_id in used:
		if key_id not in ring.master_keys:
			yield Finding(
				"key-missing",
				_(
					"Cases are encrypted with the key {0}, which the key file lacks. Put it back from a copy."
				).format(key_id),
			)
	yield from _rotation(ring, used)


def _rotation(ring: key_ring.KeyRing, used: list[str]) -> Iterator[Finding]:
	"""What was destroyed can't be opened from a backup for longer than it must be (see crypto.rotation)."""
	since = data_keys.destroyed_since(ring.active)
	last = now_datetime() - timedelta(days=rotation.backup_days())
	if since and since < last:
		yield Finding(
			"key-turning",
			_(
				"What was destroyed since {0} can still be opened with an older backup. Turn the master key: bench sv-rotate-key."
			).format(since.date()),
		)
	if ring.pending:
		yield Finding(
			"key-waiting",
			_(
				"The new master key {0} isn't used, because nobody has confirmed that the copies of the key file have it. Go on with bench sv-rotate-key."
			).format(ring.pending),
		)
	for key_id in ring.master_keys.keys() - {ring.active, ring.pending}:
		# the daily job has a day for it
		if key_id in used or (
			key_id in ring.retired_at and ring.retired_at[key_id] < last - timedelta(days=1)
		):
			yield Finding(
				"key-out-of-use",
				_(
					"The former master key {0} should be gone by now. See that the scheduler runs, and that the key file belongs to the user who runs the workers."
				).format(key_id),
			)


def access_log() -> Iterator[Finding]:
	"""The log is as it was written."""
	try:
		fault = verification.verify()
	except KeyFileError:
		return
	if fault:
		yield Finding(
			"access-log", _("{0} Find out who did that; a backup has the log as it was.").format(fault)
		)
