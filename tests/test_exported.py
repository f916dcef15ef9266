"""What an uninstall exports can be read with the key file: every text and every file of ours, and nothing of it stays."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from complaint_world import Complaint
from test_rows_of_a_case import put

import frappe
from frappe.model.base_document import get_controller

from sv_helpdesk import exported, uninstall
from sv_helpdesk.crypto import files, key_ring
from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.permissions.field_groups import GROUPS

# documents with a file, and what its key is of
WITH_A_FILE = {
	"SV Attachment": "report",
	"SV Held Mail": "name",
	"SV Complaint Part": "complaint",
	"SV Import": "name",
}


def with_a_file(doctype: str, **values) -> str:
	"""Put a document with a file in the database, and return the name of the File."""
	row = put(doctype, **values)
	file = files.store(f"ZZ of {doctype}".encode(), row.get(WITH_A_FILE[doctype]), doctype, row.name)
	row.db_set("file", file)
	return file


@pytest.fixture
def stored() -> dict[str, str]:
	"""The names of a file of each document that has one."""
	complaint = Complaint()
	complaint.informal(body="ZZ of the informal case")
	of_case = {"report": complaint.report}
	values = {"SV Complaint Part": {**of_case, "complaint": complaint.name}, "SV Import": {}}
	return {doctype: with_a_file(doctype, **values.get(doctype, of_case)) for doctype in WITH_A_FILE}


def test_every_text_and_every_file_is_read_with_the_key_file(stored, tmp_path):
	export = uninstall.export()
	try:
		assert "ZZ of" not in gzip.open(export, "rt").read()
		exported.read(export, key_ring.load(), tmp_path / "read")
	finally:
		export.unlink()
	rows = [json.loads(line) for line in (tmp_path / "read" / "rows.jsonl").read_text().splitlines()]
	bodies = {row["body"] for row in rows if row["doctype"] == "SV Complaint Part"}
	assert {"Complaint word", "ZZ of the informal case"} <= bodies
	for doctype, file in stored.items():
		assert (tmp_path / "read" / "files" / file).read_text() == f"ZZ of {doctype}"


def test_what_was_changed_in_the_database_is_named_and_the_rest_is_read(stored, tmp_path):
	case, other = Complaint(), Complaint()
	changed = case.informal(body="ZZ of the changed part")
	other.informal(body="ZZ of a part without its key")
	token = frappe.db.get_value("SV Complaint Part", changed, "body")
	frappe.db.set_value("SV Complaint Part", changed, "body", token[:-5] + "AAAA=", update_modified=False)
	key = frappe.db.get_value("SV Data Key", {"reference": other.name})
	frappe.db.set_value("SV Data Key", key, "wrapped_key", token, update_modified=False)
	file = stored["SV Attachment"]
	(row,) = (row for row in uninstall._files() if row.name == file)
	uninstall._path_of(row).write_bytes(b"changed")
	export = uninstall.export()
	try:
		said = read_by_command(export, tmp_path / "read")
	finally:
		export.unlink()
	for place in (
		f"SV Complaint Part, {changed}, body",
		f"SV Data Key, {key}, wrapped_key",
		f"File, {file}, content",
	):
		assert f"stays encrypted: {place}\n" in said
	rows = (tmp_path / "read" / "rows.jsonl").read_text()
	assert "ZZ of the informal case" in rows and "ZZ of a part" not in rows
	assert not (tmp_path / "read" / "files" / file).exists()


def read_by_command(export: Path, target: Path) -> str:
	"""Read an export as somebody with a shell does, and return what the command says."""
	command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", frappe.local.site]
	paths = [str(path) for path in (export, key_ring.key_file(), target)]
	read = subprocess.run(
		[*command, "sv-read-export", *paths], capture_output=True, text=True, env=os.environ
	)
	assert not read.returncode, read.stderr
	return read.stderr


@pytest.mark.parametrize("doctype", [name for name in GROUPS if name != "SV Settings"])
def test_a_sealed_document_is_opened_by_what_it_belongs_to(doctype):
	if not issubclass(get_controller(doctype), SealedDocument):
		return
	fields = [field.fieldname for field in frappe.get_meta(doctype).fields if field.fieldtype == "Link"]
	doc = frappe.get_doc({"doctype": doctype, **{name: name for name in fields}})
	doc.name = "name"
	assert doc.key_reference() in exported.OWNERS


def test_no_file_of_ours_stays(stored):
	names = sorted(stored.values())
	found = frappe.get_all("File", {"name": ["in", names]}, pluck="name", order_by="name asc")
	assert found == sorted(row.name for row in uninstall._files() if row.name in names) == names


def test_whoever_keeps_files_is_known_here():
	assert sorted(name for name in GROUPS if frappe.get_meta(name).has_field("file")) == sorted(WITH_A_FILE)
