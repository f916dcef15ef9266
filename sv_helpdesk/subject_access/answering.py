"""Writes the answer: once, when it is prepared, so that what goes out is what the second person reads."""

import json

import frappe
from frappe.utils import cstr

from sv_helpdesk.access_log import own_file
from sv_helpdesk.helpdesk import clean_html
from sv_helpdesk.pdf import sender, written
from sv_helpdesk.subject_access import choosing, files, phrases
from sv_helpdesk.subject_access.items import OPENINGS, REPORTER, Item, plain_fields, sealed_fields
from sv_helpdesk.subject_access.others import Others
from sv_helpdesk.subject_access.searching import Known

ACCESS, REFUSED = "Access", "Refused"
FILE_NAME = "original_name"
MESSAGE = "SV Message"
CODED = ("request_number", "kind", "received_on", "decision", "ground", "carried_out_on")


def as_text(request) -> str:
	"""Return the answer as JSON, with everything that is in the letter.

	Args:
		request: the SV Subject Request, whose texts and cases the session's user may open.

	Returns:
		`told`, which is what the person gets as data, and `files`: the SV Attachment rows that go with it.
	"""
	return json.dumps(_Answer(request).content(), ensure_ascii=False, indent=1)


def _in_words(item: Item, name: str) -> str:
	"""Return a sealed text as people read it: a message is kept as HTML, in which tags divide names."""
	text = item.doc.opened(name)
	return clean_html.to_text(text) if item.part == MESSAGE and name == "body" else text


class _Answer:
	"""One answer while it is written."""

	def __init__(self, request):
		self.request, self.language = request, written.language_of(request.language)
		self.known = Known.of(request)
		self.others = Others(
			{row.report for row in request.cases},
			{row.party for row in request.cases if row.party},
			self.known,
			request.opened("passages").split("\n"),
			self.language,
		)
		self.files: list[dict] = []

	def content(self) -> dict:
		request = self.request
		told = {
			**{name: cstr(request.get(name)) for name in CODED},
			"language": self.language,
			"name": request.opened("person_name"),
			"desk": sender.name(request.desk),
			"prepared_on": cstr(request.prepared_at or ""),
			"reasons": request.opened("reasons"),
			"carried_out": request.opened("carried_out"),
			"cases": self.cases(),
		}
		return {"told": told, "files": self.files}

	def cases(self) -> list[dict]:
		if self.request.kind != ACCESS or self.request.decision == REFUSED:
			return []
		by_case: dict[str, list[Item]] = {}
		for item in choosing.chosen(self.request):
			by_case.setdefault(item.row.name, []).append(item)
		return [self.case(items) for items in by_case.values()]

	def case(self, items: list[Item]) -> dict:
		row = items[0].row
		number = frappe.db.get_value("SV Report", row.report, "case_number") if row.role == REPORTER else ""
		return {"case_number": number, "role": row.role, "items": [self.item(item) for item in items]}

	def item(self, item: Item) -> dict:
		told = {"item": item.part, "heading": phrases.heading(item, self.language), "facts": [], "texts": []}
		if item.part == OPENINGS:
			return {**told, "openings": self.openings(item)}
		for name in plain_fields(item):
			if value := phrases.in_words(item.doc, name, self.language):
				told["facts"].append(self.field(item, name, value))
		for name in sealed_fields(item):
			if value := _in_words(item, name):
				taken_out = (
					self.others.taken_out_of_file_name if name == FILE_NAME else self.others.taken_out_of
				)
				told["texts"].append(self.field(item, name, taken_out(value)))
		if item.part in files.KEYS and item.doc.file:
			name = self.others.taken_out_of_file_name(files.name_of(item.doc))
			self.files.append({"doctype": item.part, "attachment": item.doc.name, "name": name})
		return told

	def field(self, item: Item, name: str, value: str) -> dict[str, str]:
		return {"field": name, "label": phrases.label(item.doc, name, self.language), "value": value}

	def openings(self, item: Item) -> list[dict[str, str]]:
		row = item.row
		case = {
			"name": row.report,
			"own": [other.party for other in self.request.cases if other.report == row.report],
		}
		return [
			{
				"moment": written.moment(one.moment, self.language),
				"who": self.others.taken_out_of(sender.name_of(one.user)),
				"what": one.what,
				"action": one.action,
				"right": one.right,
			}
			for one in own_file.openings_of(case, self.language)
		]
