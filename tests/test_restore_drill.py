"""A backup and a copy of the key file bring every case back on another machine; neither alone does.

The commands are those of docs/operations.md, line by line. On sites of its own, so only on our own bench.
"""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from restore_world import GONE, WORD

from dev import sites
from dev.layout import ROOT, SITES
from dev.leak_search import forms
from dev.services import database_password
from dev.steps import Steps
from sv_helpdesk.sessions.keys import sentence

PAGE = (ROOT / "docs" / "operations.md").read_text()
OLD, NEW = "drill.localhost", "restored.localhost"
# on the page, a folder of the bench; on the two machines of the drill, a place of their own
KEYS = "/home/frappe/frappe-bench/config/sv_helpdesk"
PLACES = ("/backup", "/safe", "/media", KEYS)

pytestmark = [
	pytest.mark.slow,
	pytest.mark.skipif(Path(os.environ.get("DEV_SITES_PATH", "")) != SITES, reason="makes sites"),
]


def lines_under(heading: str) -> list[str]:
	"""The commands that the page has under a heading."""
	section = re.split(r"^#+ ", PAGE.split(f"# {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
	return [line[4:] for line in section.splitlines() if line.startswith("    ")]


def copying() -> list[str]:
	"""The commands of the page that copy the key file."""
	return [line for line in lines_under("Turn the master key") if line.startswith("cp ")]


class Machine:
	"""A site, the folders that the page names, and a shell in which its commands run."""

	def __init__(self, site: str, folder: Path):
		self.site, self.disk = site, folder / "disk"
		self.key_file = Path(f"{self.disk}{KEYS}/{OLD}.keys.json")
		sites.fresh_site(Steps("restore-drill"), site, sites.test_settings(site))
		config = json.loads(self.site_config.read_text())
		self.first_key_file = Path(config.pop("sv_key_file"))
		# restoring makes the database anew
		config |= {"root_login": "root", "root_password": database_password()}
		self.site_config.write_text(json.dumps(config))
		bench = folder / "programs" / "bench"
		bench.parent.mkdir()
		bench.write_text(
			f'#!/bin/sh\ncd {SITES}\nexec {sys.executable} -m frappe.utils.bench_helper frappe "$@"\n'
		)
		bench.chmod(0o755)
		self.environment = {**os.environ, "PATH": f"{bench.parent}:{os.environ['PATH']}"}

	@property
	def site_config(self) -> Path:
		return SITES / self.site / "site_config.json"

	def run(self, line: str, expected: int | None = 0) -> str:
		"""Run a line of the page with the names of this machine in it, and return what it said."""
		for place in PLACES:
			line = re.sub(rf"(?<![\w/]){place}(?=/|$)", f"{self.disk}{place}", line)
		line = line.replace("--site your.site", f"--site {self.site}")
		# files keep the name of the site that they came from
		line = line.replace("your.site", OLD).replace("your_site", OLD.replace(".", "_"))
		done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, env=self.environment)
		said = done.stdout + done.stderr
		assert expected is None or done.returncode == expected, (line, said[-3000:])
		return said

	def inside(self, function: str):
		"""Call a function of restore_world in the site and return what it printed."""
		path = f"{sites.python_path()['PYTHONPATH']}:{ROOT / 'tests'}"
		done = subprocess.run(
			[sys.executable, "-m", "dev.inside", self.site, f"restore_world.{function}"],
			capture_output=True, text=True, cwd=SITES, env={**os.environ, "PYTHONPATH": path},
		)  # fmt: skip
		assert done.returncode == 0, done.stderr[-4000:]
		return json.loads(done.stdout.splitlines()[-1]) if done.stdout.strip() else None


@pytest.fixture(scope="module")
def drill(tmp_path_factory):
	"""The old machine with its cases, a backup, and a new machine on which it was restored by the page."""
	old, new = (Machine(site, tmp_path_factory.mktemp(site.split(".")[0])) for site in (OLD, NEW))
	for place in ("backup/today", "safe", "media/first", "media/second"):
		(old.disk / place).mkdir(parents=True)
	old.key_file.parent.mkdir(parents=True)
	old.first_key_file.rename(old.key_file)
	new.first_key_file.unlink()
	sites.set_config(OLD, sv_key_file=str(old.key_file), encryption_key=Fernet.generate_key().decode())
	old.inside("plant")
	before = old.inside("read")
	for line in (*lines_under("Back up"), *copying()):
		old.run(line)
	for place in ("backup", "safe", "media"):
		shutil.copytree(old.disk / place, new.disk / place)
	for line in lines_under("Restore"):
		# the site is there, and it isn't set up as one with cases would be
		if line != "bench new-site your.site":
			said = new.run(line, expected=None if "sv-selfcheck" in line else 0)
	assert not re.search(r"^(key|access-log|check-failed)", said, re.MULTILINE), said
	return old, new, before


def test_a_backup_has_no_text_and_no_key(drill):
	old, _new, before = drill
	content = {}
	for file in (old.disk / "backup").rglob("*"):
		if file.name.endswith(".gz"):
			content[file.name] = gzip.open(file).read()
		elif file.name.endswith(".tar"):
			with tarfile.open(file) as tar:
				for member in tar.getmembers():
					content[member.name] = tar.extractfile(member).read() if member.isfile() else b""
	content["site_config"] = (old.disk / "safe" / f"{OLD}.json").read_bytes()
	assert any(name.endswith("database.sql.gz") for name in content), list(content)
	assert any("/private/files/" in name for name in content), list(content)
	keys = json.loads(old.key_file.read_text())
	secrets = [WORD, keys["index_key"], *(key["key"] for key in keys["keys"])]
	ways = {way for secret in secrets for way in forms(secret)}
	assert [(name, way) for name, text in content.items() for way in ways if way in text] == []
	assert not any(old.key_file.name in name for name in content)
	assert str(old.key_file).encode() in content["site_config"]
	assert before["cases"] == 3


def test_every_case_is_readable_on_the_other_machine(drill):
	_old, new, before = drill
	assert len(before["texts"]) > 25 and not any("Error: " in text for text in before["texts"].values())
	assert len(before["files"]) == 1 and all(text.startswith(WORD) for text in before["files"].values())
	after = new.inside("read")
	assert after == before
	assert after["log"] == "" and after["mailbox"]


def test_without_the_key_file_none_is_readable_and_every_figure_is_the_same(drill):
	_old, new, before = drill
	away = new.key_file.with_suffix(".away")
	new.key_file.rename(away)
	try:
		without = new.inside("read")
	finally:
		away.rename(new.key_file)
	assert len(without["texts"]) == len(before["texts"])
	assert {*without["texts"].values(), *without["files"].values()} == {f"KeyFileError: {sentence()}"}
	assert without["log"].startswith("KeyFileError: ")
	assert without["figures"] == before["figures"] and without["cases"] == before["cases"]


def test_an_older_backup_with_todays_key_file_opens_nothing_that_was_destroyed(drill):
	old, new, before = drill
	gone = old.inside("destroy")
	turn(old)
	of_gone = {place for place, text in before["texts"].items() if text == GONE or gone in place}
	assert of_gone

	# as long as backups must be restorable, this one is
	use(old.key_file, new)
	assert new.inside("read")["texts"] == before["texts"]

	let_pass(old.key_file, 31)
	old.inside("tend")
	use(old.key_file, new)
	restored = new.inside("read")
	assert {text.partition(":")[0] for text in restored["texts"].values()} == {"KeyMissingError"}
	assert {text.partition(":")[0] for text in restored["files"].values()} == {"KeyMissingError"}
	assert restored["figures"] == before["figures"]

	living = old.inside("read")
	closed = {place for place, text in living["texts"].items() if text.startswith("KeyMissingError")}
	assert of_gone <= closed
	assert {place: text for place, text in living["texts"].items() if place not in closed} == {
		place: text for place, text in before["texts"].items() if place not in closed
	}
	assert len(closed) < 10 and living["files"] == before["files"]
	# a copy from before is told from a good one
	copy = "bench --site your.site sv-check-key-copy /media/first/your.site.keys.json"
	assert "still has" in old.run(copy, expected=1)


def turn(machine: Machine) -> None:
	"""Turn the master key by the page, with the fingerprint that the checks of the copies said."""
	said = ""
	for line in lines_under("Turn the master key"):
		fingerprint = re.search(r"Fingerprint: (\S+)", said)
		said = machine.run(line.replace("FINGERPRINT", fingerprint[1] if fingerprint else ""))


def use(key_file: Path, machine: Machine) -> None:
	machine.key_file.write_bytes(key_file.read_bytes())


def let_pass(key_file: Path, days: int) -> None:
	"""Make the key file as if so many days had passed."""
	content = json.loads(key_file.read_text())
	for key in content["keys"]:
		if "retired_at" in key:
			moment = datetime.fromisoformat(key["retired_at"]) - timedelta(days=days)
			key["retired_at"] = moment.isoformat()
	key_file.write_text(json.dumps(content))
