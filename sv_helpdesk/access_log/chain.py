"""The chain: each row carries a keyed hash over its content and over the row before it.

The key comes from the key file, so somebody who can write the table but has no key file
can neither change, remove nor insert a row without it showing. The last position and hash
stand in SV Access Log Head under a keyed hash of their own, so that cutting off the end
shows, too. Only putting back an older head with the rows that belong to it stays hidden
from the database alone; the position and hash that are mailed (`end`) show that.

The head's row is the one lock: rows are appended at the very end of a transaction (see
pending.py), so it is held for one insert and the commit, and whoever holds it waits for no
other lock. So two requests can neither fork the chain nor lock each other out.
"""

import hashlib
import hmac
import json
from datetime import datetime

import frappe
from frappe import _
from frappe.utils import now_datetime

from sv_helpdesk.access_log.errors import AccessLogError
from sv_helpdesk.crypto import key_ring

ROWS = "SV Access Log"
HEAD = "SV Access Log Head"
HEAD_NAME = "head"
START = "0" * 64
# what the hash of a row covers, in this order; a field added later goes to the end
CONTENT = (
	"position",
	"name",
	"logged_at",
	"user",
	"action",
	"document_type",
	"document_name",
	"report",
	"by_right",
	"from_address",
)
COLUMNS = (*CONTENT, "previous_hash", "row_hash", "owner", "modified_by", "creation", "modified")


def begin() -> None:
	"""Write the head of an empty log; done once per site, at the install.

	Later on a missing head is a sign that somebody emptied the log, so it is never made anew.
	"""
	if frappe.db.exists(HEAD, HEAD_NAME):
		return
	head = frappe.new_doc(HEAD)
	head.update(
		{"position": 0, "row_hash": START, "head_hash": _head_hash(key_ring.load().log_key, 0, START)}
	)
	head.name = HEAD_NAME
	head.flags.name_set = True
	head.db_insert()


def append(rows: list[dict]) -> None:
	"""Add rows to the end of the chain; the end stays locked until the transaction ends.

	Args:
	        rows: the fields of CONTENT but the position, in the order in which they happened.

	Raises:
	        AccessLogError: the head is missing or not ours, so the log can't be continued.
	"""
	key = key_ring.load().log_key
	position, previous = _locked_end(key)
	now, values = now_datetime(), []
	for row in rows:
		position += 1
		row = {**row, "position": position, "previous_hash": previous}
		previous = row["row_hash"] = row_hash(key, row)
		frame = {"owner": row["user"], "modified_by": row["user"], "creation": now, "modified": now}
		values.append([{**row, **frame}[column] for column in COLUMNS])
	frappe.db.bulk_insert(ROWS, list(COLUMNS), values)
	head = frappe.qb.DocType(HEAD)
	query = frappe.qb.update(head).set(head.position, position).set(head.row_hash, previous)
	query = query.set(head.head_hash, _head_hash(key, position, previous)).set(head.modified, now)
	query.where(head.name == HEAD_NAME).run()


def end() -> tuple[int, str]:
	"""Return the position and the hash of the last row, to be kept outside the site.

	Raises:
	        AccessLogError: the head is missing or not ours.
	"""
	return _genuine(_head(for_update=False), key_ring.load().log_key)


def head_as_stored() -> tuple[int, str, bool] | None:
	"""Return the head's position and hash, and whether it is genuine; None if it is gone."""
	head = _head(for_update=False)
	return head and (head.position, head.row_hash, _is_genuine(head, key_ring.load().log_key))


def row_hash(key: bytes, row: dict) -> str:
	"""Return the keyed hash of a row with its `previous_hash`.

	Args:
	        key: the log key of the key ring.
	        row: the fields of CONTENT and previous_hash, as written or as read back.
	"""
	content = [_plain(row.get(field)) for field in CONTENT]
	text = json.dumps(["row", row["previous_hash"], *content], ensure_ascii=False)
	return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _locked_end(key: bytes) -> tuple[int, str]:
	return _genuine(_head(for_update=True), key)


def _genuine(head, key: bytes) -> tuple[int, str]:
	if not head or not _is_genuine(head, key):
		raise AccessLogError(
			_(
				"The access log was tampered with or belongs to another key file, so nothing can be opened. "
				"Ask your administrator to run sv-verify-log and to restore the database from a backup."
			)
		)
	return head.position, head.row_hash


def _head(for_update: bool):
	fields = ["position", "row_hash", "head_hash"]
	return frappe.db.get_value(HEAD, HEAD_NAME, fields, as_dict=True, for_update=for_update)


def _is_genuine(head, key: bytes) -> bool:
	return hmac.compare_digest(head.head_hash or "", _head_hash(key, head.position, head.row_hash))


def _head_hash(key: bytes, position: int, last_hash: str) -> str:
	return hmac.new(key, json.dumps(["head", position, last_hash]).encode(), hashlib.sha256).hexdigest()


def _plain(value: object) -> object:
	if isinstance(value, datetime):
		return value.isoformat(timespec="microseconds")
	return value or ""
