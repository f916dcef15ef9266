"""Installs the Debian packages that are missing; when nothing is, it costs a few milliseconds."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dev.steps import StepFailed, Steps

POLICY = Path("/usr/sbin/policy-rc.d")

# Debian package -> how to see that it (or something as good from elsewhere) is there
PROGRAMS = {
	"mariadb-server": ("mariadbd", "mariadb-install-db"),
	"mariadb-client": ("mariadb", "mariadb-dump"),
	"redis-server": ("redis-server", "redis-cli"),
	"git": ("git",),
	"nodejs": ("node",),
	"npm": ("npm",),
	# the demo's mailboxes
	"dovecot-imapd": ("/usr/lib/dovecot/imap",),
	"dovecot-pop3d": ("/usr/lib/dovecot/pop3",),
}
LIBRARIES = {"libpangoft2-1.0-0": "pango's font library, used by Frappe's print preview"}
FOR_TESTS = {
	"chromium": ("chromium",),
	"poppler-utils": ("pdftotext",),
}


def install_missing(steps: Steps, find_missing: Callable[[], list[str]]) -> None:
	"""Install the Debian packages that this machine lacks.

	Args:
		steps: takes the output.
		find_missing: says which packages are missing; asked again after the installation.

	Raises:
		StepFailed: when a package is missing and can't be installed.
	"""
	missing = find_missing()
	if not missing:
		return
	as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
	if not shutil.which("apt-get") or (as_root and not shutil.which("sudo")):
		raise StepFailed(f"These Debian packages are missing, please install them: {' '.join(missing)}.")
	with steps.step(f"Debian packages: {' '.join(missing)}"):
		apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
		with _no_services(as_root):
			steps.run([*apt, "update"])
			steps.run([*apt, "install", "--no-install-recommends", *missing])
		if still := find_missing():
			raise StepFailed(f"Debian's packages {' '.join(still)} were installed but don't do their work.")


def missing_for_bench(python: str, for_tests: bool) -> list[str]:
	"""The names of the packages to install for a bench.

	Args:
		python: the interpreter of its virtual environment.
		for_tests: also what only tests need (browser, PDF tools).
	"""
	wanted = {**PROGRAMS, **(FOR_TESTS if for_tests else {})}
	missing = [package for package, programs in wanted.items() if not all(map(_is_there, programs))]
	missing += [library for library in LIBRARIES if not _library_is_there(library)]
	return missing + missing_for_venv(python)


def missing_for_venv(python: str) -> list[str]:
	"""The names of the packages to install so that the interpreter can make virtual environments."""
	works = subprocess.run([python, "-c", "import ensurepip, venv"], capture_output=True).returncode == 0
	return [] if works else ["python3-venv"]


def _is_there(program: str) -> bool:
	# Debian keeps servers in sbin, which an ordinary user's PATH may lack
	return bool(shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin"))


def _library_is_there(package: str) -> bool:
	query = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Status}", package], capture_output=True)
	return query.stdout == b"installed"


@contextmanager
def _no_services(as_root: list[str]) -> Iterator[None]:
	"""While it lasts, Debian doesn't start the servers of the packages it installs: we start our own."""
	if POLICY.exists():
		yield
		return
	script = f"printf '#!/bin/sh\\nexit 101\\n' > {POLICY} && chmod 755 {POLICY}"
	subprocess.run([*as_root, "sh", "-c", script], check=True)
	try:
		yield
	finally:
		subprocess.run([*as_root, "rm", "-f", str(POLICY)], check=True)
