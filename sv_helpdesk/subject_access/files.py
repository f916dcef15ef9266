"""Files that go along with an answer: attachments, and those of parts of a formal complaint's file."""

import frappe

from sv_helpdesk import access_log
from sv_helpdesk.complaints import files as of_complaints
from sv_helpdesk.crypto import files

ATTACHMENT = "SV Attachment"
# the field that names whose data key a file has
KEYS = {ATTACHMENT: "report", "SV Complaint Part": "complaint"}


def name_of(doc) -> str:
	"""Return what a file is called: as its sender called it, or by the number of the part of the complaint's file.

	Args:
		doc: one of KEYS, whose texts the session's user may open.
	"""
	if doc.doctype == ATTACHMENT:
		return doc.opened("original_name")
	suffix = of_complaints.name_of(doc).rsplit(".", 1)[1]
	return f"{doc.part_number:02}.{suffix}"


def read(file: dict) -> bytes:
	"""Return a file that goes along; who may read the answer gets it as part of that.

	Args:
		file: as the answer names it.
	"""
	doctype, name = file.get("doctype", ATTACHMENT), file["attachment"]
	row = frappe.db.get_value(doctype, name, ["file", "report", KEYS[doctype]], as_dict=True)
	access_log.record("Exported", doctype, name, row.report)
	return files.read(row.file, row[KEYS[doctype]])
