"""One data key per case, wrapped with a master key and kept in SV Data Key.

Rotation wraps the data keys anew and leaves the contents alone; destroying a data
key destroys the case. Nothing is cached: a key made in a transaction that rolls
back must never encrypt anything afterwards.
"""

import contextlib
from datetime import datetime

import frappe
from frappe import _
from frappe.query_builder.functions import Min
from frappe.utils import now_datetime

from sv_helpdesk.crypto import cipher, key_ring
from sv_helpdesk.crypto.errors import KeyMissingError, TamperedError

DOCTYPE = "SV Data Key"


def for_reading(reference: str) -> bytes:
	"""Return the data key of a case or table.

	Args:
	        reference: name of the SV Report or SV Decision Table (or whatever owns a key).

	Raises:
	        KeyMissingError: there is no key, it was destroyed, or its master key is missing.
	"""
	return _unwrapped(reference, _row(reference))


def for_writing(reference: str) -> bytes:
	"""Return the data key of a case or table, made now if it has none yet.

	Raises:
	        KeyMissingError: the key was destroyed; nothing may be added to the case.
	"""
	if _row(reference):
		return _unwrapped(reference, _row_as_it_is_now(reference))
	key = cipher.new_key()
	_insert(reference, _wrap(reference, key, key_ring.load()))
	return key


def destroy(reference: str) -> None:
	"""Empty the data key of a case or table: nothing of it can be read any more, and nothing added.

	Its row stays, so that nobody makes another key; destroying it again changes nothing. Backups that were
	made before still have the key, wrapped with the master key that the row names.

	Args:
	        reference: as for `for_reading`; one that never had a key never gets one.
	"""
	# a rotation that has read the row waits, or finds it empty
	fields = ["name", "wrapped_key"]
	row = frappe.db.get_value(DOCTYPE, {"reference": reference}, fields, as_dict=True, for_update=True)
	if not row:
		_insert(reference, {"destroyed_at": now_datetime()})
	elif row.wrapped_key:
		frappe.db.set_value(DOCTYPE, row.name, {"wrapped_key": "", "destroyed_at": now_datetime()})


def rewrap(batch: int = 500) -> int:
	"""Wrap every data key with the active master key; return how many were changed.

	Commits after each batch, so that it can be stopped and started again. One that doesn't open stays as it is
	and doesn't stop the others; the self-check tells.
	"""
	ring, done = key_ring.load(), 0
	key = frappe.qb.DocType(DOCTYPE)
	wrapped_by_others = (key.master_key_id != ring.active) & (key.wrapped_key != "")
	names = frappe.qb.from_(key).select(key.name).where(wrapped_by_others).orderby(key.name).run(pluck=True)
	for start in range(0, len(names), batch):
		of_batch = key.name.isin(names[start : start + batch])
		rows = frappe.qb.from_(key).select(key.name, key.reference, key.wrapped_key, key.master_key_id)
		# a key that is destroyed meanwhile must not come back; by names, so that no gap between rows is locked
		for row in rows.where(of_batch & wrapped_by_others).for_update().run(as_dict=True):
			with contextlib.suppress(KeyMissingError, TamperedError):
				wrapped = _wrap(row.reference, _unwrap(row.reference, row), ring)
				frappe.db.set_value(DOCTYPE, row.name, wrapped, update_modified=False)
				done += 1
		frappe.db.commit()
	return done


def master_keys_in_use() -> set[str]:
	"""Return the ids of the master keys that wrap a data key now."""
	key = frappe.qb.DocType(DOCTYPE)
	rows = frappe.qb.from_(key).select(key.master_key_id).distinct().where(key.wrapped_key != "").run()
	return {key_id for (key_id,) in rows}


def destroyed_since(master_key_id: str) -> datetime | None:
	"""Return when the first data key was destroyed that this master key had wrapped."""
	key = frappe.qb.DocType(DOCTYPE)
	wrapped = (key.master_key_id == master_key_id) & (key.wrapped_key == "")
	return frappe.qb.from_(key).select(Min(key.destroyed_at)).where(wrapped).run()[0][0]


def _insert(reference: str, values: dict) -> None:
	document = frappe.new_doc(DOCTYPE)
	document.update({"reference": reference, **values})
	document.flags.name_set = True
	document.name = frappe.generate_hash(length=16)
	document.db_insert()


def _row(reference: str):
	return frappe.db.get_value(
		DOCTYPE, {"reference": reference}, ["wrapped_key", "master_key_id"], as_dict=True
	)


def _row_as_it_is_now(reference: str):
	"""Return the row as it is now, not as this transaction began; until its end nobody destroys it.

	Who write in one case at the same moment don't wait for each other.
	"""
	row = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(row).select(row.wrapped_key, row.master_key_id).where(row.reference == reference)
	found = frappe.db.sql(f"{query.get_sql()} lock in share mode", as_dict=True)
	return found[0] if found else None


def _unwrapped(reference: str, row) -> bytes:
	if not row or not row.wrapped_key:
		raise KeyMissingError(_("The key of this record is gone, so its contents can't be read any more."))
	return _unwrap(reference, row)


def _wrap(reference: str, key: bytes, ring: key_ring.KeyRing) -> dict:
	sealed = cipher.encrypt(ring.master_key(ring.active), key, DOCTYPE, reference, ring.active)
	return {"wrapped_key": cipher.to_token(sealed), "master_key_id": ring.active}


def _unwrap(reference: str, row) -> bytes:
	# by this name, under which the host keeps it out of its logs of errors
	key = key_ring.load().master_key(row.master_key_id)
	return cipher.decrypt(key, cipher.from_token(row.wrapped_key), DOCTYPE, reference, row.master_key_id)
