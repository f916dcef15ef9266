"""A site's real web server and workers for tests; runs in any bench's Python, in its sites folder."""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dev.layout import ROOT
from dev.services import APPLICATION, LOOPBACK, answers, free_port, web_command

START_SECONDS = 60
JOBS_SECONDS = 300
CSRF = re.compile(r'csrf_token = "([^"]+)"')


class WebServer:
	"""A gunicorn that serves one site; `base_url` is its address."""

	def __init__(self, site: str, workers: int = 1, application: str = APPLICATION):
		"""Start it and wait until it answers.

		Args:
			site: name of the site; the current folder is the bench's sites folder.
			workers: number of its processes.
			application: module and name of the WSGI application.

		Raises:
			RuntimeError: when it doesn't answer in time.
		"""
		port = free_port()
		self.base_url = f"http://{LOOPBACK}:{port}"
		self.log = tempfile.NamedTemporaryFile(prefix="web-", suffix=".log")
		self._process = subprocess.Popen(
			[str(word) for word in (sys.executable, *web_command(port, workers, application)[1:])],
			env=_environment(site),
			stdin=subprocess.DEVNULL,
			stdout=self.log,
			stderr=self.log,
		)
		deadline = time.monotonic() + START_SECONDS
		while not answers(port):
			if self._process.poll() is not None or time.monotonic() > deadline:
				raise RuntimeError(f"The web server did not start: {self.output()[-2000:]}")
			time.sleep(0.05)

	@property
	def pid(self) -> int:
		"""The number of the server's process."""
		return self._process.pid

	def output(self) -> str:
		"""What the server printed until now."""
		return Path(self.log.name).read_text(errors="replace")

	def guest(self):
		"""A browser's session of somebody who isn't logged in: a requests.Session."""
		import requests

		session = requests.Session()
		session.headers.update({"Accept": "application/json"})
		return session

	def login(self, user: str, password: str):
		"""Log in as the login page does.

		Args:
			user: name of the user.
			password: their password.

		Returns:
			A requests.Session that sends cookie and CSRF token with every request.

		Raises:
			RuntimeError: when the login is refused or the Desk doesn't open.
		"""
		session = self.guest()
		answer = session.post(f"{self.base_url}/api/method/login", data={"usr": user, "pwd": password})
		if not answer.ok:
			raise RuntimeError(f"The login of {user} was refused with HTTP {answer.status_code}.")
		page = session.get(f"{self.base_url}/app", headers={"Accept": "text/html"})
		if page.status_code >= 500:
			raise RuntimeError(
				"The Desk doesn't open (HTTP 500), so there is no CSRF token; run bench build."
			)
		token = CSRF.search(page.text)
		if token and token[1] != "None":
			session.headers["X-Frappe-CSRF-Token"] = token[1]
		return session

	def stop(self) -> None:
		"""End the server."""
		self._process.terminate()
		try:
			self._process.wait(timeout=15)
		except subprocess.TimeoutExpired:
			self._process.kill()
			self._process.wait()
		self.log.close()


def run_jobs(site: str) -> str:
	"""Let a worker do the jobs that wait in a site's queues, until none is left.

	Args:
		site: name of the site; the current folder is the bench's sites folder.

	Returns:
		What the worker printed.

	Raises:
		RuntimeError: when the worker itself fails (a failing job doesn't make it fail).
	"""
	result = subprocess.run(
		[sys.executable, "-m", "dev.burst_worker", site],
		env=_environment(site),
		capture_output=True,
		text=True,
		timeout=JOBS_SECONDS,
	)
	if result.returncode:
		raise RuntimeError(f"The worker failed: {result.stderr[-2000:]}")
	return result.stdout + result.stderr


def _environment(site: str) -> dict[str, str]:
	# some library brings a package "tests", so modules of ours there are imported by their own names
	return {**os.environ, "DEV_SITE": site, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests")))}
