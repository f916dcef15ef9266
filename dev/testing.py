"""Runs the test suite on fresh sites of our own bench, or on a site of a bench that is there already."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from dev.bench import build, make_tools
from dev.layout import (
	AXE,
	BENCH,
	DEV,
	LOGS,
	PYTHON,
	ROOT,
	SITES,
	TEST_FOLDERS,
	TEST_SITE,
	TOOLS,
	hash_of,
	stamp,
	stamped,
)
from dev.sites import fresh_site, site_exists, test_settings
from dev.steps import StepFailed, Steps, only_one

LIBRARIES = DEV / "requirements-test.txt"
RULES = DEV / "axe"
QUICK, SLOW = "not slow", "slow"
SECOND_SITE = "second.localhost"


def test() -> int:
	"""Run the quick tests; what ARGS says goes to pytest. Returns pytest's exit code.

	All of them are two runs at once, of every second file each: one alone leaves half of a small machine idle,
	because it waits for the database, the web server or a browser.
	"""
	if any(os.environ.get(name) for name in ("ARGS", "BENCH", "SITE")):
		return _run(QUICK)
	return _run_by_two(Steps("test"))


def test_slow() -> int:
	"""Run the tests marked slow, as test() does with ARGS."""
	return _run(SLOW)


def _run(marks: str) -> int:
	bench = os.environ.get("BENCH")
	site = os.environ.get("SITE") or TEST_SITE
	steps = Steps("test" if site == TEST_SITE else f"test-{site}")
	if bench:
		return _run_elsewhere(steps, Path(bench).resolve(), os.environ.get("SITE"), marks)
	libraries = _built(steps)
	with only_one(site):
		_make_site(steps, site)
		return _pytest(PYTHON, SITES, site, libraries, marks).wait()


def _run_by_two(steps: Steps) -> int:
	libraries = _built(steps)
	files = [
		str(file.relative_to(ROOT))
		for name in TEST_FOLDERS
		for file in sorted((ROOT / name).rglob("test_*.py"))
	]
	log = LOGS / "test-second.log"
	with only_one(TEST_SITE), only_one(SECOND_SITE), log.open("w") as output:
		for site in (TEST_SITE, SECOND_SITE):
			_make_site(steps, site)
		second = _pytest(PYTHON, SITES, SECOND_SITE, libraries, QUICK, files[1::2], output)
		code = _pytest(PYTHON, SITES, TEST_SITE, libraries, QUICK, files[::2]).wait()
		code_of_second = second.wait()
	print(f"\nThe other files, on {SECOND_SITE}:\n{log.read_text()}", flush=True)
	return code or code_of_second


def _built(steps: Steps) -> Path:
	"""Make the bench with what tests need; returns the folder of the tests' own packages."""
	with only_one("build"):
		build(steps, for_tests=True)
		libraries = libraries_for(steps, PYTHON)
		get_axe(steps)
	return libraries


def _make_site(steps: Steps, site: str) -> None:
	if not (os.environ.get("KEEP") and site_exists(site)):
		with only_one("build"):
			fresh_site(steps, site, test_settings(site))


def _run_elsewhere(steps: Steps, bench: Path, site: str | None, marks: str) -> int:
	python = bench / "env" / "bin" / "python"
	sites = bench / "sites"
	app = bench / "apps" / "sv_helpdesk"
	if not site or not (sites / site / "site_config.json").exists():
		raise StepFailed(f"Please name a site of {bench}: make test BENCH={bench} SITE=name")
	if not python.exists():
		raise StepFailed(f"{bench} is not a bench: it has no env/bin/python.")
	if app.resolve() != ROOT:
		raise StepFailed(f"That bench has the app in {app}; run the tests there: cd {app}, then make test.")
	with only_one("build"):
		libraries = libraries_for(steps, python)
		get_axe(steps)
	return _pytest(python, sites, site, libraries, marks).wait()


def libraries_for(steps: Steps, python: Path) -> Path:
	"""Packages of the tests alone, in a folder that comes after the bench's own packages."""
	code = "import sys; print(*sys.version_info[:2], sep='.')"
	version = subprocess.run([python, "-c", code], capture_output=True, text=True).stdout.strip()
	name = f"test-libraries-{version}"
	wanted = hash_of(LIBRARIES)
	if not stamped(name, wanted):
		make_tools(steps)
		with steps.step("Python packages of the tests"):
			pip = [
				TOOLS / "bin" / "python",
				"-m",
				"pip",
				"--python",
				python,
				"install",
				"--progress-bar",
				"off",
			]
			steps.run([*pip, "--no-deps", "--upgrade", "--target", BENCH / name, "-r", LIBRARIES])
			stamp(name, wanted)
	return BENCH / name


def get_axe(steps: Steps) -> None:
	"""The rules of accessibility that tests hold our pages against; the tests alone have them."""
	wanted = hash_of(RULES)
	if stamped("axe", wanted):
		return
	with steps.step("npm package of the tests"):
		shutil.copytree(RULES, AXE, dirs_exist_ok=True)
		steps.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=AXE)
		stamp("axe", wanted)


def _pytest(
	python: Path,
	sites: Path,
	site: str,
	libraries: Path,
	marks: str,
	arguments: Sequence[str] = (),
	output: TextIO | None = None,
) -> subprocess.Popen:
	environment = {
		**os.environ,
		"DEV_SITE": site,
		"DEV_SITES_PATH": str(sites),
		"DEV_TEST_LIBRARIES": str(libraries),
		"DEV_TEST_MARKS": marks,
		"PYTHONPATH": str(ROOT),
	}
	if arguments:
		environment["ARGS"] = shlex.join(arguments)
	command = [python, "-m", "dev.run_pytest"]
	return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
