"""What is encrypted stays where it was written, and opens for nobody else."""

import json
import os
import pickle
from pathlib import Path

import pytest

import frappe

from sv_helpdesk.crypto import blind_index, cipher, data_keys, files, key_changes, key_ring, quiet, rotation
from sv_helpdesk.crypto.errors import KeyFileError, KeyMissingError, TamperedError

SECRET = "Hij dreigde mijn contract niet te verlengen"


@pytest.fixture
def own_key_file(tmp_path, monkeypatch):
	"""A key file of this test's own, so that the site's stays as it is."""
	path = tmp_path / "keys.json"
	key_changes.create(path)
	monkeypatch.setitem(frappe.local.conf, key_ring.CONFIG_KEY, str(path))
	return path


def test_a_text_opens_only_with_its_key_and_at_its_place():
	key = cipher.new_key()
	sealed = cipher.encrypt(key, SECRET.encode(), "SV Report", "abc", "narrative")
	assert cipher.decrypt(key, sealed, "SV Report", "abc", "narrative").decode() == SECRET
	for place in (
		("SV Report", "abd", "narrative"),
		("SV Report", "abc", "wishes"),
		("SV Note", "abc", "narrative"),
	):
		with pytest.raises(TamperedError):
			cipher.decrypt(key, sealed, *place)
	with pytest.raises(TamperedError):
		cipher.decrypt(cipher.new_key(), sealed, "SV Report", "abc", "narrative")


def test_places_that_read_alike_when_joined_are_different():
	key = cipher.new_key()
	sealed = cipher.encrypt(key, b"x", "ab", "c")
	with pytest.raises(TamperedError):
		cipher.decrypt(key, sealed, "a", "bc")


@pytest.mark.parametrize("position", [0, 5, 20, -1])
def test_a_changed_byte_anywhere_is_noticed(position):
	key = cipher.new_key()
	sealed = bytearray(cipher.encrypt(key, SECRET.encode(), "here"))
	sealed[position] ^= 1
	with pytest.raises(TamperedError):
		cipher.decrypt(key, bytes(sealed), "here")


def test_a_text_that_was_cut_short_is_noticed():
	key = cipher.new_key()
	token = cipher.to_token(cipher.encrypt(key, SECRET.encode(), "here"))
	assert cipher.decrypt(key, cipher.from_token(token), "here").decode() == SECRET
	for length in [len(token) - cut for cut in range(1, 5)]:
		assert cipher.is_token(token[:length])
		with pytest.raises(TamperedError):
			cipher.decrypt(key, cipher.from_token(token[:length]), "here")


def test_what_is_no_ciphertext_at_all_is_told_like_a_changed_one():
	with pytest.raises(TamperedError):
		cipher.from_token(cipher.PREFIX + "é" * 40)


def test_the_same_text_never_gives_the_same_ciphertext():
	key = cipher.new_key()
	assert cipher.encrypt(key, b"same", "here") != cipher.encrypt(key, b"same", "here")


def test_ordinary_text_is_never_taken_for_a_ciphertext():
	assert not cipher.is_token("sv1. is wat hij zei")
	assert not cipher.is_token("sv1.kort")
	assert not cipher.is_token(None)
	assert cipher.is_token(cipher.to_token(cipher.encrypt(cipher.new_key(), b"", "here")))


def test_a_key_file_is_readable_by_its_owner_only_and_is_never_replaced(own_key_file):
	assert own_key_file.stat().st_mode & 0o077 == 0
	before = own_key_file.read_text()
	key_changes.create(own_key_file)
	assert own_key_file.read_text() == before


def test_a_key_file_open_to_everybody_is_refused(own_key_file):
	os.chmod(own_key_file, 0o644)
	with pytest.raises(KeyFileError, match="chmod 600"):
		key_ring.load()


def test_a_missing_key_file_is_named_in_the_error(own_key_file):
	own_key_file.unlink()
	with pytest.raises(KeyFileError, match=own_key_file.name):
		key_ring.load()


@pytest.mark.parametrize("content", ["", "{}", '{"keys": [], "active": "k1", "index_key": "eA=="}', "[1"])
def test_a_damaged_key_file_is_refused(own_key_file, content):
	own_key_file.write_text(content)
	with pytest.raises(KeyFileError, match="damaged"):
		key_ring.load()


def test_a_key_id_never_comes_back_so_that_no_key_is_taken_for_another(own_key_file):
	before = own_key_file.read_text()
	first = key_changes.add(own_key_file)
	own_key_file.write_text(before)
	assert key_changes.add(own_key_file) != first


def test_two_rotations_at_once_are_refused_and_lose_no_key(own_key_file):
	before = own_key_file.read_text()
	with key_changes.changing(own_key_file), pytest.raises(KeyFileError, match="being changed"):
		rotation.begin()
	assert own_key_file.read_text() == before


def test_a_rotation_leaves_a_linked_key_file_where_it_is_and_open_to_whom_it_was(own_key_file):
	elsewhere = own_key_file.with_name("vault.json")
	own_key_file.rename(elsewhere)
	elsewhere.chmod(0o640)
	own_key_file.symlink_to(elsewhere)
	key_changes.add(own_key_file)
	assert own_key_file.is_symlink() and len(json.loads(elsewhere.read_text())["keys"]) == 2
	assert elsewhere.stat().st_mode & 0o777 == 0o640


def test_a_database_with_cases_never_gets_a_new_key_file(monkeypatch, tmp_path):
	from sv_helpdesk import install

	data_keys.for_writing("case-of-a-backup")
	monkeypatch.delitem(frappe.local.conf, key_ring.CONFIG_KEY)
	monkeypatch.setattr(frappe.local, "sites_path", str(tmp_path / "sites"))
	with pytest.raises(KeyFileError, match="has encrypted cases"):
		install.make_key_file()
	assert list(tmp_path.iterdir()) == []


def test_without_the_old_master_key_the_error_says_which_one_is_missing(own_key_file):
	data_keys.for_writing("case-2")
	content = json.loads(own_key_file.read_text())
	missing = content["active"]
	content["active"] = content["keys"][0]["id"] = "k9"
	own_key_file.write_text(json.dumps(content))
	with pytest.raises(KeyMissingError, match=missing):
		data_keys.for_reading("case-2")


def test_a_wrapped_key_of_another_case_does_not_open(own_key_file):
	data_keys.for_writing("case-3")
	data_keys.for_writing("case-4")
	wrapped = frappe.db.get_value("SV Data Key", {"reference": "case-3"}, "wrapped_key")
	frappe.db.set_value("SV Data Key", {"reference": "case-4"}, "wrapped_key", wrapped)
	with pytest.raises(TamperedError):
		data_keys.for_reading("case-4")


def test_a_destroyed_key_ends_reading_and_writing(own_key_file):
	data_keys.for_writing("case-5")
	data_keys.destroy("case-5")
	for use in (data_keys.for_reading, data_keys.for_writing):
		with pytest.raises(KeyMissingError):
			use("case-5")


def test_a_key_is_destroyed_once_and_its_row_stays(own_key_file):
	data_keys.for_writing("case-10")
	fields = ["name", "wrapped_key", "destroyed_at", "master_key_id"]
	data_keys.destroy("case-10")
	first = frappe.db.get_value("SV Data Key", {"reference": "case-10"}, fields, as_dict=True)
	assert not first.wrapped_key and first.destroyed_at and first.master_key_id == key_ring.load().active
	data_keys.destroy("case-10")
	assert frappe.db.get_value("SV Data Key", {"reference": "case-10"}, fields, as_dict=True) == first


def test_what_never_had_a_key_gets_none_once_it_is_destroyed(own_key_file):
	data_keys.destroy("case-11")
	with pytest.raises(KeyMissingError):
		data_keys.for_writing("case-11")


def test_the_blind_index_recognises_a_person_written_differently():
	assert blind_index("address", " A.deWit@Uni.example ") == blind_index("address", "a.dewit@uni.example")
	assert blind_index("name", "José  de Wit") == blind_index("name", "jose de wit")
	assert blind_index("name", "Anna") != blind_index("account", "Anna")
	assert blind_index("message", "<A@x>") != blind_index("message", "<a@x>")
	assert blind_index("address", "") == ""
	with pytest.raises(ValueError):
		blind_index("shoe size", "43")


def test_without_the_key_file_the_index_of_a_known_address_can_not_be_made(own_key_file):
	first = blind_index("address", "a.dewit@uni.example")
	content = json.loads(own_key_file.read_text())
	content["index_key"] = key_changes._text(cipher.new_key())
	own_key_file.write_text(json.dumps(content))
	assert blind_index("address", "a.dewit@uni.example") != first


def test_equal_files_share_neither_name_nor_bytes_nor_fingerprint():
	one = files.store(b"bewijs", "case-6", "SV Attachment", "a1")
	two = files.store(b"bewijs", "case-6", "SV Attachment", "a1")
	rows = [
		frappe.db.get_value("File", name, ["file_url", "content_hash", "is_private"]) for name in (one, two)
	]
	assert rows[0][0] != rows[1][0] and rows[0][1] != rows[1][1] and rows[0][2] == rows[1][2] == 1
	assert files.read(one, "case-6") == files.read(two, "case-6") == b"bewijs"


def test_a_file_is_gone_when_its_transaction_is_rolled_back():
	name = files.store(b"bewijs", "case-7", "SV Attachment", "a1")
	path = frappe.get_site_path("private", "files", frappe.db.get_value("File", name, "file_name"))
	assert os.path.exists(path) and b"bewijs" not in open(path, "rb").read()
	frappe.db.rollback()
	assert not os.path.exists(path)


def test_a_file_moved_to_another_document_does_not_open():
	name = files.store(b"bewijs", "case-8", "SV Attachment", "a1")
	frappe.db.set_value("File", name, "attached_to_name", "a2")
	with pytest.raises(TamperedError):
		files.read(name, "case-8")


def test_files_committed_while_a_sweep_had_begun_stay():
	"""The sweep's transaction began before the row was committed by a process that died right after."""
	from sv_helpdesk.crypto import file_journal

	frappe.db.rollback()
	frappe.db.sql("select 1 from `tabFile` limit 1")
	name = frappe.generate_hash(length=20)
	path = Path(frappe.get_site_path("private", "files", f"{name}.bin"))
	path.write_bytes(b"sealed")
	journal = Path(frappe.get_site_path("locks", "sv_files", "died.journal"))
	journal.write_text(f"{path.resolve()}\n")
	other = frappe.db.get_connection()
	try:
		with other.cursor() as cursor:
			cursor.execute("insert into `tabFile` (name, file_name) values (%s, %s)", (name, path.name))
		other.commit()
		assert file_journal.sweep() == 0
		assert path.exists() and not journal.exists()
	finally:
		frappe.db.rollback()
		frappe.db.delete("File", {"name": name})
		frappe.db.commit()
		other.close()
		path.unlink(missing_ok=True)


def test_an_error_log_of_a_confidential_request_has_places_but_no_values():
	quiet.be_quiet()
	try:
		narrative = SECRET
		raise RuntimeError(f"can't save {narrative}")
	except RuntimeError:
		log = frappe.log_error(title=f"failed on {SECRET}")
	stored = frappe.db.get_value("Error Log", log.name, ["error", "method"])
	assert SECRET not in str(stored) and "contract" not in str(stored)
	assert "test_crypto.py" in stored[0] and "RuntimeError" in stored[0]


def test_other_error_logs_stay_as_the_host_makes_them():
	setattr(frappe.local, quiet.FLAG, False)
	log = frappe.log_error(title="printer", message="line 1\nline 2")
	assert "line 2" in frappe.db.get_value("Error Log", log.name, "error")


def test_a_confidential_form_does_not_print_itself():
	form = quiet.QuietDict(doc=SECRET)
	assert SECRET not in f"{form} {form!r} {json.dumps(form.__deepcopy__({}))}"
	assert form.doc == SECRET
	assert pickle.loads(pickle.dumps(dict(form)))["doc"] == SECRET
