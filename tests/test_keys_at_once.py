"""The key file serves the site whoever of the machine has changed it, and two who turn the key at once get one turn."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

import frappe

from sv_helpdesk.crypto import data_keys, key_changes, key_ring, rotation
from sv_helpdesk.crypto.errors import KeyFileError

SITES_USER = 65534
AT_ONCE = """
import os, sys
import frappe
from sv_helpdesk.crypto import key_ring, rotation
from sv_helpdesk.crypto.errors import KeyFileError

frappe.init(os.environ["DEV_SITE"])
frappe.connect()
frappe.local.conf[key_ring.CONFIG_KEY] = sys.argv[1]
fingerprint = key_ring.load().fingerprint
print("ready", flush=True)
sys.stdin.readline()
try:
	rotation.confirm(fingerprint)
	print("turned")
except KeyFileError as error:
	print(error)
"""

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="Only root makes files for other users.")


@pytest.fixture
def folder():
	"""A folder that every user of the machine may enter, which pytest's own are not."""
	with tempfile.TemporaryDirectory(dir="/tmp") as name:
		os.chmod(name, 0o755)
		yield Path(name)


@pytest.fixture
def file(folder, monkeypatch) -> Path:
	"""A key file of the site's user, as root finds it."""
	path = folder / "keys" / "keys.json"
	key_changes.create(path)
	if os.geteuid() == 0:
		for place in (path.parent, path):
			os.chown(place, SITES_USER, SITES_USER)
	monkeypatch.setitem(frappe.local.conf, key_ring.CONFIG_KEY, str(path))
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	frappe.db.delete(data_keys.DOCTYPE)
	return path


def as_site(does: Callable[[], object]) -> str:
	"""Return what a process of the site's user gets: "" or the sentence that it is told."""
	reading, writing = os.pipe()
	if not (child := os.fork()):
		try:
			os.setgid(SITES_USER)
			os.setuid(SITES_USER)
			does()
		except BaseException as error:
			os.write(writing, f"{type(error).__name__}: {error}".encode())
		# nothing of this test's connection is closed by it
		os._exit(0)
	os.close(writing)
	os.waitpid(child, 0)
	with os.fdopen(reading) as said:
		return said.read()


def change(path: Path) -> None:
	with key_changes.changing(path):
		key_changes.add(path)


@as_root
def test_after_a_turn_by_root_the_site_reads_and_changes_its_key_file(file):
	rotation.begin()
	assert as_site(lambda: key_ring.read(file)) == ""
	assert as_site(lambda: change(file)) == ""
	rotation.confirm(key_ring.load().fingerprint)
	assert as_site(lambda: key_ring.read(file)) == "" == as_site(lambda: change(file))


@as_root
@pytest.mark.parametrize("left", [".lock", ".new"])
def test_so_it_does_when_root_left_something_beside_it_in_an_earlier_version(file, left):
	beside = file.with_suffix(left)
	beside.touch(mode=0o644)
	assert beside.stat().st_uid == 0
	assert as_site(lambda: change(file)) == ""
	assert len(key_ring.read(file).master_keys) == 2


@as_root
def test_a_key_file_that_root_makes_is_the_sites(folder, tmp_path, monkeypatch):
	site = tmp_path / "site_config.json"
	site.touch()
	os.chown(site, SITES_USER, SITES_USER)
	monkeypatch.setattr(frappe, "get_site_path", lambda *parts: str(tmp_path.joinpath(*parts)))
	path = folder / "made" / "keys.json"
	key_changes.create(path)
	assert path.stat().st_mode & 0o777 == 0o600
	assert as_site(lambda: key_ring.read(path)) == "" == as_site(lambda: change(path))


@as_root
def test_who_may_neither_read_nor_change_it_is_told_who_may(file):
	for place in (file, file.parent):
		os.chown(place, 0, 0)
	os.chmod(file.parent, 0o755)
	for does in (lambda: key_ring.read(file), lambda: change(file)):
		assert "belongs to another user" in as_site(does)


def test_while_one_process_changes_it_another_one_is_told_so(file):
	with key_changes.changing(file):
		if os.geteuid() == 0:
			assert "is being changed now" in as_site(lambda: change(file))
		with pytest.raises(KeyFileError, match="is being changed now"):
			change(file)


@pytest.mark.commits
def test_of_two_who_turn_the_key_at_once_one_does_and_the_other_is_told_why_not(folder):
	path = folder / "keys.json"
	key_changes.create(path)
	waiting = key_changes.add(path)
	both = [
		subprocess.Popen(
			[sys.executable, "-c", AT_ONCE, str(path)],
			env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
			stdin=subprocess.PIPE,
			stdout=subprocess.PIPE,
			text=True,
		)
		for _process in range(2)
	]
	assert [process.stdout.readline() for process in both] == ["ready\n"] * 2
	for process in both:
		process.stdin.write("\n")
		process.stdin.flush()
	said = sorted(
		(process.communicate(timeout=60)[0].strip() for process in both), key=lambda text: text != "turned"
	)
	assert said[0] == "turned"
	assert "is being changed now" in said[1] or "No new master key waits" in said[1]
	ring = key_ring.read(path)
	assert (ring.active, ring.pending) == (waiting, None)
