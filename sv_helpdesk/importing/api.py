"""What the page asks: who leads a desk takes over its earlier cases, and nobody else (R3)."""

import binascii
import imaplib
from base64 import b64decode
from dataclasses import asdict

import frappe
from frappe import _
from frappe.utils import getdate

from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.helpdesk import old_folders
from sv_helpdesk.importing import loading, running, template, text_file, workbook
from sv_helpdesk.importing.cells import Table
from sv_helpdesk.importing.checking import Found, check
from sv_helpdesk.importing.columns import PEOPLE
from sv_helpdesk.pdf import handing_out, written
from sv_helpdesk.permissions import desk_people

# the host refuses what is larger when it is sent as text
LARGEST = 6_000_000
MOST_FILES = 2
MOST_SHOWN = 500
ZIPPED = b"PK"
LATEST = 20
NUMBERS = ("total", "cases", "added", "known", "held")


@frappe.whitelist(methods=["POST"])
def desks() -> list[dict]:
	"""Return the desks that the session's user leads, with what was taken over there.

	Returns:
		Each with `name`, `title` and `imports`, the latest first: `source`, `status`, `asked_by`, `asked_at`,
		`ended_at`, `failure`, and NUMBERS for who asked; beside the list of cases they would tell everybody else that
		one is kept from them (R6).
	"""
	led = frappe.get_list(
		"SV Desk",
		filters={"name": ["in", [*desk_people.run_by(frappe.session.user), ""]]},
		fields=["name", "title"],
		order_by="title asc",
	)
	return [{**desk, "imports": _imports(desk.name)} for desk in led]


@frappe.whitelist(methods=["POST"])
def download_template(desk: str, language: str = "nl") -> None:
	"""Answer the request with the workbook to fill in.

	Args:
		desk: the SV Desk.
		language: "nl" or "en".

	Raises:
		frappe.PermissionError: the session's user doesn't lead this desk.
	"""
	_only_who_leads(desk)
	language = written.language_of(language)
	name = _("earlier-cases", language)
	handing_out.answer(name, template.workbook(desk, language), "xlsx")


@frappe.whitelist(methods=["POST"])
def look_through(desk: str, contents: list | str) -> dict:
	"""Say what is in a file and everything that is wrong with it; nothing is stored.

	Args:
		desk: the SV Desk whose cases they would become.
		contents: one workbook, or one or two text files, each in base64.

	Returns:
		`cases` and `people`: how many there are; `faults`: each with sheet, row, column, heading and sentence;
		`further`: how many faults there are besides; `notes`: sentences that keep nothing from being taken over.

	Raises:
		frappe.PermissionError: the session's user doesn't lead this desk.
		frappe.ValidationError: the file can't be read at all.
	"""
	found = _found(desk, contents)
	return {
		"cases": len(found.cases),
		"people": found.people,
		"faults": [asdict(fault) for fault in found.faults[:MOST_SHOWN]],
		"further": len(found.faults[MOST_SHOWN:]),
		"notes": [] if found.faults else _notes(found),
	}


@frappe.whitelist(methods=["POST"])
def take_over(desk: str, contents: list | str) -> str:
	"""Let a job make the cases of a file, all or none of them.

	Args:
		desk, contents: as in `look_through`.

	Returns:
		The name of the SV Import.

	Raises:
		frappe.PermissionError: the session's user doesn't lead this desk.
		frappe.ValidationError: something is wrong with the file.
	"""
	found = _found(desk, contents)
	if found.faults:
		frappe.throw(_("Something is wrong with this file, so nothing is taken over. Have it checked first."))
	return running.begin(desk, running.SPREADSHEET, loading.pack(found.cases), len(found.cases))


@frappe.whitelist(methods=["POST"])
def folders(desk: str) -> list[dict]:
	"""Return the folders of a desk's own mailbox from which no mail is read as it comes.

	Args:
		desk: the SV Desk.

	Returns:
		Each with `name` as the server has it, `title` and the number of its `mails`.

	Raises:
		frappe.PermissionError: the session's user doesn't lead this desk.
		frappe.ValidationError: the desk has no mailbox, or it can't be looked into now.
	"""
	_only_who_leads(desk)
	return [asdict(folder) for folder in _folders(desk)]


@frappe.whitelist(methods=["POST"])
def take_in_folder(desk: str, folder: str) -> str:
	"""Let a job take in a folder of a desk's own mailbox as earlier correspondence.

	Args:
		desk: the SV Desk.
		folder: `name` of one of its `folders`.

	Returns:
		The name of the SV Import.

	Raises:
		frappe.PermissionError: the session's user doesn't lead this desk.
		frappe.ValidationError: there is no such folder, or it can't be looked into now.
	"""
	_only_who_leads(desk)
	chosen = next((each for each in _folders(desk) if each.name == folder), None)
	if not chosen:
		frappe.throw(_("This mailbox has no such folder. Choose one from the list."))
	return running.begin(desk, running.FOLDER, chosen.name.encode(), chosen.mails)


@frappe.whitelist(methods=["POST"])
def stop(name: str) -> None:
	"""Stop taking in a folder; what was taken in stays.

	Args:
		name: of the SV Import.

	Raises:
		frappe.PermissionError: the session's user doesn't lead its desk.
	"""
	row = frappe.db.get_value(running.DOCTYPE, {"name": name}, ["desk", "source"], as_dict=True)
	_only_who_leads(row.desk if row else "")
	if row.source == running.FOLDER:
		running.stop(name)


def _folders(desk: str) -> list[old_folders.Folder]:
	account = frappe.db.get_value("SV Desk", desk, "email_account")
	if not account:
		frappe.throw(_("This desk has no mailbox. Choose one in the desk."))
	try:
		reader = old_folders.connect(frappe.get_doc("Email Account", account))
		try:
			return old_folders.folders(reader)
		finally:
			reader.close()
	except (OSError, imaplib.IMAP4.error):
		frappe.throw(_("The mailbox can't be looked into now. First steps names what to mend."))


def _only_who_leads(desk: str) -> None:
	be_quiet()
	# a desk that isn't there is refused like another's
	if not desk_people.runs(frappe.session.user, desk):
		frappe.throw(
			_("Earlier cases are taken over by who leads the desk. Ask its coordinator."),
			frappe.PermissionError,
		)


def _found(desk: str, contents: list | str) -> Found:
	_only_who_leads(desk)
	return check(_tables(contents), desk)


def _tables(contents: list | str) -> list[Table]:
	files = [_decoded(content) for content in (frappe.parse_json(contents) or ())]
	if not 1 <= len(files) <= MOST_FILES:
		frappe.throw(_("Choose one workbook, or one text file for the cases and one for the people."))
	if sum(map(len, files)) > LARGEST:
		frappe.throw(_("This file is too large. Divide it into several."))
	if len(files) == 1 and files[0].startswith((ZIPPED, workbook.OLD_OR_LOCKED)):
		return workbook.tables(files[0])
	return [text_file.table(content) for content in files]


def _decoded(content: object) -> bytes:
	try:
		return b64decode(content, validate=True)
	except (binascii.Error, ValueError, TypeError):
		workbook.refuse_unreadable()


def _notes(found: Found) -> list[str]:
	notes = []
	alone = sum(
		not any(person.values["party_role"] == "Reporter" for person in case.people) for case in found.cases
	)
	if alone:
		notes.append(
			_("{0} cases have no reporter in the sheet {1}, so no reporter is counted for them.").format(
				alone, _(PEOPLE.title)
			)
		)
	years = {getdate(case.values["received_at"]).year for case in found.cases}
	settled = frappe.get_list(
		"SV Figures",
		filters={"year": ["in", sorted(years)], "status": ["!=", "Draft"]},
		pluck="year",
		order_by="year asc",
	)
	if settled:
		notes.append(
			_("The figures of {0} are settled already; these cases don't change them any more.").format(
				", ".join(map(str, dict.fromkeys(settled)))
			)
		)
	return notes


def _imports(desk: str) -> list[dict]:
	rows = frappe.get_all(
		running.DOCTYPE,
		filters={"desk": desk},
		fields=["name", "source", "status", "asked_by", "asked_at", "ended_at", "failure", *NUMBERS],
		order_by="asked_at desc, name desc",
		limit=LATEST,
	)
	for row in rows:
		if row.asked_by != frappe.session.user:
			row.update(dict.fromkeys(NUMBERS))
	return rows
