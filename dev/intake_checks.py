"""Compares what came of a mail with what the manifest says."""

import re
from email import message_from_bytes
from html.parser import HTMLParser

import frappe
from frappe.utils import cint, cstr

from dev import leak_search
from dev.intake_state import Step

ACTIVE_TAGS = {
	*(
		"script",
		"style",
		"iframe",
		"frame",
		"frameset",
		"object",
		"embed",
		"applet",
		"form",
		"input",
		"button",
	),
	*("link", "meta", "base", "svg", "math", "img", "image", "picture", "video", "audio", "source", "track"),
}
SAFE_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
LOADING = ("src", "srcset", "background", "poster", "data", "action", "formaction", "style", "ping")
# what a sealed ticket must not have
EMPTY_ON_SEALED = ("description", "contact", "customer")


def compare(
	expected: dict, step: Step, steps: dict[str, Step], case_worker: str, team: str | None
) -> list[str]:
	"""Compare what came of a mail with its entry in the manifest.

	Args:
		expected: the entry.
		step: what the mail brought.
		steps: what this and the earlier mails brought, by file.
		case_worker: user whose view of a case counts.
		team: HD Team of the desk.

	Returns:
		A few words for each thing that is not as expected; nothing of the mail's content.
	"""
	check = _Check(step, [other for other in steps.values() if other is not step], case_worker, team)
	faults = []
	for key, value in expected.items():
		if method := getattr(check, key, None):
			faults += method(value)
	return faults


class _Check:
	"""One method per key of the manifest; each returns what is wrong."""

	def __init__(self, step: Step, earlier: list[Step], case_worker: str, team: str | None):
		self.step = step
		self.earlier = earlier
		self.case_worker = case_worker
		self.team = team

	def ticket(self, value: str) -> list[str]:
		step, new = self.step, len(self.step.new_tickets)
		if value == "any":
			return []
		if value == "new":
			return [] if new == 1 else [f"ticket: 1 new one was expected, there are {new}"]
		faults = [f"ticket: no new one was expected, there are {new}"] if new else []
		if value == "append" and not step.tickets - set(step.new_tickets):
			faults.append("ticket: the mail is on no earlier ticket")
		kept = step.incoming or step.added["SV Held Mail"] or step.added["Communication"] or step.duplicates
		if value == "none" and not new and not kept:
			faults.append("ticket: the mail is kept nowhere")
		return faults

	def to_message(self, value: str) -> list[str]:
		wanted = self._step_with(value)
		if not wanted:
			return ["to_message: no earlier mail has this Message-ID"]
		if not wanted.tickets & self.step.tickets:
			return ["to_message: the mail is not on that mail's ticket"]
		return []

	def not_appended_to(self, value: str | list) -> list[str]:
		faults = []
		for message_id in [value] if isinstance(value, str) else value:
			other = self._step_with(message_id)
			if not other:
				faults.append("not_appended_to: no earlier mail has this Message-ID")
			elif other.tickets & self.step.tickets:
				faults.append("not_appended_to: the mail is on that mail's ticket")
		return faults

	def confidential(self, value: bool) -> list[str]:
		return self._is_sealed() if value else self._is_ordinary()

	def sv_report(self, value: bool | str) -> list[str]:
		new = self.step.added["SV Report"]
		if value is True:
			if len(new) != 1:
				return [f"sv_report: 1 new one was expected, there are {len(new)}"]
			return self._reporter_is_known(new[0])
		faults = [f"sv_report: no new one was expected, there are {len(new)}"] if new else []
		if value == "same" and {message.report for message in self.step.incoming} <= set(new):
			faults.append("sv_report: the mail is on no report that was there")
		return faults

	def flagged(self, value: bool) -> list[str]:
		docs = [*self.step.incoming, *(frappe.get_doc("SV Report", m.report) for m in self.step.incoming)]
		if any(doc.attention for doc in docs) is not value:
			return ["flagged: staff is not warned" if value else "flagged: staff is warned"]
		return []

	def attachments(self, value: int) -> list[str]:
		count = len(self._attachments()) if self.step.incoming else len(self._files_of_communications())
		return [] if count == value else [f"attachments: {value} were expected, {count} are kept"]

	def attachments_private(self, value: bool) -> list[str]:
		files = self._files_of_communications()
		kept = self._attachments()
		if not files and not kept:
			return ["attachments_private: there is no attachment"]
		faults = ["an attachment is open to everybody"] if not all(file.is_private for file in files) else []
		originals = list(_attached(self.step.raw))
		faults += [fault for attachment in kept for fault in _faults_of_attachment(attachment, originals)]
		if value:
			return [f"attachments_private: {fault}" for fault in dict.fromkeys(faults)]
		return [] if faults else ["attachments_private: they are"]

	def subject_contains(self, value: str | list) -> list[str]:
		seen = self._seen("subject")
		wanted = [value] if isinstance(value, str) else value
		return [] if all(text in seen for text in wanted) else ["subject_contains: it does not"]

	def min_body_chars(self, value: int) -> list[str]:
		length = len(_text(self._seen("body")))
		return [] if length >= value else [f"min_body_chars: {value} were expected, {length} can be read"]

	def no_active_content(self, value: bool) -> list[str]:
		active = _active_content(self._seen("subject")) + _active_content(self._seen("body"))
		if value:
			return [f"no_active_content: {what}" for what in dict.fromkeys(active)]
		return [] if active else ["no_active_content: there is none"]

	def acknowledge_only_sender(self, value: bool) -> list[str]:
		sender, sent = self.step.sender, self.step.sent
		if not value:
			to_sender = [mail for mail in sent if sender in _recipients(mail)]
			return ["acknowledge_only_sender: a mail left to the sender"] if to_sender else []
		if len(sent) != 1:
			return [f"acknowledge_only_sender: 1 mail was expected to leave, {len(sent)} left"]
		if _recipients(sent[0]) != {sender}:
			return ["acknowledge_only_sender: it went to somebody else"]
		said = leak_search.Search(leak_search.text_phrases(self.step.raw))
		if self.step.incoming and said.found([("mail", sent[0].raw)]):
			return ["acknowledge_only_sender: it repeats what the sender wrote"]
		return []

	def no_mail_to(self, value: str | list) -> list[str]:
		addresses = {address.lower() for address in ([value] if isinstance(value, str) else value)}
		if any(addresses & _recipients(mail) for mail in self.step.sent):
			return ["no_mail_to: a mail left to that address"]
		return []

	def _step_with(self, message_id: str) -> Step | None:
		wanted = message_id.strip().strip("<>")
		return next((step for step in self.earlier if step.message_id == wanted), None)

	def _is_sealed(self) -> list[str]:
		step = self.step
		faults = ["it is in a Communication"] if step.added["Communication"] else []
		for name in step.new_tickets:
			report = frappe.db.get_value("SV Report", {"ticket": name}, "case_number")
			faults += _faults_of_sealed(frappe.get_doc("HD Ticket", name), report, self.team)
		if (
			not step.new_tickets
			and not step.incoming
			and not step.added["SV Held Mail"]
			and not step.duplicates
		):
			faults.append("it is on no case")
		for message in step.incoming:
			faults += _faults_of_message(message)
		if step.incoming and not self._can_be_read():
			faults.append("the case worker can't read its text")
		return [f"confidential: {fault}" for fault in dict.fromkeys(faults)]

	def _is_ordinary(self) -> list[str]:
		step = self.step
		faults = []
		if step.added["SV Report"] or step.incoming or step.added["SV Held Mail"]:
			faults.append("it is on a case")
		for name in step.new_tickets:
			if frappe.db.exists("SV Report", {"ticket": name}):
				faults.append("its ticket is sealed")
		contents = [
			frappe.db.get_value("Communication", name, "content") for name in step.added["Communication"]
		]
		phrases = _body_phrases(step.raw)
		if phrases and not any(
			_plain(phrase) in _plain(_text(cstr(text))) for phrase in phrases for text in contents
		):
			faults.append("its text is in no Communication")
		return [f"not confidential: {fault}" for fault in faults]

	def _can_be_read(self) -> bool:
		phrases = _body_phrases(self.step.raw)
		seen = _plain(_text(self._seen("body")))
		return not phrases or any(_plain(phrase) in seen for phrase in phrases)

	def _reporter_is_known(self, report: str) -> list[str]:
		parties = frappe.get_all("SV Party", {"report": report, "party_role": "Reporter"}, pluck="name")
		if len(parties) != 1:
			return [f"sv_report: it has {len(parties)} reporters"]
		if self._opened(frappe.get_doc("SV Party", parties[0]), "email_address").lower() != self.step.sender:
			return ["sv_report: its reporter is not the sender"]
		return []

	def _seen(self, fieldname: str) -> str:
		"""What the case worker reads of this mail (or an agent, of a mail that is not confidential)."""
		if self.step.incoming:
			return self._opened(self.step.incoming[0], fieldname)
		column = {"subject": "subject", "body": "content"}[fieldname]
		names = self.step.added["Communication"]
		return cstr(frappe.db.get_value("Communication", names[0], column)) if names else ""

	def _opened(self, doc, fieldname: str) -> str:
		frappe.set_user(self.case_worker)
		try:
			return doc.opened(fieldname)
		finally:
			frappe.set_user("Administrator")

	def _attachments(self) -> list:
		names = [message.name for message in self.step.incoming]
		return [
			frappe.get_doc("SV Attachment", name)
			for name in frappe.get_all("SV Attachment", {"message": ["in", names or [""]]}, pluck="name")
		]

	def _files_of_communications(self) -> list:
		attached = {
			"attached_to_doctype": "Communication",
			"attached_to_name": ["in", self.step.added["Communication"] or [""]],
		}
		return frappe.get_all("File", attached, ["name", "is_private"])


def _faults_of_sealed(ticket, case_number: str | None, team: str | None) -> list[str]:
	if not case_number:
		return ["its ticket belongs to no report"]
	neutral = frappe.db.get_single_value("SV Settings", "sealed_raised_by")
	faults = [f"the ticket has a {field}" for field in EMPTY_ON_SEALED if ticket.get(field)]
	if ticket.raised_by != neutral:
		faults.append("the ticket is raised by somebody")
	if cstr(ticket.agent_group) != cstr(team):
		faults.append("the ticket is not in the desk's queue")
	rest = cstr(ticket.subject).replace(case_number, "").strip()
	if rest != frappe._("Social safety"):
		faults.append("the ticket's subject is not neutral")
	for doctype in ("Communication", "Comment"):
		on_ticket = {"reference_doctype": "HD Ticket", "reference_name": ticket.name}
		texts = {"comment_type": "Comment"} if doctype == "Comment" else {}
		if frappe.db.count(doctype, {**on_ticket, **texts}):
			faults.append(f"the ticket has a {doctype}")
	if frappe.db.count("File", {"attached_to_doctype": "HD Ticket", "attached_to_name": ticket.name}):
		faults.append("the ticket has a file")
	return faults


def _faults_of_message(message) -> list[str]:
	stored = frappe.db.get_value("SV Message", message.name, list(message.SEALED_FIELDS), as_dict=True)
	return [
		f"{field} is stored in clear"
		for field, value in stored.items()
		if value and not value.startswith("sv1.")
	]


def _faults_of_attachment(attachment, originals: list[bytes]) -> list[str]:
	from sv_helpdesk.crypto import files

	row = frappe.get_doc("File", attachment.file)
	path = frappe.get_site_path("private", "files", row.file_name)
	content = files.read(attachment.file, attachment.report)
	with open(path, "rb") as file:
		on_disk = file.read()
	faults = []
	if not cint(row.is_private) or not row.file_url.startswith("/private/files/"):
		faults.append("an attachment is open to everybody")
	if row.file_name != f"{row.name}.bin" or row.file_url != f"/private/files/{row.file_name}":
		faults.append("a file's name is not neutral")
	if content in on_disk:
		faults.append("a file is stored in clear")
	if originals and _comparable(content) not in map(_comparable, originals):
		faults.append("an attachment is not what was sent")
	return faults


def _attached(raw: bytes):
	"""The contents of a mail's files, decoded; an attached mail as it stands."""
	for part in message_from_bytes(raw).walk():
		if part.get_content_type() == "message/rfc822":
			yield b"".join(inner.as_bytes() for inner in part.get_payload())
		elif not part.is_multipart():
			yield part.get_payload(decode=True) or b""


def _comparable(content: bytes) -> bytes:
	return content.replace(b"\r\n", b"\n").strip()


def _recipients(mail) -> set[str]:
	return {address.lower() for address in mail.recipients}


def _body_phrases(raw: bytes) -> list[str]:
	return [text for text in leak_search.body_phrases(raw) if text.isascii()]


def _plain(text: str) -> str:
	return "".join(text.split())


class _Reader(HTMLParser):
	"""Collects the text of HTML, and what is active in it."""

	def __init__(self):
		super().__init__(convert_charrefs=True)
		self.text: list[str] = []
		self.active: list[str] = []

	def handle_data(self, data):
		self.text.append(data)

	def handle_starttag(self, tag, attrs):
		if tag in ACTIVE_TAGS:
			self.active.append(f"there is a {tag}")
		for name, value in attrs:
			if name.startswith("on") or name in LOADING:
				self.active.append(f"there is an attribute {name}")
			if name in ("href", "xlink:href") and not SAFE_LINK.match("".join(cstr(value).split())):
				self.active.append("there is a link that is none to web or mail")


def _read(source: str) -> _Reader:
	reader = _Reader()
	reader.feed(source)
	reader.close()
	return reader


def _text(source: str) -> str:
	return "".join(_read(source).text)


def _active_content(source: str) -> list[str]:
	return _read(source).active
