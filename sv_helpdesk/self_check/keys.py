"""The key file, the keys in use, and the chain of the access log."""

import stat
from collections.abc import Iterator
from pathlib import Path

import frappe
from frappe import _

from sv_helpdesk.access_log import verification
from sv_helpdesk.crypto import key_ring
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
	"""Every case's key can be opened with a key of the ring."""
	try:
		ring = key_ring.load()
	except KeyFileError:
		yield Finding(
			"key-file-unusable",
			_("The key file is missing, damaged or open to everybody. Put a good copy in its place."),
		)
		return
	used = frappe.get_all("SV Data Key", pluck="master_key_id", distinct=True, order_by="master_key_id asc")
	for key_id in used:
		if key_id and key_id not in ring.master_keys:
			yield Finding(
				"key-missing",
				_(
					"Cases are encrypted with the key {0}, which the key file lacks. Put it back from a copy."
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
