"""Builds the bench in .bench/: Frappe, its Python, the apps and the Desk's assets."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from dev import services
from dev.debian import install_missing, missing_for_bench, missing_for_venv
from dev.layout import (
	APPS,
	BENCH,
	DEV,
	ENV,
	GUEST_APPS,
	SITES,
	TOOLS,
	guest_app_folder,
	hash_of,
	stamp,
	stamped,
)
from dev.steps import StepFailed, Steps
from dev.unpack import unpack

# what Frappe of August 2023 and its compiled dependencies have wheels for
PYTHONS = ("python3.11", "python3.10", "python3", "/usr/bin/python3")
# what the packages without a wheel are built with
BUILDERS = ("setuptools", "cffi")
GOOD_VERSIONS = ((3, 10), (3, 11))


def build(steps: Steps, for_tests: bool) -> None:
	"""Make the bench complete and its database and Redis run; does only what is missing or changed.

	Args:
		steps: takes the progress and the output.
		for_tests: install what only tests need, too.
	"""
	python = find_python()
	install_missing(steps, lambda: missing_for_bench(python, for_tests))
	make_tools(steps)
	make_frappe(steps)
	make_environment(steps, python)
	link_apps()
	services.start_storage(steps)
	write_common_config()
	make_assets(steps)


def find_python() -> str:
	"""An interpreter that Frappe's dependencies are made for.

	Returns:
		Its path.

	Raises:
		StepFailed: when the machine has none.
	"""
	for name in PYTHONS:
		path = shutil.which(name)
		# a version manager's shim may exist for a Python that it doesn't have
		if path and _version(path) in GOOD_VERSIONS:
			return path
	raise StepFailed("Frappe of the demo site needs Python 3.10 or 3.11; install Debian's package python3.")


def _version(python: str) -> tuple[int, ...]:
	code = "import sys; print(*sys.version_info[:2])"
	result = subprocess.run([python, "-c", code], capture_output=True, text=True)
	return tuple(int(part) for part in result.stdout.split())


def make_tools(steps: Steps) -> None:
	"""A small environment of its own for pip and the checkers of `make lint`."""
	wanted = hash_of(DEV / "requirements-tools.txt")
	if stamped("tools", wanted) and (TOOLS / "bin" / "ruff").exists():
		return
	install_missing(steps, lambda: missing_for_venv(sys.executable))
	with steps.step("Tools (pip, ruff)"):
		steps.run([sys.executable, "-m", "venv", "--clear", TOOLS])
		pip_install(steps, TOOLS / "bin" / "python", "-r", DEV / "requirements-tools.txt")
		stamp("tools", wanted)


def pip_install(steps: Steps, python: Path, *arguments: str | Path) -> None:
	"""Install Python packages with a given interpreter's pip."""
	quiet = ["--disable-pip-version-check", "--progress-bar", "off", "--no-input"]
	steps.run([python, "-m", "pip", "install", *quiet, *arguments])


def make_frappe(steps: Steps) -> None:
	"""Download Frappe's wheel (pinned by hash) and unpack it as an app of the bench."""
	wanted = hash_of(DEV / "frappe.txt", DEV / "unpack.py")
	if stamped("frappe", wanted):
		return
	with steps.step("Frappe"):
		downloads = BENCH / "downloads"
		pip = [TOOLS / "bin" / "python", "-m", "pip", "download", "--progress-bar", "off"]
		steps.run([*pip, "--no-deps", "--require-hashes", "-d", downloads, "-r", DEV / "frappe.txt"])
		wheels = list(downloads.glob("criscostack-*.whl"))
		if len(wheels) != 1:
			raise StepFailed(f"one wheel was expected in {downloads}, but it has {len(wheels)}.")
		shutil.rmtree(APPS / "frappe" / "frappe", ignore_errors=True)
		unpack(wheels[0], APPS / "frappe")
		stamp("frappe", wanted)


def make_environment(steps: Steps, python: str) -> None:
	"""The bench's virtual environment with everything that Frappe and the app import."""
	pinned = DEV / "requirements.txt"
	wanted = hash_of(pinned)
	# made under a name of its own and then put in place, so that programs that run go on running
	folder = BENCH / f"env-{wanted[:12]}"
	if not stamped("python", wanted):
		with steps.step("Python packages"):
			steps.run([python, "-m", "venv", "--clear", folder])
			new_python = folder / "bin" / "python"
			pip_install(steps, new_python, "-c", pinned, *BUILDERS)
			# with the builders just installed, not with whatever is newest today
			pip_install(steps, new_python, "--no-deps", "--no-build-isolation", "--use-pep517", "-r", pinned)
			site_packages = next((folder / "lib").glob("python3.*")) / "site-packages"
			app_folders = [str(APPS / app) for app in ("frappe", *GUEST_APPS)]
			(site_packages / "bench_apps.pth").write_text("\n".join(app_folders) + "\n")
			_put_in_place(folder)
			stamp("python", wanted)


def _put_in_place(folder: Path) -> None:
	"""Let ENV lead to a finished environment and remove those before it."""
	new_link = BENCH / "env-new"
	new_link.unlink(missing_ok=True)
	new_link.symlink_to(folder.name)
	if ENV.is_dir() and not ENV.is_symlink():
		ENV.rename(BENCH / "env-old")
	new_link.replace(ENV)
	for other in BENCH.glob("env-*"):
		if other != folder:
			shutil.rmtree(other)


def link_apps() -> None:
	"""Put this checkout's apps into the bench and list them."""
	for app in GUEST_APPS:
		link = APPS / app
		if not link.is_symlink():
			link.symlink_to(guest_app_folder(app))
	for folder in (SITES / "assets", BENCH / "logs", BENCH / "config"):
		folder.mkdir(parents=True, exist_ok=True)
	(SITES / "apps.txt").write_text("\n".join(("frappe", *GUEST_APPS)) + "\n")


def write_common_config() -> None:
	"""Tell Frappe where the bench's database and Redis are; keeps what somebody added to the file."""
	ports = services.ports()
	queue = f"redis://127.0.0.1:{ports['redis_queue']}"
	file = SITES / "common_site_config.json"
	old = json.loads(file.read_text()) if file.exists() else {}
	new = {
		"db_host": "127.0.0.1",
		"db_port": ports["mariadb"],
		"redis_cache": f"redis://127.0.0.1:{ports['redis_cache']}",
		"redis_queue": queue,
		"redis_socketio": queue,
		"webserver_port": ports["web"],
		"socketio_port": ports["socketio"],
		"developer_mode": 0,
		"serve_default_site": False,
		"background_workers": 1,
	}
	if {**old, **new} != old:
		file.write_text(json.dumps({**old, **new}, indent=1) + "\n")


def make_assets(steps: Steps) -> None:
	"""Build the Desk's JavaScript and CSS, each app's own when its sources changed."""
	app_folder = APPS / "frappe"
	desk = DEV / "desk"
	packages = hash_of(desk / "package-lock.json", desk / "package.json")
	for file in desk.iterdir():
		shutil.copy2(file, app_folder / file.name)
	if not stamped("npm", packages):
		with steps.step("npm packages of the Desk"):
			quiet = ["--no-audit", "--no-fund", "--ignore-scripts"]
			steps.run(["npm", "ci", *quiet], cwd=app_folder)
			stamp("npm", packages)
	frappe = hash_of(desk, DEV / "frappe.txt")
	built = False
	for app in ("frappe", *GUEST_APPS):
		sources = frappe if app == "frappe" else frappe + hash_of(APPS / app / app / "public")
		if stamped(f"assets-{app}", sources):
			continue
		with steps.step(f"Desk assets of {app}"):
			steps.run(["node", "desk-build.mjs", "--production", "--apps", app], cwd=app_folder)
			stamp(f"assets-{app}", sources)
			built = True
	if built:
		services.empty_cache(steps)
