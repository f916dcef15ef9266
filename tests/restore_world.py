"""What the restore drill plants in a site and reads there: python -m dev.inside SITE restore_world.FUNCTION.

Each runs in a process of its own, as on another machine; what it finds is printed as one line of JSON.
"""

import json
from email.message import EmailMessage

from table_world import COMPLETE, SeatedTable

import frappe
from frappe.model.base_document import get_controller
from frappe.utils import now_datetime
from frappe.utils.password import get_decrypted_password, set_encrypted_password

from sv_helpdesk import access_log
from sv_helpdesk.crypto import data_keys, rotation
from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.helpdesk import conversation, intake
from sv_helpdesk.reports.flat import figures
from sv_helpdesk.test_utils import make_message, make_note, make_party, make_report, make_user

WORD = "ZZRESTORE"
PEOPLE = [f"drill{number}@uni.example" for number in range(len(SeatedTable.ROLES))]
STAFF = PEOPLE[0]
MAILBOX_PASSWORD = f"{WORD}-mailbox"
# subject of the case that is destroyed later
GONE = f"{WORD} gone"


def plant(site: str) -> None:
	"""Plant a case of each way in, one with a decision table and its minutes, and the password of a mailbox."""
	for user, role in zip(PEOPLE, SeatedTable.ROLES, strict=True):
		make_user(role, email=user)
	table = SeatedTable(*PEOPLE)
	_texts(table.report)
	table.minutes(**{section: f"{WORD} {text}" for section, text in COMPLETE.items()})
	frappe.set_user("Administrator")
	desk = frappe.db.get_value("SV Report", table.report, "desk")
	account = frappe.get_all("Email Account", pluck="name", order_by="name asc")[0]
	frappe.db.set_value("SV Desk", desk, "email_account", account)
	set_encrypted_password("Email Account", account, MAILBOX_PASSWORD)
	intake.take_in(_mail(), desk, None)
	_texts(make_report(desk=desk, subject=GONE, narrative=f"{WORD} narrative").name)


def read(site: str) -> None:
	"""Print every text and file by the functions of the app, the figures of this year, and how the log is.

	What can't be opened is there with the sentence that says why.
	"""
	account = frappe.get_all("Email Account", pluck="name", order_by="name asc")[0]
	found = {
		"texts": {place: text for doctype in _sealed() for place, text in _read(doctype)},
		"files": {name: _file(name) for name in _names("SV Attachment")},
		"cases": len(_names("SV Report")),
		"figures": figures(now_datetime().year),
		"mailbox": get_decrypted_password("Email Account", account) == MAILBOX_PASSWORD,
		"log": _told(lambda: str(access_log.verify() or "")),
	}
	print(json.dumps(found, default=str))


def destroy(site: str) -> None:
	"""Destroy the key of one case, as anonymising it does, and print its name."""
	for name in _names("SV Report"):
		frappe.set_user(STAFF)
		if frappe.get_doc("SV Report", name).opened("subject") == GONE:
			data_keys.destroy(name)
			print(json.dumps(name))


def tend(site: str) -> None:
	"""What the daily job does."""
	rotation.tend()


def _texts(report: str) -> None:
	make_party(report, "Accused", person_name=f"{WORD} A. de Wit", email_address=f"{WORD}@uni.example")
	make_message(report, body=f"{WORD} by telephone")
	make_note(report, body=f"{WORD} talk")


def _mail() -> bytes:
	mail = EmailMessage()
	mail["From"], mail["To"] = f"{WORD}.reporter@uni.example", "ccp@uni.example"
	mail["Subject"], mail["Message-ID"] = f"{WORD} subject", "<drill@uni.example>"
	mail.set_content(f"{WORD} body")
	mail.add_attachment(f"{WORD} proof ".encode() * 500, "application", "pdf", filename=f"{WORD} proof.pdf")
	return mail.as_bytes()


def _sealed() -> list[str]:
	names = frappe.get_all("DocType", {"module": "Social Safety", "istable": 0, "issingle": 0}, pluck="name")
	return sorted(name for name in names if issubclass(get_controller(name), SealedDocument))


def _names(doctype: str) -> list[str]:
	return frappe.get_all(doctype, pluck="name", order_by="name asc")


def _read(doctype: str):
	for name in _names(doctype):
		doc = frappe.get_doc(doctype, name)
		for fieldname in doc._sealed_fields():
			if doc.get(fieldname):
				frappe.set_user(STAFF)
				yield f"{doctype}/{name}/{fieldname}", _told(lambda d=doc, f=fieldname: _opened(d, f))


def _opened(doc, fieldname: str) -> str:
	# as a form does
	doc.check_permission("read")
	return doc.opened(fieldname)


def _file(name: str) -> str:
	frappe.set_user(STAFF)

	def download():
		conversation.open_attachment(name)
		return frappe.local.response.filecontent.decode()

	return _told(download)


def _told(action) -> str:
	try:
		return action()
	except Exception as error:
		return f"{type(error).__name__}: {error}"
