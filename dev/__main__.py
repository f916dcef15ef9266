"""The commands behind the Makefile: python3 -m dev COMMAND. `make help` lists them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

from dev import demo_mail, services, testing
from dev.bench import build, make_tools
from dev.demo import print_logins
from dev.layout import (
	ADMIN_PASSWORD,
	BENCH,
	DEMO_SITE,
	LOGS,
	PYTHON,
	ROOT,
	SITES,
	TOOLS,
	stamp,
	stamped,
)
from dev.leaks.command import leaks
from dev.sites import (
	app_hash,
	frappe_command,
	fresh_site,
	in_site,
	migrate,
	python_path,
	set_config,
	site_exists,
	test_settings,
)
from dev.steps import StepFailed, Steps, fail, only_one


def bench() -> int:
	"""Build the bench and start its database and Redis."""
	with only_one("build"):
		build(Steps("bench"), for_tests=False)
	return 0


def demo() -> int:
	"""Build everything, make the demo site when there is none, start its servers, say how to log in."""
	steps = Steps("demo")
	print(f"Demo site ({steps.log})")
	with only_one("build"):
		build(steps, for_tests=False)
		address = f"http://127.0.0.1:{services.ports()['web']}"
		if not stamped("served", app_hash()):
			# they hold the old code in memory
			services.stop_site()
		demo_mail.start(steps, empty=not site_exists(DEMO_SITE))
		if not site_exists(DEMO_SITE):
			_make_demo_site(steps)
		migrate(steps, DEMO_SITE)
		demo_mail.point_site_at_it(steps, DEMO_SITE)
		set_config(DEMO_SITE, host_name=address)
		services.start_site(steps, DEMO_SITE)
		stamp("served", app_hash())
	print(f"\nThe demo site is at {address}, its reporting page at {address}/melden\n")
	print(f"  {'Administrator':32} {'Administrator':44} {ADMIN_PASSWORD}")
	print_logins()
	print("\nStop it with `make stop`; `make demo` starts it again with everything in it.")
	return 0


def _make_demo_site(steps: Steps) -> None:
	fresh_site(steps, DEMO_SITE)
	stamp(f"site-{DEMO_SITE}", "without its data")
	with steps.step("The demo institution"):
		in_site(steps, DEMO_SITE, "dev.demo.load_demo")
		frappe_command(steps, "--site", DEMO_SITE, "enable-scheduler")
	stamp(f"site-{DEMO_SITE}", DEMO_SITE)
	stamp(f"migrated-{DEMO_SITE}", app_hash())


def stop() -> int:
	"""Stop every server of this checkout's bench."""
	stopped = services.stop_all()
	print(f"Stopped: {', '.join(stopped)}." if stopped else "Nothing was running.")
	return 0


def clean() -> int:
	"""Stop everything and remove the bench with all its sites."""
	stop()
	demo_mail.remove()
	shutil.rmtree(BENCH, ignore_errors=True)
	return 0


def lint() -> int:
	"""Check the Python code with ruff, by the settings in pyproject.toml."""
	return _ruff(["check", "."], ["format", "--check", "--quiet", "."])


def tidy() -> int:
	"""Mend what ruff can mend and lay out the code as `make lint` wants it."""
	return _ruff(["check", "--fix", "."], ["format", "."])


def _ruff(*calls: list[str]) -> int:
	make_tools(Steps("lint"))
	return max(subprocess.run([TOOLS / "bin" / "ruff", *call], cwd=ROOT).returncode for call in calls)


def intake() -> int:
	"""Feed a folder of mails into an empty site and compare the outcome (see dev/intake.py)."""
	return _on_empty_site("intake.localhost", "dev.intake", "MAILS=folder")


def figures() -> int:
	"""Load a year's cases into an empty site and compare the figures (see dev/figures.py)."""
	return _on_empty_site("figures.localhost", "dev.figures", "YEAR=2024")


def bench_deadlines() -> int:
	"""Measure the sweep of deadlines on an empty site (see dev/bench_deadlines.py)."""
	return _on_empty_site("bench-deadlines.localhost", "dev.bench_deadlines")


def bench_figures() -> int:
	"""Measure the counting of a year on an empty site (see dev/bench_figures.py)."""
	return _on_empty_site("bench-figures.localhost", "dev.bench_figures")


def _on_empty_site(site: str, module: str, example: str = "") -> int:
	target = site.partition(".")[0]
	if example and not os.environ.get(example.partition("=")[0]):
		raise StepFailed(f"Please say which, as in: make {target} {example}")
	steps = Steps(target)
	with only_one("build"):
		build(steps, for_tests=False)
	with only_one(site):
		with only_one("build"):
			fresh_site(steps, site, test_settings(site))
		environment = {**os.environ, **python_path(), "DEV_SITE": site, "DEV_SITES_PATH": str(SITES)}
		# the program runs in the sites folder
		for name in ("MAILS", "CASES", "EXPECTED"):
			if environment.get(name):
				environment[name] = os.path.abspath(environment[name])
		return subprocess.run([PYTHON, "-m", module], cwd=SITES, env=environment).returncode


def pictures() -> int:
	"""Take the pictures of guides, README and docs, on a fresh site for each language (see dev/pictures.py)."""
	steps = Steps("pictures")
	sites = {language: f"pictures-{language}.localhost" for language in ("nl", "en")}
	with only_one("build"):
		build(steps, for_tests=True)
		libraries = testing.libraries_for(steps, PYTHON)
		# before any picture: they are a part of the app, which would be installed anew
		for site in sites.values():
			fresh_site(steps, site, test_settings(site))
	for language, site in sites.items():
		environment = {**os.environ, **python_path(), "DEV_TEST_LIBRARIES": str(libraries)}
		environment |= {"DEV_SITE": site, "DEV_LANGUAGE": language}
		taken = subprocess.run([PYTHON, "-m", "dev.pictures"], cwd=SITES, env=environment)
		if taken.returncode:
			return taken.returncode
	return 0


def permissions() -> int:
	"""Write docs/permissions.md and the doctypes' rights from the matrix (see dev/permissions.py)."""
	with only_one("build"):
		build(Steps("permissions"), for_tests=False)
	return subprocess.run(
		[PYTHON, "-m", "dev.permissions"], cwd=SITES, env={**os.environ, **python_path()}
	).returncode


COMMANDS: dict[str, Callable[[], int]] = {
	"bench": bench,
	"demo": demo,
	"test": testing.test,
	"test-slow": testing.test_slow,
	"intake": intake,
	"figures": figures,
	"bench-deadlines": bench_deadlines,
	"bench-figures": bench_figures,
	"pictures": pictures,
	"permissions": permissions,
	"leaks": leaks,
	"lint": lint,
	"tidy": tidy,
	"stop": stop,
	"clean": clean,
}


def main() -> int:
	"""Run the command named on the command line; its exit code says whether all went well."""
	if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
		fail(f"Usage: python3 -m dev {'|'.join(COMMANDS)}")
	LOGS.mkdir(parents=True, exist_ok=True)
	try:
		return COMMANDS[sys.argv[1]]()
	except StepFailed as error:
		fail(str(error))
	except KeyboardInterrupt:
		fail("Interrupted.")


if __name__ == "__main__":
	sys.exit(main())
