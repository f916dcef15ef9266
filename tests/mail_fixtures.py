"""Real mail servers on loopback for tests: load them with `pytest_plugins = ["mail_fixtures"]`."""

import pytest

from dev.mailserver import Dovecot, SmtpSink


@pytest.fixture
def imap_server(tmp_path):
	"""A running Dovecot (IMAP and POP3) without mailboxes; make them with add_user()."""
	server = Dovecot(tmp_path / "dovecot")
	try:
		yield server.start()
	finally:
		server.remove()


@pytest.fixture
def smtp_sink():
	"""A running SmtpSink that accepts every mail without a login."""
	with SmtpSink() as sink:
		yield sink
