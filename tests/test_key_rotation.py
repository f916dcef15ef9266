"""A master key is turned in steps, and an older backup with today's key file opens nothing that was destroyed."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

import frappe
from frappe.utils import now_datetime

from sv_helpdesk.crypto import data_keys, key_changes, key_copies, key_ring, rotation
from sv_helpdesk.crypto.errors import KeyFileError, KeyMissingError

FIELDS = ["name", "reference", "wrapped_key", "master_key_id"]


@pytest.fixture
def file(tmp_path, monkeypatch) -> Path:
	"""A key file of this test's own and no data keys; what a rotation commits is rolled back, too."""
	path = tmp_path / "keys.json"
	key_changes.create(path)
	monkeypatch.setitem(frappe.local.conf, key_ring.CONFIG_KEY, str(path))
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	frappe.db.delete(data_keys.DOCTYPE)
	return path


def turn() -> None:
	"""Both steps, as if all copies had been replaced."""
	rotation.begin()
	rotation.confirm(key_ring.load().fingerprint)


def let_pass(file: Path, days: int) -> None:
	"""Make the key file as if so many days had passed."""
	content = json.loads(file.read_text())
	for key in content["keys"]:
		if "retired_at" in key:
			key["retired_at"] = (now_datetime() - timedelta(days=days, minutes=1)).isoformat()
	file.write_text(json.dumps(content))


def row(reference: str):
	return frappe.db.get_value(data_keys.DOCTYPE, {"reference": reference}, FIELDS, as_dict=True)


def put_back(*rows) -> None:
	"""The data keys as an older backup has them."""
	frappe.db.delete(data_keys.DOCTYPE)
	for values in rows:
		frappe.get_doc({"doctype": data_keys.DOCTYPE, **values}).db_insert()


def test_a_new_master_key_waits_until_somebody_says_that_the_copies_have_it(file):
	before = key_ring.load().active
	waiting = rotation.begin()
	assert key_ring.load().active == before and key_ring.load().pending == waiting
	data_keys.for_writing("case")
	assert row("case").master_key_id == before
	assert rotation.begin() == waiting and len(key_ring.load().master_keys) == 2
	assert rotation.confirm(key_ring.load().fingerprint) == 1
	assert key_ring.load().active == waiting and not key_ring.load().pending


@pytest.mark.parametrize("prepare", [lambda: None, rotation.begin], ids=["none waits", "another fingerprint"])
def test_nothing_is_turned_without_the_fingerprint_of_a_key_that_waits(file, prepare):
	fingerprint = key_ring.load().fingerprint
	prepare()
	before = file.read_text()
	with pytest.raises(KeyFileError):
		rotation.confirm(fingerprint)
	assert file.read_text() == before


def test_a_rotation_wraps_the_data_keys_anew_and_leaves_contents_alone(file):
	opened, old = data_keys.for_writing("case"), row("case")
	turn()
	new = row("case")
	assert new.wrapped_key != old.wrapped_key and new.master_key_id == key_ring.load().active
	assert data_keys.for_reading("case") == opened
	assert data_keys.rewrap() == 0


def test_a_rotation_leaves_a_destroyed_key_alone(file):
	data_keys.for_writing("gone")
	data_keys.destroy("gone")
	before = row("gone")
	turn()
	assert row("gone") == before
	with pytest.raises(KeyMissingError):
		data_keys.for_reading("gone")


def test_a_backup_opens_with_todays_key_file_until_it_need_not_be_restorable_any_more(file):
	data_keys.for_writing("gone"), data_keys.for_writing("living")
	backup = row("gone"), row("living")
	data_keys.destroy("gone")
	turn()
	let_pass(file, rotation.DAYS - 1)
	rotation.tend()
	living = row("living")
	put_back(*backup)
	assert data_keys.for_reading("gone") and data_keys.for_reading("living")
	put_back(living)
	let_pass(file, rotation.DAYS)
	rotation.tend()
	put_back(*backup)
	for reference in ("gone", "living"):
		with pytest.raises(KeyMissingError, match=backup[0].master_key_id):
			data_keys.for_reading(reference)
	put_back(living)
	assert data_keys.for_reading("living")


def test_how_long_backups_must_be_restorable_is_said_in_the_sites_configuration(file, monkeypatch):
	turn()
	monkeypatch.setitem(frappe.local.conf, rotation.DAYS_KEY, 90)
	let_pass(file, 89)
	rotation.tend()
	assert len(key_ring.load().master_keys) == 2
	monkeypatch.setitem(frappe.local.conf, rotation.DAYS_KEY, "7")
	rotation.tend()
	assert len(key_ring.load().master_keys) == 1


@pytest.mark.parametrize("days", [0, -3])
def test_a_master_key_is_kept_for_a_day_at_least(file, monkeypatch, days):
	monkeypatch.setitem(frappe.local.conf, rotation.DAYS_KEY, days)
	turn()
	rotation.tend()
	assert len(key_ring.load().master_keys) == 2 and rotation.backup_days() >= 1


def test_what_is_overdue_is_gone_before_copies_are_made(file):
	turn()
	let_pass(file, rotation.DAYS)
	rotation.begin()
	assert set(key_ring.load().master_keys) == {key_ring.load().active, key_ring.load().pending}


def test_a_master_key_that_a_restored_database_needs_is_out_of_use_anew_after_that(file):
	data_keys.for_writing("living")
	backup = row("living")
	turn()
	put_back(backup)
	let_pass(file, rotation.DAYS + 10)
	rotation.tend()
	assert row("living").master_key_id == key_ring.load().active
	rotation.tend()
	assert backup.master_key_id in key_ring.load().master_keys


def test_a_data_key_that_does_not_open_stops_no_other_and_keeps_its_master_key(file):
	for reference in ("broken", "living", "stranger"):
		data_keys.for_writing(reference)
	frappe.db.set_value(data_keys.DOCTYPE, row("broken").name, "wrapped_key", row("living").wrapped_key)
	frappe.db.set_value(data_keys.DOCTYPE, row("stranger").name, "master_key_id", "k9-gone")
	old = key_ring.load().active
	turn()
	assert row("living").master_key_id == key_ring.load().active
	let_pass(file, rotation.DAYS)
	rotation.tend()
	assert old in key_ring.load().master_keys


def test_many_data_keys_are_wrapped_in_batches(file):
	for number in range(5):
		data_keys.for_writing(f"case {number}")
	key_changes.add(file)
	key_changes.activate(file)
	assert data_keys.rewrap(batch=2) == 5
	assert data_keys.master_keys_in_use() == {key_ring.load().active}


def test_a_key_file_of_an_earlier_version_goes_on(file):
	data_keys.for_writing("living")
	content = json.loads(file.read_text())
	former = {**content["keys"][0], "id": "k1-former", "key": key_changes._text(os.urandom(32))}
	file.write_text(json.dumps({**content, "keys": [former, *content["keys"]]}))
	assert data_keys.for_reading("living")
	rotation.tend()
	assert set(key_ring.load().retired_at) == {"k1-former"}
	turn()
	assert data_keys.for_reading("living")


def test_while_somebody_changes_the_file_nothing_is_destroyed(file):
	turn()
	let_pass(file, rotation.DAYS)
	with key_changes.changing(file), pytest.raises(KeyFileError, match="being changed"):
		rotation.tend()
	assert len(key_ring.load().master_keys) == 2


def test_a_copy_is_compared_without_showing_a_key(file, tmp_path):
	copy = tmp_path / "copy.json"
	copy.write_text(file.read_text())
	assert key_copies.fault(copy) is None
	waiting = rotation.begin()
	assert waiting in key_copies.fault(copy) and "lacks" in key_copies.fault(copy)
	former, stick = key_ring.load().active, tmp_path / "stick.json"
	stick.write_text(file.read_text())
	assert key_copies.fault(stick) is None
	rotation.confirm(key_ring.load().fingerprint)
	assert key_copies.fault(stick) is None
	let_pass(file, rotation.DAYS)
	rotation.tend()
	assert former in key_copies.fault(stick) and "still has" in key_copies.fault(stick)


def test_a_copy_of_another_site_or_a_changed_one_is_no_copy(file, tmp_path):
	other = tmp_path / "other.json"
	key_changes.create(other)
	assert "another site" in key_copies.fault(other)
	content = json.loads(file.read_text())
	content["keys"][0]["key"] = key_changes._text(os.urandom(32))
	other.write_text(json.dumps(content))
	assert "another site" in key_copies.fault(other)
	other.write_text("notes")
	with pytest.raises(KeyFileError, match="damaged"):
		key_copies.fault(other)


def test_the_fingerprint_tells_nothing_and_changes_with_the_keys(file):
	ring = key_ring.load()
	assert len(ring.fingerprint) == 24 and ring.fingerprint == key_ring.read(file).fingerprint
	rotation.begin()
	assert key_ring.load().fingerprint != ring.fingerprint


def test_the_command_compares_a_copy_and_ends_with_one_when_it_differs(tmp_path):
	wrong = tmp_path / "wrong.json"
	key_changes.create(wrong)

	def checked(path: Path):
		command = ["-m", "frappe.utils.bench_helper", "frappe", "--site", frappe.local.site]
		return subprocess.run(
			[sys.executable, *command, "sv-check-key-copy", path], capture_output=True, text=True
		)

	good = checked(key_ring.key_file())
	assert good.returncode == 0 and key_ring.load().fingerprint in good.stdout, good.stderr
	bad = checked(wrong)
	assert bad.returncode == 1 and "another site" in bad.stderr
	for key in (*json.loads(wrong.read_text())["keys"], *json.loads(key_ring.key_file().read_text())["keys"]):
		assert key["key"] not in good.stdout + good.stderr + bad.stdout + bad.stderr
