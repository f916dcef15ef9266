"""`make leaks`: a fresh site of our own bench, or a site for tests of a bench that is there already."""

import json
import os
import subprocess
from pathlib import Path

from dev.bench import build
from dev.layout import PYTHON, ROOT, SITES
from dev.sites import fresh_site, python_path, test_settings
from dev.steps import StepFailed, Steps, only_one
from dev.testing import libraries_for

SITE = "leaks.localhost"


def leaks() -> int:
	"""Plant, walk, take the walls away one by one; 0 when nothing leaks and every control is caught."""
	steps = Steps("leaks")
	if bench := os.environ.get("BENCH"):
		return _elsewhere(steps, Path(bench).resolve(), os.environ.get("SITE") or "")
	with only_one("build"):
		build(steps, for_tests=True)
		libraries = libraries_for(steps, PYTHON)
	with only_one(SITE):
		with only_one("build"):
			fresh_site(steps, SITE, test_settings(SITE))
		return _run(PYTHON, SITES, SITE, libraries)


def _elsewhere(steps: Steps, bench: Path, site: str) -> int:
	config = bench / "sites" / site / "site_config.json"
	if not site or not config.exists():
		raise StepFailed(f"Please name a site of {bench}: make leaks BENCH={bench} SITE=name")
	if not json.loads(config.read_text()).get("allow_tests"):
		raise StepFailed(
			f"{site} is not for tests, and its cases would be mixed with invented ones. If nothing on it is"
			f" real, say so first: bench --site {site} set-config allow_tests true"
		)
	if (bench / "apps" / "sv_helpdesk").resolve() != ROOT:
		raise StepFailed(f"{bench} has the app from another folder; run make leaks there.")
	python = bench / "env" / "bin" / "python"
	with only_one("build"):
		libraries = libraries_for(steps, python)
	print(f"Invented people, cases and mails are now planted into {site}; they stay there.")
	return _run(python, bench / "sites", site, libraries)


def _run(python: Path, sites: Path, site: str, libraries: Path) -> int:
	environment = {**os.environ, **python_path(), "DEV_SITE": site, "DEV_SITES_PATH": str(sites)}
	environment["DEV_TEST_LIBRARIES"] = str(libraries)
	return subprocess.run([python, "-m", "dev.leaks"], cwd=sites, env=environment).returncode
