"""What a site holds of mails and cases, and what one mail added to it."""

from dataclasses import dataclass, field
from email import message_from_bytes
from email.utils import getaddresses

import frappe
from frappe.utils import cstr

from dev.mailserver import SentMail

DOCTYPES = ("HD Ticket", "SV Report", "SV Message", "SV Held Mail", "Communication")


def snapshot() -> dict:
	"""Names of all that mails can become, and the number of repeated mails counted."""
	# a look of our own: nothing that an earlier transaction saw
	frappe.db.rollback()
	names = {doctype: set(frappe.get_all(doctype, pluck="name", order_by="name")) for doctype in DOCTYPES}
	duplicates = frappe.get_all("SV Message", fields=["sum(duplicates) as n"])[0].n or 0
	return {**names, "duplicates": duplicates}


@dataclass
class Step:
	"""What one mail brought.

	Attributes:
		raw: the mail as it was delivered.
		mailboxes: addresses it was delivered to.
		added: doctype -> names of its new documents.
		duplicates: by how many the count of repeated mails rose.
		sent: mails that left.
	"""

	raw: bytes
	mailboxes: list[str]
	added: dict[str, list[str]]
	duplicates: int
	sent: list[SentMail]
	incoming: list = field(default_factory=list)

	@classmethod
	def between(
		cls, raw: bytes, mailboxes: list[str], before: dict, after: dict, sent: list[SentMail]
	) -> "Step":
		"""Make it from two snapshots."""
		added = {doctype: sorted(after[doctype] - before[doctype], key=cstr) for doctype in DOCTYPES}
		step = cls(raw, mailboxes, added, after["duplicates"] - before["duplicates"], sent)
		step.incoming = [
			doc
			for doc in (frappe.get_doc("SV Message", name) for name in added["SV Message"])
			if doc.direction == "Incoming"
		]
		return step

	@property
	def message_id(self) -> str:
		"""The mail's Message-ID without brackets and blanks."""
		return cstr(message_from_bytes(self.raw).get("Message-ID")).strip().strip("<>")

	@property
	def sender(self) -> str:
		"""The address in From, in lower case."""
		addresses = getaddresses([cstr(message_from_bytes(self.raw).get("From"))])
		return addresses[0][1].lower() if addresses else ""

	@property
	def new_tickets(self) -> list[str]:
		"""Numbers of the new HD Tickets."""
		return [cstr(name) for name in self.added["HD Ticket"]]

	@property
	def tickets(self) -> set[str]:
		"""Numbers of all HD Tickets that the mail is on."""
		found = set(self.new_tickets)
		for message in self.incoming:
			found.add(cstr(frappe.db.get_value("SV Report", message.report, "ticket")))
		for name in self.added["Communication"]:
			doctype, ticket = frappe.db.get_value(
				"Communication", name, ["reference_doctype", "reference_name"]
			)
			if doctype == "HD Ticket":
				found.add(cstr(ticket))
		return found - {""}
