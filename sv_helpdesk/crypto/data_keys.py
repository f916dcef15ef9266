"""One data key per case, wrapped with a master key and kept in SV Data Key.

Rotation wraps the data keys anew and leaves the contents alone; destroying a data
key destroys the case. Nothing is cached: a key made in a transaction that rolls
back must never encrypt anything afterwards.
"""

import frappe
from frappe import _

from sv_helpdesk.crypto import cipher, key_ring
from sv_helpdesk.crypto.errors import KeyMissingError

DOCTYPE = "SV Data Key"


def for_reading(reference: str) -> bytes:
	"""Return the data key of a case or table.

	Args:
	        reference: name of the SV Report or SV Decision Table (or whatever owns a key).

	Raises:
	        KeyMissingError: there is no key, it was destroyed, or its master key is missing.
	"""
	row = _row(reference)
	if not row or not row.wrapped_key:
		raise KeyMissingError(_("The key of this record is gone, so its contents can't be read any more."))
	return _unwrap(reference, row)


def for_writing(reference: str) -> bytes:
	"""Return the data key of a case or table, made now if it has none yet.

	Raises:
	        KeyMissingError: the key was destroyed; nothing may be added to the case.
	"""
	if _row(reference):
		return for_reading(reference)
	key = cipher.new_key()
	document = frappe.new_doc(DOCTYPE)
	document.reference = reference
	document.update(_wrap(reference, key, key_ring.load()))
	document.flags.name_set = True
	document.name = frappe.generate_hash(length=16)
	document.db_insert()
	return key


def rotate() -> tuple[str, int]:
	"""Make a new master key the active one and wrap every data key with it.

	Returns: the new key's id, and how many data keys were wrapped.

	Raises:
	        KeyFileError: somebody else is rotating now, or the key file can't be used.
	"""
	path = key_ring.key_file()
	with key_ring.changing(path):
		return key_ring.add_master_key(path), rewrap()


def rewrap(batch: int = 500) -> int:
	"""Wrap every data key with the active master key; return how many were changed.

	Commits after each batch, so that it can be stopped and started again.
	"""
	ring, done = key_ring.load(), 0
	key = frappe.qb.DocType(DOCTYPE)
	while rows := (
		frappe.qb.from_(key)
		.select(key.name, key.reference, key.wrapped_key, key.master_key_id)
		.where((key.master_key_id != ring.active) & (key.wrapped_key != ""))
		.orderby(key.name)
		.limit(batch)
		# a key that is destroyed meanwhile must not come back
		.for_update()
		.run(as_dict=True)
	):
		for row in rows:
			wrapped = _wrap(row.reference, _unwrap(row.reference, row), ring)
			frappe.db.set_value(DOCTYPE, row.name, wrapped, update_modified=False)
		frappe.db.commit()
		done += len(rows)
	return done


def _row(reference: str):
	return frappe.db.get_value(
		DOCTYPE, {"reference": reference}, ["wrapped_key", "master_key_id"], as_dict=True
	)


def _wrap(reference: str, key: bytes, ring: key_ring.KeyRing) -> dict:
	sealed = cipher.encrypt(ring.master_key(ring.active), key, DOCTYPE, reference, ring.active)
	return {"wrapped_key": cipher.to_token(sealed), "master_key_id": ring.active}


def _unwrap(reference: str, row) -> bytes:
	master = key_ring.load().master_key(row.master_key_id)
	return cipher.decrypt(master, cipher.from_token(row.wrapped_key), DOCTYPE, reference, row.master_key_id)
