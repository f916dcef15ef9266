"""The mail servers of the demo site: they run with its other servers, so that later mails come in, too.

What they keep is in clear text, as on any mail server. That is why it lies outside the bench.
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
from pathlib import Path

from dev import services
from dev.institution import DESK_ADDRESS, IT_ADDRESS, MAILBOX_PASSWORD
from dev.layout import LOGS, PYTHON, ROOT, stamp, stamped
from dev.sites import in_site, python_path
from dev.steps import StepFailed, Steps

NAME = "mail"
FOLDER = Path("/var/tmp") / f"sv_helpdesk-mail-{hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]}"
PORTS_FILE = FOLDER / "ports.json"


def start(steps: Steps, empty: bool) -> None:
	"""Start Dovecot and the server that takes what the demo site sends, unless they run.

	Args:
		steps: takes the progress.
		empty: without the mails of an earlier demo site.
	"""
	if empty:
		services.stop(NAME)
		remove()
	if services.running(NAME):
		return
	with steps.step("Mail servers"):
		_make_folder()
		old = ports() if PORTS_FILE.exists() else {}
		if any(services.answers(old[name]) for name in ("imap", "pop3", "smtp") if name in old):
			PORTS_FILE.unlink()
		users = [f"--user={address}:{MAILBOX_PASSWORD}" for address in (DESK_ADDRESS, IT_ADDRESS)]
		options = ["--dir", FOLDER, "--ports-file", PORTS_FILE, *users]
		services.start(steps, NAME, [PYTHON, "-m", "dev.mailserver", *options], extra_env=python_path())
		deadline = time.monotonic() + services.START_SECONDS
		while not _answers():
			if not services.running(NAME) or time.monotonic() > deadline:
				raise StepFailed(f"the mail servers did not start, see {LOGS / NAME}.log.")
			time.sleep(0.05)


def point_site_at_it(steps: Steps, site: str) -> None:
	"""Tell the site's Email Accounts where the mail servers are now, when that changed."""
	where = json.dumps([ports()[name] for name in ("imap", "pop3", "smtp")])
	if not stamped(f"mail-{site}", where):
		with steps.step("Mailboxes"):
			in_site(steps, site, "dev.demo.point_mailboxes")
		stamp(f"mail-{site}", where)


def ports() -> dict[str, int]:
	"""The servers' ports: imap, pop3 and smtp."""
	return json.loads(PORTS_FILE.read_text())


def remove() -> None:
	"""Delete all mails of the demo site; its servers are stopped."""
	shutil.rmtree(FOLDER, ignore_errors=True)


def _answers() -> bool:
	# the file is written again at each start, when the servers answer
	return PORTS_FILE.exists() and all(services.answers(ports()[name]) for name in ("imap", "pop3", "smtp"))


def _make_folder() -> None:
	"""Everybody may write to /var/tmp: a folder that is there already must be our own."""
	if not FOLDER.exists():
		Path(tempfile.mkdtemp(prefix="sv_helpdesk-", dir=FOLDER.parent)).rename(FOLDER)
		# Dovecot opens mailboxes as another user
		FOLDER.chmod(0o711)
	if FOLDER.is_symlink() or FOLDER.stat().st_uid != os.geteuid():
		raise StepFailed(f"{FOLDER} belongs to somebody else. Remove it, then try again.")
