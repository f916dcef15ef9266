"""A site of the oldest version is brought to this one: every case readable, with states, clocks and rights of today.

The dump and how it was made: fixtures/site_0.1.0. Makes a site, which only our own bench can do.
"""

import json
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

import frappe

import sv_helpdesk

ROOT = Path(__file__).parents[1]
OLDEST = ROOT / "fixtures" / "site_0.1.0"
SITE = "upgrade.localhost"
WRITTEN = "Opgeschreven in 0.1.0: "


@pytest.fixture(scope="module")
def look():
	"""Looks at a site from inside; the upgraded one unless another is named."""
	from dev.layout import SITES, TEST_SITE
	from dev.sites import frappe_command, site_from_dump, test_settings
	from dev.steps import Steps

	if frappe.local.site != TEST_SITE and not SITES.joinpath(frappe.local.site).is_dir():
		pytest.skip("makes a site, which only our own bench can do")
	steps = Steps("upgrade")
	site_from_dump(steps, SITE, OLDEST, test_settings(SITE))
	frappe_command(steps, "--site", SITE, "migrate", "--skip-search-index")
	return partial(_look, SITES)


def _look(folder: Path, what: str, site: str = SITE):
	path = {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
	command = [sys.executable, "-m", "dev.inside", site, f"upgraded_site.{what}"]
	done = subprocess.run(command, cwd=folder, env={**os.environ, **path}, capture_output=True, text=True)
	assert not done.returncode, done.stderr
	return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.slow
def test_every_text_and_file_of_the_oldest_version_is_readable(look):
	found = look("texts")
	planted = {
		*(f"narrative {state}" for state in STATES),
		*(
			"narrative own",
			"person_name",
			"accused",
			"talk",
			"message",
			"purpose",
			"shared_text",
			"action_text",
		),
		*("table's purpose", "approved facts", "decision", "draft facts", "of the table", "plan", "contact"),
	}
	texts = {text for several in found.values() for text in several}
	assert {WRITTEN + of for of in planted} <= texts
	assert [text.strip() for text in found["files"]] == [f"{WRITTEN}mail"]
	assert f"{WRITTEN}held" in found["held mails"][0]


STATES = (
	*("New", "Acknowledged", "Triage", "Handling", "Referred", "Decision table"),
	*("Settled", "Aftercare", "Closed", "Withdrawn"),
)


@pytest.mark.slow
def test_each_case_is_read_by_who_read_it_before_and_hidden_from_its_accused(look):
	desk, cases = ["coordinator@uni.example", "staff@uni.example"], look("readers")
	assert {(at, status) for at, status, _users in cases} == {
		*(("ccp", state) for state in STATES),
		("advisers", "Handling"),
	}
	for at, status, users in cases:
		if at == "advisers":
			assert users == ["adviser@uni.example"]
		elif status == "Handling":
			assert users == desk
		else:
			assert users == ["accused@uni.example", *desk]


@pytest.mark.slow
def test_todays_machines_know_every_state(look):
	assert set(map(tuple, look("states").values())) == {()}
	assert look("contacts") == ["Held", "Planned"]


@pytest.mark.slow
def test_clocks_run_for_what_is_open(look):
	kinds = {(kind, status) for kind, status in look("clocks")}
	assert {kind for kind, _status in kinds} >= {
		*("Acknowledgement", "First talk", "Triage", "Hand-over accepted", "Action", "Aftercare contact"),
		"Minutes written",
	}
	assert {status for _kind, status in kinds} <= {"Running", "Breached"}


@pytest.mark.slow
def test_the_self_check_finds_rights_roles_and_log_as_they_should_be(look):
	# no job has run in it since, so that its clocks wait
	assert set(look("findings")) - {"deadlines-not-swept"} <= set(look("findings", frappe.local.site))


@pytest.mark.slow
def test_nothing_of_earlier_versions_is_left_and_nothing_of_this_one_is_missing(look):
	upgraded, new = look("layout"), look("layout", frappe.local.site)
	for what, there in new.items():
		if what.startswith("columns"):
			# a column that a field left behind is the host's to drop (bench trim-tables)
			assert set(there) <= set(upgraded[what]), what
		else:
			assert upgraded[what] == there, what


def test_every_released_version_is_in_the_changelog_and_the_newest_is_this_one():
	versions = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$", changelog(), re.MULTILINE)
	assert versions[0] == sv_helpdesk.__version__
	assert versions == sorted(versions, key=lambda version: [*map(int, version.split("."))], reverse=True)
	assert versions[-1] == OLDEST.name.removeprefix("site_")


def test_the_changelog_says_of_every_patch_what_it_mends():
	patches = Path(sv_helpdesk.__file__).parent.joinpath("patches.txt").read_text().splitlines()
	names = [line.rpartition(".")[2] for line in patches if line and not line.startswith("[")]
	assert [name for name in names if f"`{name}`" not in changelog()] == []


def changelog() -> str:
	return (ROOT / "CHANGELOG.md").read_text()
