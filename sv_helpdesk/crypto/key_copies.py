"""Comparing a copy of the key file with the file, without showing a key."""

from pathlib import Path

from frappe import _

from sv_helpdesk.crypto import key_ring


def fault(path: Path) -> str | None:
	"""Return what is wrong with a copy of this site's key file, or None when it has the same keys.

	Raises:
	        KeyFileError: the key file or the copy can't be used.
	"""
	ring, copy = key_ring.load(), key_ring.read(path)
	both = ring.master_keys.keys() & copy.master_keys.keys()
	if copy.index_key != ring.index_key or any(
		ring.master_keys[key] != copy.master_keys[key] for key in both
	):
		return _("This copy belongs to another site.")
	if lacking := sorted(ring.master_keys.keys() - both):
		return _("This copy lacks {0}. Replace it.").format(", ".join(lacking))
	if gone := sorted(copy.master_keys.keys() - both):
		return _(
			"This copy still has {0}, with which an older backup opens what was destroyed. Replace it."
		).format(", ".join(gone))
	return None
