"""Reads what an uninstall exported, with the key file that it was encrypted with; no site with the cases is needed."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sv_helpdesk.crypto import cipher, data_keys
from sv_helpdesk.crypto.errors import TamperedError
from sv_helpdesk.crypto.key_ring import KeyRing

# a row is encrypted with the key of what it belongs to, or with one of its own
OWNERS = ("report", "decision_table", "complaint", "name")


class Outcome(NamedTuple):
	"""What was read: the number of rows, and what couldn't be (doctype, name, field) and stays as ciphertext.

	Of a data key that was changed the key alone is named; whatever it encrypts stays as ciphertext.
	"""

	rows: int
	unreadable: list[tuple[str, str, str]]


def read(export: Path, ring: KeyRing, target: Path) -> Outcome:
	"""Write every row of an export in clear text to a new folder, and every file beside them.

	One value that somebody changed or moved in the database before the uninstall keeps nobody from the rest.

	Args:
		export: the file that the uninstall named.
		ring: of the key file that stood beside it.
		target: a folder that isn't there yet; it gets `rows.jsonl` and `files/`.

	Returns:
		How many rows there were, and what of them can't be read. Of what was destroyed before the uninstall the
		ciphertext stays as it is, too, and it isn't named.

	Raises:
		FileExistsError: the folder is there.
		KeyMissingError: the key file lacks a key of this export.
	"""
	target.mkdir(mode=0o700)
	target.joinpath("files").mkdir()
	unreadable: list[tuple[str, str, str]] = []
	keys = dict(_data_keys(export, ring, unreadable))
	owners: dict[tuple[str, str], dict] = {}
	number = 0
	with target.joinpath("rows.jsonl").open("w") as lines:
		for row in _rows(export):
			if row["doctype"] == "File":
				place = (row["attached_to_doctype"], row["attached_to_name"])
				# of a document that is gone its name may still lead to a key
				owner = owners.get(place, {"name": row["attached_to_name"]})
				_write_file(target / "files" / row["name"], row, owner, keys, unreadable)
				continue
			owners[row["doctype"], row["name"]] = {key: row.get(key) for key in OWNERS}
			lines.write(json.dumps(_opened(row, keys, unreadable), ensure_ascii=False) + "\n")
			number += 1
	return Outcome(number, unreadable)


def _rows(export: Path) -> Iterator[dict]:
	with gzip.open(export, "rt") as lines:
		for line in lines:
			yield json.loads(line)


def _is_key(row: dict) -> bool:
	return row["doctype"] == data_keys.DOCTYPE and bool(row["wrapped_key"])


def _data_keys(export: Path, ring: KeyRing, unreadable: list) -> Iterator[tuple[str, bytes]]:
	for row in _rows(export):
		if not _is_key(row):
			continue
		place = (data_keys.DOCTYPE, row["reference"], row["master_key_id"])
		master_key = ring.master_key(row["master_key_id"])
		try:
			yield row["reference"], cipher.decrypt(master_key, cipher.from_token(row["wrapped_key"]), *place)
		except TamperedError:
			unreadable.append((data_keys.DOCTYPE, row["name"], "wrapped_key"))


def _opened(row: dict, keys: dict[str, bytes], unreadable: list) -> dict:
	ours = _keys_of(row, keys)
	if row["doctype"] == data_keys.DOCTYPE or not ours:
		return row
	opened = dict(row)
	for field, value in row.items():
		if not cipher.is_token(value):
			continue
		place = (row["doctype"], row["name"], field)
		try:
			opened[field] = _decrypted(cipher.from_token(value), ours, place).decode()
		except TamperedError:
			unreadable.append(place)
	return opened


def _write_file(path: Path, row: dict, owner: dict, keys: dict[str, bytes], unreadable: list) -> None:
	ours = _keys_of(owner, keys)
	# none of a file that was missing on disk
	if not row["content"] or not ours:
		return
	place = ("File", row["name"], row["attached_to_doctype"], row["attached_to_name"])
	try:
		path.write_bytes(_decrypted(bytes.fromhex(row["content"]), ours, place))
	except TamperedError:
		unreadable.append(("File", row["name"], "content"))


def _decrypted(sealed: bytes, keys: list[bytes], place: tuple[str, ...]) -> bytes:
	*others, last = keys
	for key in others:
		try:
			return cipher.decrypt(key, sealed, *place)
		except TamperedError:
			continue
	return cipher.decrypt(last, sealed, *place)


def _keys_of(row: dict, keys: dict[str, bytes]) -> list[bytes]:
	return [keys[row[owner]] for owner in OWNERS if row.get(owner) in keys]
