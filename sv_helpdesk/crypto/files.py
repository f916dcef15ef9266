"""Files: encrypted before they touch the disk, and gone if their transaction is.

The File row's name, the file's name on disk and its bytes say nothing about the
content; equal contents give different bytes. The row is written without File's own
hooks, which would post a comment, look for equal files and cap the size of evidence.
"""

import hashlib
import os
from pathlib import Path

import frappe

from sv_helpdesk.crypto import cipher, data_keys, file_journal


def store(content: bytes, reference: str, doctype: str, name: str) -> str:
	"""Encrypt and store a private file that belongs to a document.

	The file is removed again when the transaction rolls back or the process dies.

	Args:
	        content: the clear bytes.
	        reference: name of the case whose data key encrypts it.
	        doctype: doctype of the document the file belongs to.
	        name: that document's name.

	Returns: the name of the File row.
	"""
	row = frappe.new_doc("File")
	row.name = frappe.generate_hash(length=20)
	sealed = cipher.encrypt(data_keys.for_writing(reference), content, "File", row.name, doctype, name)
	file_name = f"{row.name}.bin"
	path = Path(frappe.get_site_path("private", "files", file_name))
	file_journal.before_write(path)
	path.parent.mkdir(parents=True, exist_ok=True)
	handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
	with os.fdopen(handle, "wb") as file:
		file.write(sealed)
		file.flush()
		os.fsync(file.fileno())
	row.update(
		{
			"file_name": file_name,
			"file_url": f"/private/files/{file_name}",
			"is_private": 1,
			"folder": "Home/Attachments",
			"file_size": len(sealed),
			"content_hash": hashlib.md5(sealed, usedforsecurity=False).hexdigest(),
			"attached_to_doctype": doctype,
			"attached_to_name": name,
		}
	)
	row.flags.name_set = True
	row.db_insert()
	return row.name


def read(file: str, reference: str) -> bytes:
	"""Return the clear bytes of a stored file; the caller has checked the reader's right.

	Args:
	        file: name of the File row, as `store` returned it.
	        reference: name of the case whose data key encrypted it.

	Raises:
	        frappe.DoesNotExistError: no such row or no such file.
	        KeyMissingError, TamperedError: it can't be decrypted.
	"""
	row = frappe.db.get_value(
		"File", file, ["file_name", "attached_to_doctype", "attached_to_name"], as_dict=True
	)
	path = row and Path(frappe.get_site_path("private", "files", row.file_name))
	if not path or not path.exists():
		raise frappe.DoesNotExistError(
			frappe._("This file is no longer there. Ask your administrator to restore it from a backup.")
		)
	place = ("File", file, row.attached_to_doctype, row.attached_to_name)
	return cipher.decrypt(data_keys.for_reading(reference), path.read_bytes(), *place)


def remove(file: str) -> None:
	"""Remove a stored file that nobody needs any more; its bytes go with the commit.

	Args:
	        file: name of the File row, as `store` returned it.
	"""
	file_name = frappe.db.get_value("File", file, "file_name")
	frappe.db.delete("File", {"name": file})
	if file_name:
		path = Path(frappe.get_site_path("private", "files", file_name))
		frappe.db.after_commit.add(lambda: path.unlink(missing_ok=True))
