"""Reads what an uninstall exported, with the key file that it was encrypted with; no site with the cases is needed."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from sv_helpdesk.crypto import cipher, data_keys
from sv_helpdesk.crypto.errors import TamperedError
from sv_helpdesk.crypto.key_ring import KeyRing

# a row is encrypted with the key of what it belongs to, or with one of its own
OWNERS = ("report", "decision_table", "complaint", "name")


def read(export: Path, ring: KeyRing, target: Path) -> int:
	"""Write every row of an export in clear text to a new folder, and every file beside them.

	Args:
		export: the file that the uninstall named.
		ring: of the key file that stood beside it.
		target: a folder that isn't there yet; it gets `rows.jsonl` and `files/`.

	Returns:
		How many rows there were; of what was destroyed before the uninstall the ciphertext stays as it is.

	Raises:
		FileExistsError: the folder is there.
		KeyMissingError: the key file lacks a key of this export.
	"""
	target.mkdir(mode=0o700)
	target.joinpath("files").mkdir()
	keys = {row["reference"]: _data_key(row, ring) for row in _rows(export) if _is_key(row)}
	owners: dict[tuple[str, str], dict] = {}
	number = 0
	with target.joinpath("rows.jsonl").open("w") as lines:
		for row in _rows(export):
			if row["doctype"] == "File":
				place = (row["attached_to_doctype"], row["attached_to_name"])
				# of a document that is gone its name may still lead to a key
				owner = owners.get(place, {"name": row["attached_to_name"]})
				_write_file(target / "files" / row["name"], row, owner, keys)
				continue
			owners[row["doctype"], row["name"]] = {key: row.get(key) for key in OWNERS}
			lines.write(json.dumps(_opened(row, keys), ensure_ascii=False) + "\n")
			number += 1
	return number


def _rows(export: Path) -> Iterator[dict]:
	with gzip.open(export, "rt") as lines:
		for line in lines:
			yield json.loads(line)


def _is_key(row: dict) -> bool:
	return row["doctype"] == data_keys.DOCTYPE and bool(row["wrapped_key"])


def _data_key(row: dict, ring: KeyRing) -> bytes:
	place = (data_keys.DOCTYPE, row["reference"], row["master_key_id"])
	return cipher.decrypt(
		ring.master_key(row["master_key_id"]), cipher.from_token(row["wrapped_key"]), *place
	)


def _opened(row: dict, keys: dict[str, bytes]) -> dict:
	if row["doctype"] == data_keys.DOCTYPE:
		return row
	return {
		key: _decrypted(cipher.from_token(value), row, keys, (row["doctype"], row["name"], key)).decode()
		if cipher.is_token(value) and _keys_of(row, keys)
		else value
		for key, value in row.items()
	}


def _write_file(path: Path, row: dict, owner: dict, keys: dict[str, bytes]) -> None:
	place = ("File", row["name"], row["attached_to_doctype"], row["attached_to_name"])
	# none of a file that was missing on disk
	if row["content"] and _keys_of(owner, keys):
		path.write_bytes(_decrypted(bytes.fromhex(row["content"]), owner, keys, place))


def _decrypted(sealed: bytes, row: dict, keys: dict[str, bytes], place: tuple[str, ...]) -> bytes:
	*others, last = _keys_of(row, keys)
	for key in others:
		try:
			return cipher.decrypt(key, sealed, *place)
		except TamperedError:
			continue
	return cipher.decrypt(last, sealed, *place)


def _keys_of(row: dict, keys: dict[str, bytes]) -> list[bytes]:
	return [keys[row[owner]] for owner in OWNERS if row.get(owner) in keys]
