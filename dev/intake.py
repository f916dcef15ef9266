"""Takes a folder of mails into the connected site through the real mail path and compares the outcome.

	make intake MAILS=folder

Each .eml file is delivered, in name order, to every mailbox it is addressed to on a real Dovecot; then all
mailboxes are read as Frappe's scheduler does and all waiting jobs are done, before the next mail comes. The
folder's manifest.json says what should come of each mail (dev/intake_manifest.py lists its keys).
"""

import logging
import os
import re
import sys
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from email.header import Header
from email.utils import getaddresses
from pathlib import Path

import frappe
from frappe.email.doctype.email_account.email_account import pull_from_email_account
from frappe.email.queue import flush
from frappe.utils.background_jobs import get_queue, get_queues_timeout

from dev import institution, leak_search
from dev.intake_checks import compare
from dev.intake_manifest import Manifest, ManifestError, read_manifest
from dev.intake_state import Step, snapshot
from dev.live import run_jobs
from dev.mailserver import Dovecot, MailServerError, SmtpSink

ADDRESS_HEADERS = ("To", "Cc", "Bcc", "Delivered-To", "X-Original-To", "Envelope-To")
PLACEHOLDER = re.compile(r"\{ticket_of:([^{}]+)\}")
SUBJECT = re.compile(rb"^subject:[^\n]*\n(?:[ \t][^\n]*\n)*", re.IGNORECASE | re.MULTILINE)
END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
LEAKED = "something of it stands in clear in: "


@dataclass
class Surroundings:
	"""What a run needs to be there.

	Attributes:
		dovecot: running server with the mailboxes.
		sink: running server that takes what leaves.
		accounts: Email Accounts (named like their addresses) in the order in which they are read.
		case_worker: user whose view of a case counts.
		team: HD Team of the desk.
	"""

	dovecot: Dovecot
	sink: SmtpSink
	accounts: list[str]
	case_worker: str
	team: str


@dataclass
class Result:
	"""What came of one mail; `faults` is empty when all is as expected."""

	file: str
	faults: list[str]


def run(
	folder: Path,
	manifest: Manifest,
	around: Surroundings,
	tell: Callable[[Result], None] = lambda result: None,
) -> list[Result]:
	"""Take in the folder's mails one by one; what the confidential ones say is searched for after each.

	Args:
		folder: with the .eml files.
		manifest: what should come of them.
		around: servers and mailboxes.
		tell: called with each mail's Result when it is known; at the end once more for mails of which
			something is found then, also in Redis and logs.

	Returns:
		A Result for each mail, in order.
	"""
	raw_mails = {file: (folder / file).read_bytes() for file in manifest.messages}
	searches = _searches(raw_mails, manifest)
	_forget_what_is_known(searches.values())
	steps: dict[str, Step] = {}
	results = []
	for file, expected in manifest.messages.items():
		try:
			raw = with_ticket_numbers(raw_mails[file], steps)
			steps[file] = take_in(raw, manifest, around)
			faults = compare(expected, steps[file], steps, around.case_worker, around.team)
		except (ManifestError, MailServerError) as error:
			faults = [str(error)]
		if file in searches:
			faults += _leaks(searches[file], (*leak_search.database_dump(), *leak_search.site_files()))
		results.append(Result(file, faults))
		tell(results[-1])
	places = list(_everywhere())
	for result in results:
		if result.file in searches and (late := _leaks(searches[result.file], places)) and not result.faults:
			result.faults += late
			tell(result)
	return results


def take_in(raw: bytes, manifest: Manifest, around: Surroundings) -> Step:
	"""Deliver one mail, read all mailboxes and do all that follows from it.

	Args:
		raw: the mail.
		manifest: knows the addresses.
		around: servers and mailboxes.

	Returns:
		What the mail brought.
	"""
	before, sent = snapshot(), len(around.sink.mails)
	mailboxes = mailboxes_of(raw, manifest)
	for address in mailboxes:
		around.dovecot.deliver(address, raw)
	for account in around.accounts:
		read_mailbox(account)
	do_jobs()
	return Step.between(raw, mailboxes, before, snapshot(), around.sink.mails[sent:])


def mailboxes_of(raw: bytes, manifest: Manifest) -> list[str]:
	"""The mailboxes a mail goes to; one that names neither (as with a blind copy) goes to the confidential one."""
	mail = message_from_bytes(raw)
	values = [str(value) for name in ADDRESS_HEADERS for value in mail.get_all(name, [])]
	addresses = {_without_tag(address.strip().lower()) for _name, address in getaddresses(values)}
	known = (manifest.it_address, manifest.confidential_address)
	return [address for address in known if address in addresses] or [manifest.confidential_address]


def read_mailbox(account: str) -> None:
	"""Read a mailbox as the scheduler's job does; a job that fails is no reason to stop."""
	try:
		pull_from_email_account(account)
		frappe.db.commit()
	except Exception as error:
		frappe.db.rollback()
		print(f"  Reading {account} ended with {type(error).__name__}.", file=sys.stderr)


def do_jobs() -> None:
	"""Send what waits in Frappe's own queue of mails and do all jobs, until nothing is left."""
	flush()
	frappe.db.commit()
	while any(get_queue(name).count for name in get_queues_timeout()):
		run_jobs(frappe.local.site)


def with_ticket_numbers(raw: bytes, steps: dict[str, Step]) -> bytes:
	"""Put ticket numbers in place of `{ticket_of:FILE}` in a mail's subject, also in an encoded one.

	Args:
		raw: the mail.
		steps: what came of the mails before, by file.

	Raises:
		ManifestError: FILE made no ticket.
	"""

	def number(match: re.Match) -> str:
		step = steps.get(match[1].strip())
		if not step or not step.new_tickets:
			raise ManifestError(f"its subject asks for the ticket of {match[1]}, which made none before")
		return step.new_tickets[0]

	end = END_OF_HEADERS.search(raw)
	head, rest = (raw[: end.start()] + b"\n", raw[end.start() :]) if end else (raw + b"\n", b"")
	line = SUBJECT.search(head)
	if not line:
		return raw
	value = line[0].partition(b":")[2].decode("utf-8", "surrogateescape")
	decoded = leak_search.decoded(value)
	if PLACEHOLDER.search(value):
		value = PLACEHOLDER.sub(number, value)
	elif PLACEHOLDER.search(decoded):
		value = f" {Header(PLACEHOLDER.sub(number, decoded), 'utf-8').encode()}\n"
	else:
		return raw
	subject = b"Subject:" + value.encode("utf-8", "surrogateescape")
	return (head[: line.start()] + subject + head[line.end() :])[:-1] + rest


def _searches(raw_mails: dict[str, bytes], manifest: Manifest) -> dict[str, leak_search.Search]:
	"""For each mail to the desk: what of it may be found nowhere.

	Left out is what mails to the IT helpdesk say too, for that is kept in clear.
	"""
	confidential = {
		file: raw
		for file, raw in raw_mails.items()
		if manifest.messages[file].get(
			"confidential", manifest.confidential_address in mailboxes_of(raw, manifest)
		)
	}
	in_clear = [(file, _readable(raw)) for file, raw in raw_mails.items() if file not in confidential]
	searches = {}
	for file, raw in confidential.items():
		searches[file] = leak_search.Search((*leak_search.phrases(raw), *leak_search.attachment_pieces(raw)))
		searches[file].forget_known(in_clear)
	return searches


def _everywhere():
	yield from leak_search.database_dump()
	yield from leak_search.site_files()
	yield from leak_search.redis_values()
	yield from leak_search.bench_logs()


def _forget_what_is_known(searches) -> None:
	"""What is there before the first mail came isn't the mails' fault."""
	places = list(_everywhere())
	for search in searches:
		search.forget_known(places)


def _readable(raw: bytes) -> bytes:
	return raw + b"\n".join(text.encode() for text in leak_search.phrases(raw))


def _leaks(search: leak_search.Search, places) -> list[str]:
	found = dict.fromkeys(place for place, _text in search.found(places))
	return [LEAKED + ", ".join(found)] if found else []


def _without_tag(address: str) -> str:
	local, at, domain = address.partition("@")
	return local.partition("+")[0] + at + domain


def _quiet_libraries() -> None:
	"""So that their warnings don't stand between the results; what goes to log files still does."""
	import cssutils

	warnings.simplefilter("ignore")
	# a handler that says nothing, in place of the one of last resort
	logging.getLogger().addHandler(logging.NullHandler())
	cssutils.log.setLevel(logging.CRITICAL)


def main() -> int:
	"""Run on the site named in DEV_SITE with the folder named in MAILS; 0 when all is as expected."""
	folder = Path(os.environ["MAILS"])
	try:
		manifest = read_manifest(folder)
	except ManifestError as error:
		print(f"\n{error}", file=sys.stderr)
		return 1
	_quiet_libraries()
	frappe.init(os.environ["DEV_SITE"])
	frappe.connect()
	with tempfile.TemporaryDirectory(prefix="intake-") as scratch:
		dovecot = Dovecot(Path(scratch) / "dovecot")
		try:
			with SmtpSink() as sink, dovecot:
				return _run_on_new_site(folder, manifest, dovecot, sink)
		except MailServerError as error:
			print(f"\n{error}", file=sys.stderr)
			return 1
		finally:
			dovecot.remove()
			frappe.destroy()


def _run_on_new_site(folder: Path, manifest: Manifest, dovecot: Dovecot, sink: SmtpSink) -> int:
	addresses = [manifest.it_address, manifest.confidential_address]
	for address in addresses:
		dovecot.add_user(address, institution.MAILBOX_PASSWORD)
	ports = institution.MailPorts(dovecot.imap_port, dovecot.pop3_port, sink.port)
	institution.make_institution(ports, manifest.confidential_address, manifest.it_address)
	do_jobs()
	around = Surroundings(dovecot, sink, addresses, institution.CASE_WORKER, institution.TEAM)
	print()
	results = run(folder, manifest, around, _print)
	good = [result for result in results if not result.faults]
	print(f"\n{len(good)} of {len(results)} as expected")
	return 0 if len(good) == len(results) else 1


def _print(result: Result) -> None:
	print(
		f"  {result.file}: {'NOT as expected: ' + '; '.join(result.faults) if result.faults else 'ok'}",
		flush=True,
	)


if __name__ == "__main__":
	sys.exit(main())
