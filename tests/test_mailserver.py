"""The loopback mail servers that other tests rely on behave as mail servers do."""

import imaplib
import json
import os
import poplib
import signal
import smtplib
import subprocess
import sys
import time
from pathlib import Path

import pytest
from mail_helpers import make_mail

from dev.mailserver import Dovecot, MailServerError, SmtpSink, read_maildir

pytest_plugins = ["mail_fixtures"]

ADDRESS = "meldpunt@voorbeeld.example"
PASSWORD = "een wachtwoord"
REPOSITORY = Path(__file__).resolve().parent.parent


def imap_login(server, password=PASSWORD):
	client = imaplib.IMAP4("127.0.0.1", server.imap_port, timeout=10)
	client.login(ADDRESS, password)
	return client


def pop3_login(server):
	client = poplib.POP3("127.0.0.1", server.pop3_port, timeout=10)
	client.user(ADDRESS)
	client.pass_(PASSWORD)
	return client


def send(sink, text="Antwoord", login=None):
	with smtplib.SMTP("127.0.0.1", sink.port, timeout=10) as client:
		if login:
			client.login(*login)
		client.sendmail(
			ADDRESS,
			["iemand@voorbeeld.example", "ander@voorbeeld.example"],
			make_mail(text=text).replace(b"\n", b"\r\n"),
		)


def test_imap_sees_a_delivered_mail_and_keeps_its_flags(imap_server):
	imap_server.add_user(ADDRESS, PASSWORD)
	raw = make_mail()
	imap_server.deliver(ADDRESS, raw)
	assert imap_server.messages(ADDRESS) == [("", raw)]

	client = imap_login(imap_server)
	client.select("INBOX")
	assert client.search(None, "UNSEEN")[1] == [b"1"]
	# peeking doesn't mark it, fetching does
	client.fetch("1", "(BODY.PEEK[])")
	assert client.search(None, "UNSEEN")[1] == [b"1"]
	fetched = client.fetch("1", "(RFC822)")[1][0][1]
	assert fetched.replace(b"\r\n", b"\n") == raw
	assert client.search(None, "UNSEEN")[1] == [b""]
	client.logout()

	assert [flags for flags, _ in imap_server.messages(ADDRESS)] == ["S"]


def test_imap_deletes(imap_server):
	imap_server.add_user(ADDRESS, PASSWORD)
	imap_server.deliver(ADDRESS, make_mail(text="een"))
	imap_server.deliver(ADDRESS, make_mail(text="twee"))
	client = imap_login(imap_server)
	client.select("INBOX")
	client.store("1", "+FLAGS", r"(\Deleted)")
	client.expunge()
	client.logout()
	assert imap_server.messages(ADDRESS) == [("", make_mail(text="twee"))]


def test_pop3_fetches_in_order_and_deletes_only_at_quit(imap_server):
	imap_server.add_user(ADDRESS, PASSWORD)
	for text in ("een", "twee", "drie"):
		imap_server.deliver(ADDRESS, make_mail(text=text))

	client = pop3_login(imap_server)
	assert client.stat()[0] == 3
	texts = [client.retr(number)[1][-1] for number in (1, 2, 3)]
	assert texts == [b"een", b"twee", b"drie"]
	client.dele(1)
	client.close()
	assert len(imap_server.messages(ADDRESS)) == 3

	client = pop3_login(imap_server)
	client.dele(1)
	client.quit()
	assert [raw for _, raw in imap_server.messages(ADDRESS)] == [
		make_mail(text="twee"),
		make_mail(text="drie"),
	]


def test_a_wrong_password_is_refused_and_a_new_mailbox_works_at_once(imap_server):
	with pytest.raises(imaplib.IMAP4.error):
		imap_login(imap_server)
	imap_server.add_user(ADDRESS, PASSWORD)
	with pytest.raises(imaplib.IMAP4.error):
		imap_login(imap_server, "anders")
	imap_login(imap_server).logout()


def test_mail_outlives_the_server(tmp_path):
	server = Dovecot(tmp_path)
	server.add_user(ADDRESS, PASSWORD)
	server.deliver(ADDRESS, make_mail())
	try:
		with server:
			imap_login(server).logout()
		again = Dovecot(tmp_path, server.imap_port, server.pop3_port)
		with again:
			client = imap_login(again)
			assert client.select("INBOX")[1] == [b"1"]
			client.logout()
	finally:
		server.remove()
	assert not server.storage.exists()


def test_a_server_that_nobody_stopped_makes_way(tmp_path):
	left_behind = Dovecot(tmp_path).start()
	again = Dovecot(tmp_path, left_behind.imap_port, left_behind.pop3_port)
	try:
		again.add_user(ADDRESS, PASSWORD)
		with again:
			imap_login(again).logout()
	finally:
		left_behind.stop()
		again.remove()


def test_an_unknown_mailbox_is_a_clear_error(tmp_path):
	server = Dovecot(tmp_path)
	try:
		with pytest.raises(MailServerError, match="add_user"):
			server.deliver(ADDRESS, make_mail())
		with pytest.raises(MailServerError, match="colons"):
			server.add_user("../elders", "a:b")
	finally:
		server.remove()


def test_the_log_holds_no_password(imap_server):
	imap_server.add_user(ADDRESS, PASSWORD)
	imap_login(imap_server).logout()
	assert PASSWORD not in imap_server.log.read_text(encoding="utf-8")


def test_smtp_keeps_envelope_and_bytes(smtp_sink):
	send(smtp_sink)
	(mail,) = smtp_sink.wait_for(1)
	assert mail.sender == ADDRESS
	assert mail.recipients == ("iemand@voorbeeld.example", "ander@voorbeeld.example")
	assert mail.raw.replace(b"\r\n", b"\n") == make_mail(text="Antwoord")
	smtp_sink.clear()
	assert smtp_sink.mails == []
	with pytest.raises(TimeoutError, match="0 of 1"):
		smtp_sink.wait_for(1, seconds=0.01)


def test_smtp_failures(smtp_sink):
	smtp_sink.mode = SmtpSink.REFUSE_RECIPIENT
	with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
		send(smtp_sink)
	assert {code for code, _ in refused.value.recipients.values()} == {550}

	smtp_sink.mode = SmtpSink.TEMPORARY_FAILURE
	with pytest.raises(smtplib.SMTPDataError) as failed:
		send(smtp_sink)
	assert failed.value.smtp_code == 451

	smtp_sink.mode = SmtpSink.DROP_CONNECTION
	with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
		send(smtp_sink)

	assert smtp_sink.mails == []
	smtp_sink.mode = SmtpSink.ACCEPT
	send(smtp_sink)
	assert len(smtp_sink.mails) == 1


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_smtp_login():
	with SmtpSink() as sink:
		send(sink, login=(ADDRESS, "wat dan ook"))
		assert len(sink.mails) == 1
	with SmtpSink(login=(ADDRESS, PASSWORD)) as sink:
		with pytest.raises(smtplib.SMTPSenderRefused):
			send(sink)
		with pytest.raises(smtplib.SMTPAuthenticationError):
			send(sink, login=(ADDRESS, "fout"))
		send(sink, login=(ADDRESS, PASSWORD))
		assert len(sink.mails) == 1


def start_program(folder, ports_file):
	return subprocess.Popen(
		[
			sys.executable,
			"-m",
			"dev.mailserver",
			"--dir",
			str(folder),
			"--ports-file",
			str(ports_file),
			"--user",
			f"{ADDRESS}:{PASSWORD}",
		],
		cwd=REPOSITORY,
		env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
		stdout=subprocess.PIPE,
		stderr=subprocess.STDOUT,
		text=True,
	)


def read_ports(program, ports_file):
	"""Wait for the ports file of this very process."""
	deadline = time.monotonic() + 20
	while time.monotonic() < deadline and program.poll() is None:
		if ports_file.exists():
			ports = json.loads(ports_file.read_text(encoding="utf-8"))
			if ports["pid"] == program.pid:
				return ports
		time.sleep(0.02)
	program.kill()
	raise AssertionError(f"the mail servers didn't start: {program.communicate()[0]}")


def test_program_runs_both_and_uses_its_ports_again(tmp_path):
	ports_file = tmp_path / "ports.json"
	seen = []
	try:
		for _ in range(2):
			program = start_program(tmp_path / "mail", ports_file)
			ports = read_ports(program, ports_file)
			seen.append((ports["imap"], ports["pop3"], ports["smtp"]))
			with smtplib.SMTP("127.0.0.1", ports["smtp"], timeout=10) as client:
				client.sendmail(ADDRESS, ["iemand@voorbeeld.example"], make_mail())
			os.kill(program.pid, signal.SIGTERM)
			assert program.wait(timeout=20) == 0
		assert seen[0] == seen[1]
		assert len(read_maildir(tmp_path / "mail" / "sent")) == 2
	finally:
		Dovecot(tmp_path / "mail" / "dovecot").remove()
