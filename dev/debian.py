"""Installs the Debian packages that are missing; when nothing is, it costs a few milliseconds."""

import os
import shutil
import subprocess
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
}
LIBRARIES = {"libpangoft2-1.0-0": "pango's font library, used by Frappe's print preview"}
FOR_TESTS = {
	"chromium": ("chromium",),
	"poppler-utils": ("pdftotext",),
	"dovecot-imapd": ("/usr/lib/dovecot/imap",),
	"dovecot-pop3d": ("/usr/lib/dovecot/pop3",),
}


def install_missing(steps: Steps, for_tests: bool, python: str) -> None:
	"""Install the Debian packages that this machine lacks.

	Args:
		steps: takes the output.
		for_tests: also what only tests need (browser, mail server, PDF tools).
		python: the interpreter whose venv module must work.

	Raises:
		StepFailed: when a package is missing and can't be installed.
	"""
	missing = missing_packages(for_tests, python)
	if not missing:
		return
	as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
	if not shutil.which("apt-get") or (as_root and not shutil.which("sudo")):
		raise StepFailed(f"These Debian packages are missing, please install them: {' '.join(missing)}.")
	with steps.step(f"Debian packages: {' '.join(missing)}"):
		with _no_services(as_root):
			apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
			steps.run([*apt, "update"])
			steps.run([*apt, "install", "--no-install-recommends", *missing])
		still = missing_packages(for_tests, python)
		if still:
			raise StepFailed(f"Debian's packages {' '.join(still)} were installed but don't do their work.")


def missing_packages(for_tests: bool, python: str) -> list[str]:
	"""The names of the Debian packages to install, see install_missing."""
	wanted = {**PROGRAMS, **(FOR_TESTS if for_tests else {})}
	missing = [package for package, programs in wanted.items() if not all(map(_is_there, programs))]
	missing += [library for library in LIBRARIES if not _library_is_there(library)]
	if subprocess.run([python, "-c", "import ensurepip, venv"], capture_output=True).returncode:
		missing.append("python3-venv")
	return missing


def _is_there(program: str) -> bool:
	# Debian keeps servers in sbin, which an ordinary user's PATH may lack
	return bool(shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin"))


def _library_is_there(package: str) -> bool:
	query = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Status}", package], capture_output=True)
	return query.stdout == b"installed"


class _no_services:
	"""While it lasts, Debian doesn't start the servers of the packages it installs: we start our own."""

	def __init__(self, as_root: list[str]):
		self.as_root = as_root
		self.ours = False

	def __enter__(self):
		if not POLICY.exists():
			self.ours = True
			script = f"printf '#!/bin/sh\\nexit 101\\n' > {POLICY} && chmod 755 {POLICY}"
			subprocess.run([*self.as_root, "sh", "-c", script], check=True)

	def __exit__(self, *_exception):
		if self.ours:
			subprocess.run([*self.as_root, "rm", "-f", str(POLICY)], check=True)
