"""What is being taken over, in a job of its own: one at a time on a site, and gone on with after a break.

The job knows which only from the table: no arguments of it lie in a queue. What a file holds lies sealed until
it is loaded, and is destroyed then.
"""

import imaplib

import frappe
from frappe.utils import now_datetime
from frappe.utils.background_jobs import enqueue as enqueue_job

from sv_helpdesk.crypto import data_keys, files, key_ring
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.helpdesk.email_account import IntakeError, is_passing
from sv_helpdesk.importing import loading, mails

DOCTYPE = "SV Import"
JOB = "sv_import"
MOST_SECONDS = 3600
WAITING, RUNNING, DONE, STOPPED, FAILED = "Waiting", "Running", "Done", "Stopped", "Failed"
UNDER_WAY = (WAITING, RUNNING)
SPREADSHEET, FOLDER = "Spreadsheet", "Mailbox folder"


def begin(desk: str, source: str, content: bytes, total: int = 0) -> str:
	"""Seal what is to be taken over and let a job do it; return the name of the SV Import.

	Args:
		desk: the SV Desk.
		source: where it comes from, one of the options of SV Import.
		content: what the job needs to know.
		total: how many cases there are.
	"""
	row = frappe.new_doc(DOCTYPE)
	row.set_new_name()
	row.update(
		{
			"desk": desk,
			"source": source,
			"status": WAITING,
			"asked_by": frappe.session.user,
			"asked_at": now_datetime(),
			"total": total,
			"file": files.store(content, row.name, DOCTYPE, row.name),
		}
	)
	# nobody has a right to these rows; who called this has asked whether they lead the desk
	row.db_insert()
	enqueue()
	return row.name


def enqueue() -> None:
	"""Every five minutes and whenever something is begun: go on with what is under way."""
	if frappe.db.exists(DOCTYPE, {"status": ["in", UNDER_WAY]}):
		enqueue_job(
			"sv_helpdesk.importing.running.run",
			queue="long",
			timeout=MOST_SECONDS,
			job_id=JOB,
			deduplicate=True,
			enqueue_after_commit=True,
		)


def run() -> None:
	"""Take over what is under way, the oldest first."""
	be_quiet()
	# without the key file nothing can be sealed: it waits
	if not key_ring.is_usable():
		return
	under_way = {"status": ["in", UNDER_WAY]}
	for name in frappe.get_all(DOCTYPE, under_way, pluck="name", order_by="asked_at asc, name asc"):
		if not _is_running(name):
			continue
		try:
			_go_on(name)
		except (IntakeError, imaplib.IMAP4.error):
			# the mail is where it was; the next job tries again
			frappe.db.rollback()
		except Exception as error:
			frappe.db.rollback()
			frappe.clear_messages()
			if not is_passing(error):
				_end(name, FAILED, failure=_in_no_words(error))
				frappe.db.commit()


def stop(name: str) -> None:
	"""Stop an import of mails; what was taken in stays.

	Args:
		name: of the SV Import.
	"""
	if frappe.db.get_value(DOCTYPE, name, "status", for_update=True) in UNDER_WAY:
		_end(name, STOPPED)


def _is_running(name: str) -> bool:
	"""Let it run, unless somebody has stopped it meanwhile."""
	status = frappe.db.get_value(DOCTYPE, name, "status", for_update=True)
	if status == WAITING:
		frappe.db.set_value(DOCTYPE, name, "status", RUNNING)
	frappe.db.commit()
	return status in UNDER_WAY


def _go_on(name: str) -> None:
	if frappe.db.get_value(DOCTYPE, name, "source") == SPREADSHEET:
		_load(name)
	elif mails.take_in_folder(name):
		_end(name, DONE)
		frappe.db.commit()


def _load(name: str) -> None:
	row = frappe.db.get_value(
		DOCTYPE, name, ["status", "desk", "file", "asked_by"], as_dict=True, for_update=True
	)
	if row.status != RUNNING:
		# a second job that ran at the same moment did it
		return
	made = loading.load(files.read(row.file, name), row.desk, row.asked_by)
	_end(name, DONE, cases=made)
	frappe.db.commit()


def _end(name: str, status: str, **values) -> None:
	"""Let nothing be left of what was to be taken over: neither the file nor, in older backups, its key."""
	data_keys.destroy(name)
	files.remove(frappe.db.get_value(DOCTYPE, name, "file"))
	frappe.db.set_value(DOCTYPE, name, {"status": status, "ended_at": now_datetime(), "file": None, **values})


def _in_no_words(error: Exception) -> str:
	return str(error) if isinstance(error, loading.RowRefused) else type(error).__name__
