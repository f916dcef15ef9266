"""A case in which every sealed field holds a word of its own, for tests of what leaves it."""

import frappe
from frappe.model.base_document import get_controller

from sv_helpdesk.crypto import files
from sv_helpdesk.test_utils import (
	make_decision_table,
	make_message,
	make_minutes,
	make_note,
	make_party,
	make_referral,
	make_report,
	make_table_case,
)

CANARY = "zqcanary"


def words(doctype: str, of: str, **given: str) -> dict[str, str]:
	"""Return a word for each sealed field of a document, which tells where it was found.

	Args:
		doctype: of the document.
		of: tells this document from others of its kind.
		given: fields that have to hold something else.
	"""
	fields = (field for field in get_controller(doctype).SEALED_FIELDS if field != "account")
	return {
		field: f"{CANARY}-{of}-{frappe.scrub(doctype)}-{field}".replace("_", "-") for field in fields
	} | given


class Case:
	"""A case with two reporters, messages of both, a note, referrals and a decision table."""

	def __init__(self, desk: str, *writers: str):
		"""Make it.

		Args:
			desk: the SV Desk it is at.
			writers: who writes and who approves minutes.
		"""
		self.writers = writers
		mark = frappe.generate_hash(length=6)
		self.report = make_report(desk=desk, **words("SV Report", "case"))
		self.name = self.report.name
		self.reporter = self.person("reporter", mark)
		self.other = self.person("other", mark)
		self.message = self.written("first", self.reporter)
		self.answer = self.written("answer", self.reporter, "Outgoing")
		self.of_other = self.written("otherfirst", self.other)
		self.to_other = self.written("otheranswer", self.other, "Outgoing")
		self.note = make_note(self.name, **words("SV Note", "note"))
		self.file = attach("file", self.name, message=self.message.name)
		self.file_of_other = attach("otherfile", self.name, message=self.of_other.name)
		self.file_of_note = attach("notefile", self.name, note=self.note.name)
		self.table = self.at_table()

	def person(self, of: str, mark: str):
		"""A reporter whose address has the form of one."""
		texts = words("SV Party", of)
		texts["email_address"] = f"{texts['email_address']}-{mark}@uni.example"
		return make_party(self.name, **texts)

	def written(self, of: str, person, direction: str = "Incoming"):
		"""A message from or to somebody of the case."""
		end = "sender" if direction == "Incoming" else "recipient"
		address = text_of(person, "email_address")
		return make_message(self.name, direction=direction, **words("SV Message", of, **{end: address}))

	def at_table(self):
		"""A decision table on this case, with approved and draft minutes."""
		table = make_decision_table(desk=self.report.desk, **words("SV Decision Table", "table"))
		make_table_case(table.name, self.name)
		make_minutes(table.name, **words("SV Minutes", "draft"))
		approved = make_minutes(
			table.name,
			**dict(zip(("writer", "approver"), self.writers, strict=True)),
			**words("SV Minutes", "approved"),
		)
		approved.status = "Approved"
		approved.save()
		return table

	def refer(self, of: str, consent: str, **values):
		"""A referral of this case that names a consent."""
		return make_referral(self.report, consent=consent, **words("SV Referral", of), **values)


def attach(of: str, report: str, **parent: str):
	"""A file of a message or a note, stored as intake does."""
	attachment = frappe.new_doc("SV Attachment")
	attachment.name = frappe.generate_hash(length=16)
	attachment.flags.name_set = True
	content = f"{CANARY}-{of}-bytes".encode()
	attachment.update({"report": report, **parent, **words("SV Attachment", of), "size": len(content)})
	attachment.file = files.store(content, report, "SV Attachment", attachment.name)
	return attachment.insert()


def text_of(document, fieldname: str) -> str:
	"""The clear text of a sealed field, as the test wrote it."""
	return document._opened(fieldname)
