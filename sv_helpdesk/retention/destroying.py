"""Anonymises one case, with the decision tables of which it is the last, in one transaction.

What destroys it is the end of its data key (crypto.data_keys): without that no ciphertext opens any more, in no
copy. Rows, files and traces go so that nothing tells who had to do with it, either.
"""

from datetime import date, datetime
from pathlib import Path

import frappe
from frappe.utils import now_datetime

from sv_helpdesk.crypto import data_keys
from sv_helpdesk.permissions import outliving, sides
from sv_helpdesk.permissions.anonymised import HELD_BY, held_index
from sv_helpdesk.reporting import codes
from sv_helpdesk.retention import due, log, rows, terms, traces
from sv_helpdesk.subject_access import forgetting

MAIL = "SV Held Mail"
# what belongs to a case and has a data key of its own
WITH_A_KEY = (MAIL, "SV Complaint")


def anonymise(report: str, today: date) -> bool:
	"""Anonymise a case if it is still to go, and its tables if they were only waiting for it.

	Nothing is on disk any more once the transaction is committed and remove_files was called.

	Args:
		report: name of the SV Report.
		today: the day.

	Returns:
		Whether it was.
	"""
	# as it is now: somebody may just have put it on hold
	case = frappe.get_doc(rows.REPORT, report, for_update=True)
	if not due.is_confirmed(case, today) or due.is_needed_elsewhere(report):
		return False
	retention = terms.class_of(case)
	rule = log.Rule(
		retention, terms.years_of(retention), case.anonymise_on, case.anonymise_confirmed_by or ""
	)
	tables = due.tables_that_go(report)
	hiding = {report, *(other for table in tables for other in sides.reports_of(table))}
	frappe.db.set_value(rows.REPORT, {"repeats": report}, "repeats", None, update_modified=False)
	codes.end(report)
	outliving.keep_hidden(report, forgetting.case_is_anonymised(report))
	_destroy(rows.REPORT, report, rule, case.ticket)
	# the day of the first contact counts, and the hour of it tells who came
	values = {"received_at": case.received_at.replace(hour=0, minute=0, second=0, microsecond=0)}
	if case.handed_over_from:
		# that it was handed over is counted, from where isn't
		values["handed_over_from"] = frappe.generate_hash(length=10)
	frappe.db.set_value(rows.REPORT, report, values, update_modified=False)
	for table in tables:
		_destroy(rows.TABLE, table, rule)
	outliving.let_go(hiding)
	return True


def anonymise_table(table: str, today: date) -> bool:
	"""Anonymise a decision table that no case takes along, if it is still to go.

	Args:
		table: name of the SV Decision Table.
		today: the day.

	Returns:
		Whether it was.
	"""
	# nobody reopens it meanwhile, or puts a case on it
	frappe.db.get_value(rows.TABLE, table, "name", for_update=True)
	if table not in due.tables_left(today):
		return False
	_destroy(rows.TABLE, table, _standard(today))
	outliving.let_go(sides.reports_of(table))
	return True


def destroy_mail(mail: str, today: date) -> bool:
	"""Destroy a held mail that belongs to no case, if it is still to go.

	Args:
		mail: name of the SV Held Mail.
		today: the day.

	Returns:
		Whether it was.
	"""
	# nobody takes it in meanwhile
	frappe.db.get_value(MAIL, mail, "name", for_update=True)
	if mail not in due.mails_left(today):
		return False
	_let_go(log.MAIL, {MAIL: [mail]}, _standard(today))
	return True


def remove_files() -> None:
	"""Remove the files of what was anonymised from the disk, also those that an earlier run had no time for."""
	for name, files in log.files_left():
		_remove(files)
		log.are_removed(name)
		frappe.db.commit()


def _remove(files: list[str]) -> None:
	folder = Path(frappe.get_site_path("private", "files"))
	for file in files:
		(folder / Path(file).name).unlink(missing_ok=True)


def _standard(today: date) -> log.Rule:
	return log.Rule(terms.STANDARD, terms.years_of(terms.STANDARD), today, "")


def _destroy(doctype: str, name: str, rule: log.Rule, ticket: str | None = None) -> None:
	held_by = frappe.db.get_value(doctype, name, HELD_BY[doctype])
	found = rows.of_case(name) if doctype == rows.REPORT else rows.of_table(name)
	data_keys.destroy(name)
	moment = _let_go(log.CASE if doctype == rows.REPORT else log.TABLE, found, rule, ticket)
	marked = {"anonymised_at": moment, "held_index": held_index(held_by)}
	frappe.db.set_value(doctype, name, marked, update_modified=False)


def _let_go(record: str, found: rows.Rows, rule: log.Rule, ticket: str | None = None) -> datetime:
	"""Let rows go with their keys, files and traces, write that down, and return when it was."""
	moment = now_datetime().replace(microsecond=0)
	files = _files_of(found)
	for with_a_key in WITH_A_KEY:
		for document in found.get(with_a_key, ()):
			data_keys.destroy(document)
	traces.forget({**found, "File": [Path(file).stem for file in files]}, ticket)
	gone, kept = rows.let_go(found, moment)
	log.write(record, rule, moment, gone, kept, files)
	return moment


def _files_of(found: rows.Rows) -> list[str]:
	"""Return the names on disk of the files of these documents; a file's row is named after it."""
	names = []
	for doctype, owners in found.items():
		if owners:
			attached = {"attached_to_doctype": doctype, "attached_to_name": ["in", owners]}
			names += frappe.get_all("File", attached, pluck="file_name", order_by="name asc")
	return names
