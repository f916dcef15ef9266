"""A copy of a complaint's file on paper: for the committee, or the own part of one of the two sides (A&O 6.1.2)."""

import io

from pypdf import PdfReader, PdfWriter

import frappe
from frappe import _

from sv_helpdesk.complaints import files, parts
from sv_helpdesk.pdf import sender, written
from sv_helpdesk.pdf.paper import Paper


def pdf(complaint, recipient: str, copy_number: int, documents: list, language: str) -> bytes:
	"""Return the copy; each text is opened by the right of the session's user, files hang on the PDF.

	Args:
		complaint: the SV Complaint as it is stored.
		recipient: one of parts.RECIPIENTS.
		copy_number: number of the copy.
		documents: the SV Complaint Parts that the recipient gets.
		language: "nl" or "en".

	Raises:
		frappe.PermissionError: the user may not read what it says.
	"""
	for_whom = _("Copy {0} for {1}", language).format(copy_number, _in_words(recipient, language))
	paper = Paper(_("File of a formal complaint", language), language, for_whom)
	paper.facts(_facts(complaint, recipient, language))
	for part in documents:
		_section(paper, part, language)
	paper.section(_("Confidential", language, "Letter"), _why_it_may_be_read(recipient, language))
	return _with_files(paper.build(), documents)


def _facts(complaint, recipient: str, language: str) -> list[tuple[str, str]]:
	case = frappe.db.get_value("SV Report", complaint.report, ["desk", "case_number"], as_dict=True)
	sides = [(complaint.meta.get_label(side), complaint.get(side)) for side in ("complainant", "accused")]
	rows = [
		(_("Date", language), written.day(None, language)),
		*sender.facts(case.desk, language),
		(_("For", language), _addressee(complaint, recipient, language)),
		(_("Our reference", language), case.case_number),
		*((_(label, language, complaint.doctype), _name(party)) for label, party in sides),
	]
	if complaint.handed_over_on:
		label = _(complaint.meta.get_label("handed_over_on"), language, complaint.doctype)
		rows.append((label, written.day(complaint.handed_over_on, language)))
	return rows


def _addressee(complaint, recipient: str, language: str) -> str:
	if recipient == parts.COMMITTEE:
		return complaint.opened("committee")
	party = complaint.complainant if recipient == parts.COMPLAINANT else complaint.accused
	name, role = _name(party), _in_words(recipient, language)
	return f"{name} ({role})" if name else role


def _name(party: str | None) -> str:
	return frappe.get_doc("SV Party", party).opened("person_name") if party else ""


def _in_words(recipient: str, language: str) -> str:
	return {
		parts.COMMITTEE: _("the committee", language),
		parts.COMPLAINANT: _("the complainant", language),
		parts.ACCUSED: _("the accused", language),
	}[recipient]


def _section(paper: Paper, part, language: str) -> None:
	kind = _(part.kind, language, part.doctype)
	heading = ": ".join(filter(None, (f"{part.part_number}. {kind}", part.opened("title"))))
	notes = [written.day(part.part_date, language)] if part.part_date else []
	if part.file:
		notes.append(_("with the file {0}", language).format(files.name_of(part)))
	paper.section(heading, part.opened("body").strip(), ", ".join(notes))


def _with_files(content: bytes, documents: list) -> bytes:
	"""Return the PDF with the files of its parts in it, so that one copy is all that goes out."""
	attached = [part for part in documents if part.file]
	if not attached:
		return content
	writer = PdfWriter()
	writer.clone_document_from_reader(PdfReader(io.BytesIO(content)))
	for part in attached:
		writer.add_attachment(files.name_of(part), files.content_of(part))
	out = io.BytesIO()
	writer.write(out)
	return out.getvalue()


def _why_it_may_be_read(recipient: str, language: str) -> str:
	if recipient == parts.COMMITTEE:
		return _(
			"The committee gets this to advise on the complaint, and nothing else of the case. Don't pass it on, and destroy it when the complaint is closed.",
			language,
		)
	return _(
		"This is your own part of the file. It is there so that you can say what you think of it. Don't pass it on to others than who helps you.",
		language,
	)
