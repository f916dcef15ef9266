"""Real mail servers on this machine's loopback, for the demo site and the tests.

`Dovecot` runs a private Dovecot (IMAP and POP3) whose mailboxes are Maildirs; `SmtpSink` takes what is
sent and keeps it. Neither touches the machine's own mail configuration, and neither listens on anything
but 127.0.0.1. Nothing here is for production: there is no TLS and passwords are kept in clear text.

As a program it runs both until it is told to stop:

	python -m dev.mailserver --dir DIR --ports-file FILE [--user ADDRESS:PASSWORD ...]
"""

import argparse
import grp
import imaplib
import itertools
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"
MAIL_USER = "mail"
START_SECONDS = 20
STOP_SECONDS = 10

DOVECOT_CONFIG = """\
base_dir = {run}/base
state_dir = {run}/state
log_path = {log}
info_log_path = {log}
auth_debug = no
auth_verbose = no
auth_debug_passwords = no
mail_debug = no
protocols = imap pop3
listen = {loopback}
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_cache_size = 0
auth_failure_delay = 0
mail_location = maildir:~/Maildir
mail_home = {storage}/%u
mail_fsync = never
first_valid_uid = 1
first_valid_gid = 1
default_internal_user = {internal_user}
default_internal_group = {internal_group}
default_login_user = {login_user}
passdb {{
  driver = passwd-file
  # a file per mailbox: Dovecot looks at a file again only in the next second, at a new one at once
  args = scheme=PLAIN username_format=%u {storage}/%u/passwd
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={storage}/%u
}}
namespace inbox {{
  inbox = yes
}}
service auth {{
  user = {auth_user}
}}
service anvil {{
  chroot =
  # mode 0 switches off the growing delay after a wrong password
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = {loopback}
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service pop3-login {{
  chroot =
  inet_listener pop3 {{
    address = {loopback}
    port = {pop3_port}
  }}
  inet_listener pop3s {{
    port = 0
  }}
}}
"""


class MailServerError(Exception):
	"""A mail server of this module can't be started or used; the text says why and how to mend it."""


def free_port():
	"""Return a TCP port that nobody listens on at this moment.

	Returns:
		int: the number of a port of the loopback interface.
	"""
	with socket.socket() as probe:
		probe.bind((LOOPBACK, 0))
		return probe.getsockname()[1]


_serial = itertools.count()


def write_to_maildir(maildir, raw, owner=None):
	"""Put a mail into a Maildir the way a delivery agent does: written under tmp, then renamed into new.

	Args:
		maildir: path of the Maildir; it is made when it isn't there.
		raw: the mail as bytes.
		owner: (uid, gid) the file and the folders get, or None to leave them to the caller.

	Returns:
		Path: the file in new/. Names sort in the order of delivery.
	"""
	maildir = Path(maildir)
	for folder in (maildir, maildir / "tmp", maildir / "new", maildir / "cur"):
		if not folder.exists():
			folder.mkdir(mode=0o700, parents=True)
			if owner:
				os.chown(folder, *owner)
	now = time.time_ns() // 1000
	name = f"{now // 10**6}.M{now % 10**6:06d}P{os.getpid()}Q{next(_serial):06d}.loopback"
	temporary = maildir / "tmp" / name
	temporary.write_bytes(raw)
	if owner:
		os.chown(temporary, *owner)
	return temporary.rename(maildir / "new" / name)


def read_maildir(maildir):
	"""Return what a Maildir holds, in the order of delivery.

	Args:
		maildir: path of the Maildir; one that isn't there counts as empty.

	Returns:
		list[tuple[str, bytes]]: flags ("S" seen, "R" answered, "T" deleted; "" for none) and mail.
	"""
	found = []
	for folder in ("new", "cur"):
		for path in Path(maildir, folder).glob("*"):
			name, _, info = path.name.partition(":2,")
			try:
				found.append((name.split(",")[0], info, path.read_bytes()))
			except FileNotFoundError:
				# the server moved or removed it while we looked
				continue
	return [(flags, raw) for _, flags, raw in sorted(found)]


class Dovecot:
	"""A private Dovecot: IMAP and POP3 without TLS on free loopback ports, users from a file of its own.

	Adding users, delivering and reading work from any process that knows the folder, also while the server
	is down. Dovecot never opens mail as root: started by root it does so as the system user `mail`, and when
	the folder lies below one which that user can't enter, the mailboxes go to a folder under /var/tmp, whose
	path is kept in the file `storage_path`.

	Args:
		directory: folder for its configuration, log and mailboxes; made when it isn't there.
		imap_port: port for IMAP, or None for any free one.
		pop3_port: port for POP3, or None for any free one.
	"""

	def __init__(self, directory, imap_port=None, pop3_port=None):
		self.directory = Path(directory).resolve()
		self.directory.mkdir(parents=True, exist_ok=True)
		self.imap_port = imap_port or free_port()
		self.pop3_port = pop3_port or free_port()
		self.log = self.directory / "dovecot.log"
		self._pid_file = self.directory / "dovecot.pid"
		self._config = self.directory / "dovecot.conf"
		account = pwd.getpwnam(MAIL_USER) if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
		self._owner = (account.pw_uid, account.pw_gid)
		self.storage = self._find_storage()
		self._process = None
		self._run = None

	def _find_storage(self):
		pointer = self.directory / "storage_path"
		if pointer.exists():
			storage = Path(pointer.read_text(encoding="utf-8").strip())
		elif os.geteuid() != 0 or _everyone_may_enter(self.directory):
			storage = self.directory / "mailboxes"
		else:
			storage = Path(tempfile.mkdtemp(prefix="sv-mailboxes-", dir="/var/tmp"))
			pointer.write_text(f"{storage}\n", encoding="utf-8")
		storage.mkdir(mode=0o700, exist_ok=True)
		os.chown(storage, *self._owner)
		return storage

	def add_user(self, address, password):
		"""Make a mailbox, or give an existing one another password.

		A running server knows a new mailbox at once and another password within a second.

		Args:
			address: the mail address, which is also the login name.
			password: its password.

		Raises:
			MailServerError: when the address or password has characters that the password file can't hold.
		"""
		if any(char in address + password for char in ":/\n\r") or not address or not password:
			raise MailServerError(
				"A mailbox needs an address and a password without colons, slashes and line breaks;"
				" choose others."
			)
		home = self.storage / address
		home.mkdir(mode=0o700, exist_ok=True)
		os.chown(home, *self._owner)
		new = home / "passwd.new"
		new.write_text(f"{address}:{{PLAIN}}{password}\n", encoding="utf-8")
		os.chown(new, *self._owner)
		new.chmod(0o600)
		new.rename(home / "passwd")

	def _maildir(self, user):
		home = self.storage / user
		if not (home / "passwd").exists():
			raise MailServerError("There is no such mailbox on this server; make it with add_user() first.")
		return home / "Maildir"

	def deliver(self, user, raw):
		"""Put a mail into a mailbox, unseen, as a delivery agent does.

		Args:
			user: address of the mailbox.
			raw: the mail as bytes.

		Raises:
			MailServerError: when there is no such mailbox.
		"""
		write_to_maildir(self._maildir(user), raw, self._owner)

	def messages(self, user):
		"""Return what is in a mailbox now, in the order of delivery.

		Args:
			user: address of the mailbox.

		Returns:
			list[tuple[str, bytes]]: Maildir flags ("S" = seen) and the mail.

		Raises:
			MailServerError: when there is no such mailbox.
		"""
		return read_maildir(self._maildir(user))

	def start(self):
		"""Start the server and wait until it answers.

		Returns:
			Dovecot: this server.

		Raises:
			MailServerError: when Dovecot isn't installed, is another version than 2.3, or doesn't come up.
		"""
		program = _dovecot_program()
		self._end_leftover()
		# sockets have a short longest path, so the run folder isn't below the (perhaps deep) own folder
		self._run = Path(tempfile.mkdtemp(prefix="sv-dovecot-"))
		self._run.chmod(0o755)
		self._config.write_text(self._configuration(), encoding="utf-8")
		with self.log.open("ab") as log:
			self._process = subprocess.Popen(
				[program, "-F", "-c", str(self._config)],
				stdin=subprocess.DEVNULL,
				stdout=log,
				stderr=log,
				start_new_session=True,
			)
		self._pid_file.write_text(str(self._process.pid), encoding="utf-8")
		deadline = time.monotonic() + START_SECONDS
		while not self._answers():
			if self._process.poll() is not None or time.monotonic() > deadline:
				self.stop()
				raise MailServerError(
					f"Dovecot didn't come up. Mend what its log says and start again. The log: {self.log}"
				)
			time.sleep(0.05)
		return self

	def _end_leftover(self):
		"""Stop the server that an earlier process started in this folder and couldn't stop any more."""
		if not self._pid_file.exists():
			return
		process = Path("/proc", self._pid_file.read_text(encoding="utf-8"))
		deadline = time.monotonic() + STOP_SECONDS
		while str(self._config).encode() in _command_line(process):
			if time.monotonic() > deadline:
				raise MailServerError(
					f"An earlier Dovecot doesn't end; stop process {process.name} and start again."
				)
			os.kill(int(process.name), signal.SIGTERM)
			time.sleep(0.05)

	def _configuration(self):
		me = pwd.getpwuid(os.geteuid())
		as_root = os.geteuid() == 0
		own_group = grp.getgrgid(me.pw_gid).gr_name
		return DOVECOT_CONFIG.format(
			run=self._run,
			log=self.log,
			loopback=LOOPBACK,
			storage=self.storage,
			uid=self._owner[0],
			gid=self._owner[1],
			internal_user="dovecot" if as_root else me.pw_name,
			internal_group="dovecot" if as_root else own_group,
			login_user="dovenull" if as_root else me.pw_name,
			auth_user=me.pw_name,
			imap_port=self.imap_port,
			pop3_port=self.pop3_port,
		)

	def _answers(self):
		try:
			with imaplib.IMAP4(LOOPBACK, self.imap_port, timeout=2):
				pass
			with socket.create_connection((LOOPBACK, self.pop3_port), timeout=2) as pop3:
				return pop3.recv(3) == b"+OK"
		except (OSError, imaplib.IMAP4.error):
			return False

	def stop(self):
		"""Stop the server; the mailboxes stay. Does nothing when it isn't running."""
		if self._process:
			self._process.terminate()
			try:
				self._process.wait(timeout=STOP_SECONDS)
			except subprocess.TimeoutExpired:
				self._kill()
			self._process = None
		self._remove_run_folder()

	def kill(self):
		"""Stop the server as a power cut does, in the middle of what it is doing."""
		if self._process:
			self._kill()
			self._process = None
		self._remove_run_folder()

	def _kill(self):
		os.killpg(self._process.pid, signal.SIGKILL)
		self._process.wait()

	def _remove_run_folder(self):
		if self._run:
			shutil.rmtree(self._run, ignore_errors=True)
			self._run = None

	def remove(self):
		"""Stop the server and delete its mailboxes, configuration and log."""
		self.kill()
		shutil.rmtree(self.storage, ignore_errors=True)
		shutil.rmtree(self.directory, ignore_errors=True)

	def __enter__(self):
		return self.start()

	def __exit__(self, *exc_info):
		self.stop()


def _command_line(process):
	try:
		return (process / "cmdline").read_bytes()
	except OSError:
		return b""


def _everyone_may_enter(directory):
	return all(folder.stat().st_mode & 0o001 for folder in (directory, *directory.parents))


def _dovecot_program():
	program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")
	missing = "Dovecot isn't installed; install the Debian packages dovecot-imapd and dovecot-pop3d."
	if not program:
		raise MailServerError(missing)
	version = subprocess.run(
		[program, "--version"], capture_output=True, text=True, check=True
	).stdout.strip()
	if not version.startswith("2.3."):
		raise MailServerError(
			f"Dovecot here is version {version}; its configuration differs. Use 2.3, as in Debian 12."
		)
	modules = Path(program).parent.parent / "lib" / "dovecot"
	if not (modules / "imap").exists() or not (modules / "pop3").exists():
		raise MailServerError(missing)
	return program


@dataclass(frozen=True)
class SentMail:
	"""One mail that an SmtpSink accepted.

	Attributes:
		sender: the address in MAIL FROM ("" for a bounce).
		recipients: the addresses in RCPT TO.
		raw: the mail as bytes.
	"""

	sender: str
	recipients: tuple
	raw: bytes


class SmtpSink:
	"""An SMTP server on a loopback port that keeps every mail and passes none on.

	Args:
		port: its port, or None for any free one.
		login: (user, password) that a client must log in with; None when nobody needs to and any login will do.
		maildir: path of a Maildir that gets a copy of every mail accepted, or None.

	Attributes:
		mode: what it does with a mail, may be changed at any time: ACCEPT, REFUSE_RECIPIENT (550 to
			RCPT TO), TEMPORARY_FAILURE (451 after the text) or DROP_CONNECTION (hangs up after the text,
			mail not kept).
	"""

	ACCEPT = "accept"
	REFUSE_RECIPIENT = "refuse_recipient"
	TEMPORARY_FAILURE = "temporary_failure"
	DROP_CONNECTION = "drop_connection"

	def __init__(self, port=None, login=None, maildir=None):
		self.port = port or free_port()
		self.login = login
		self.maildir = maildir
		self.mode = self.ACCEPT
		self._mails = []
		self._changed = threading.Condition()
		self._controller = None

	@property
	def mails(self):
		"""The mails accepted until now, oldest first, as a list of SentMail."""
		with self._changed:
			return list(self._mails)

	def clear(self):
		"""Forget the mails accepted until now (copies in the Maildir stay)."""
		with self._changed:
			self._mails.clear()

	def wait_for(self, n, seconds=10):
		"""Wait until at least n mails have been accepted.

		Args:
			n: how many.
			seconds: how long at most.

		Returns:
			list[SentMail]: all mails accepted until now.

		Raises:
			TimeoutError: when they didn't come in time; the text says how many did.
		"""
		with self._changed:
			if not self._changed.wait_for(lambda: len(self._mails) >= n, timeout=seconds):
				raise TimeoutError(f"{len(self._mails)} of {n} mails were sent within {seconds} seconds.")
			return list(self._mails)

	def start(self):
		"""Start the server in a thread of its own.

		Returns:
			SmtpSink: this server.

		Raises:
			MailServerError: when aiosmtpd isn't installed.
		"""
		try:
			from aiosmtpd.controller import Controller
		except ImportError:
			raise MailServerError(
				"The Python package aiosmtpd isn't installed; install dev/requirements-test.txt."
			) from None
		self._controller = Controller(
			self,
			hostname=LOOPBACK,
			port=self.port,
			authenticator=self._authenticate,
			auth_required=bool(self.login),
			auth_require_tls=False,
		)
		self._controller.start()
		return self

	def stop(self):
		"""Stop the server; the mails stay readable. Does nothing when it isn't running."""
		if self._controller:
			self._controller.stop()
			self._controller = None

	def __enter__(self):
		return self.start()

	def __exit__(self, *exc_info):
		self.stop()

	def _authenticate(self, server, session, envelope, mechanism, auth_data):
		from aiosmtpd.smtp import AuthResult, LoginPassword

		known = not self.login or (
			isinstance(auth_data, LoginPassword)
			and (auth_data.login.decode(), auth_data.password.decode()) == tuple(self.login)
		)
		return AuthResult(success=known, handled=False)

	async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
		"""Answer RCPT TO (called by aiosmtpd)."""
		if self.mode == self.REFUSE_RECIPIENT:
			return "550 5.1.1 No such mailbox here"
		envelope.rcpt_tos.append(address)
		return "250 2.1.5 OK"

	async def handle_DATA(self, server, session, envelope):
		"""Answer the end of a mail's text (called by aiosmtpd)."""
		if self.mode == self.TEMPORARY_FAILURE:
			return "451 4.3.0 Try again later"
		if self.mode == self.DROP_CONNECTION:
			server.transport.abort()
			return "421 4.3.0 Hanging up"
		mail = SentMail(envelope.mail_from or "", tuple(envelope.rcpt_tos), envelope.original_content)
		if self.maildir:
			write_to_maildir(self.maildir, mail.raw)
		with self._changed:
			self._mails.append(mail)
			self._changed.notify_all()
		return "250 2.0.0 OK"


def _known_ports(path):
	if not path.exists():
		return {}
	try:
		return json.loads(path.read_text(encoding="utf-8"))
	except ValueError:
		return {}


def main(arguments=None):
	"""Run a Dovecot and an SmtpSink until SIGTERM or SIGINT comes.

	Ports named in the ports file by an earlier run are used again, so that Email Accounts stay right. The
	file is written when both servers answer: {"imap": 1, "pop3": 2, "smtp": 3, "pid": 4}.

	Args:
		arguments: the command line without the program's name; None for the process's own.

	Returns:
		int: exit code.
	"""
	parser = argparse.ArgumentParser(
		prog="python -m dev.mailserver", description=main.__doc__.splitlines()[0]
	)
	parser.add_argument("--dir", required=True, type=Path, help="folder for mailboxes, sent mail and log")
	parser.add_argument("--ports-file", required=True, type=Path, help="JSON file that gets the ports")
	parser.add_argument(
		"--user", action="append", default=[], metavar="ADDRESS:PASSWORD", help="mailbox to make"
	)
	options = parser.parse_args(arguments)
	ports = _known_ports(options.ports_file)
	stopping = threading.Event()
	for number in (signal.SIGTERM, signal.SIGINT):
		signal.signal(number, lambda *_: stopping.set())
	try:
		dovecot = Dovecot(options.dir / "dovecot", ports.get("imap"), ports.get("pop3"))
		for user in options.user:
			address, _, password = user.partition(":")
			dovecot.add_user(address, password)
		sink = SmtpSink(ports.get("smtp"), maildir=options.dir / "sent")
		with dovecot, sink:
			written = options.ports_file.with_suffix(".new")
			written.write_text(
				json.dumps(
					{
						"imap": dovecot.imap_port,
						"pop3": dovecot.pop3_port,
						"smtp": sink.port,
						"pid": os.getpid(),
					}
				),
				encoding="utf-8",
			)
			written.rename(options.ports_file)
			stopping.wait()
	except (MailServerError, OSError) as error:
		parser.exit(1, f"{error}\n")
	return 0


if __name__ == "__main__":
	raise SystemExit(main())
