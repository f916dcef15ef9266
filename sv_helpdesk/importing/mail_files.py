"""Earlier correspondence in files on the server: a folder of .eml files, or one .mbox file."""

import mailbox
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path

from sv_helpdesk import access_log
from sv_helpdesk.crypto import file_journal
from sv_helpdesk.helpdesk import incoming_mail
from sv_helpdesk.helpdesk.email_account import take_in_or_hold
from sv_helpdesk.helpdesk.intake import Outcome

UNDATED = datetime.min.replace(tzinfo=timezone.utc)


def take_in(path: str | Path, desk: str) -> Counter:
	"""Take mails in by their dates, each committed by itself; return how many became what (intake.Outcome.kind).

	Args:
		path: the folder or file.
		desk: the SV Desk whose mails they are.

	Raises:
		sv_helpdesk.helpdesk.email_account.IntakeError: the database is away; run it again.
	"""
	file_journal.sweep()
	counted: Counter = Counter()

	def note(outcome: Outcome) -> None:
		if outcome.kind == "new":
			access_log.record("Imported", "SV Report", outcome.report, outcome.report)
		counted[outcome.kind] += 1

	for _date, read in sorted(_mails(Path(path)), key=lambda mail: mail[0]):
		take_in_or_hold(read(), desk, None, note, earlier=True)
	return counted


def _mails(path: Path) -> Iterator[tuple[datetime, Callable[[], bytes]]]:
	"""Yield the date of each mail and what reads it."""
	if path.is_dir():
		readers = [file.read_bytes for file in sorted(path.glob("*.eml"))]
	else:
		box = mailbox.mbox(path, create=False)
		readers = [lambda key=key: box.get_bytes(key) for key in box.keys()]
	for read in readers:
		yield incoming_mail.read_date(read()) or UNDATED, read
