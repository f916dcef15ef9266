"""Where things are: the one place that knows the folders of a checkout and of its bench."""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEV = ROOT / "dev"
BENCH = ROOT / ".bench"
SITES = BENCH / "sites"
APPS = BENCH / "apps"
LOGS = BENCH / "logs"
RUN = BENCH / "run"
DUMPS = BENCH / "dumps"
STAMPS = BENCH / "stamps"
ENV = BENCH / "env"
TOOLS = BENCH / "tools"
# what tests alone use of npm
AXE = BENCH / "axe"
PYTHON = ENV / "bin" / "python"

HELPDESK_STANDIN = DEV / "helpdesk_standin"
# installed on top of Frappe, in this order
GUEST_APPS = ("helpdesk", "sv_helpdesk")

DEMO_SITE = "demo.localhost"
TEST_SITE = "test.localhost"
TEST_FOLDERS = ("tests", "sv_helpdesk")
ADMIN_PASSWORD = "admin"


def guest_app_folder(app: str) -> Path:
	"""The folder in this checkout of an app that is installed on top of Frappe.

	Args:
		app: name of the app, one of GUEST_APPS.

	Returns:
		The folder that holds the app's Python package.
	"""
	return HELPDESK_STANDIN if app == "helpdesk" else ROOT


def hash_of(*paths: Path, skip_tests: bool = False) -> str:
	"""A fingerprint of the contents of files and folders, to see whether a step must be done again.

	Args:
		paths: files or folders; what doesn't exist counts as empty.
		skip_tests: leave out test modules, which change nothing in a site.

	Returns:
		A hexadecimal digest.
	"""
	digest = hashlib.sha256()
	for path in paths:
		for file in [path] if path.is_file() else sorted(_files_below(path)):
			if skip_tests and file.name.startswith("test_"):
				continue
			digest.update(str(file.relative_to(path.parent)).encode() + b"\0")
			digest.update(hashlib.sha256(file.read_bytes()).digest())
	return digest.hexdigest()


def _files_below(folder: Path):
	for parent, folders, files in os.walk(folder):
		folders[:] = [name for name in folders if name not in ("__pycache__", "node_modules", "dist")]
		for name in files:
			if not name.endswith((".pyc", ".swp", "~")):
				yield Path(parent, name)


def stamped(name: str, value: str) -> bool:
	"""Whether the step `name` was last done with the fingerprint `value`."""
	file = STAMPS / name
	return file.exists() and file.read_text() == value


def stamp(name: str, value: str) -> None:
	"""Remember that the step `name` was done with the fingerprint `value`."""
	STAMPS.mkdir(parents=True, exist_ok=True)
	(STAMPS / name).write_text(value)
