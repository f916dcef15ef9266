"""Read one raw mail with the standard library's parser, losing nothing of it.

The host's own reader cuts quoted text, drops attached mails and files it has no name
for, and fails on a mail without a sender; a report must survive all of that.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime

from sv_helpdesk.helpdesk import clean_html

RECIPIENT_HEADERS = (
	*("To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc"),
	*("Delivered-To", "X-Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "Apparently-To"),
)
# no mail is older; clocks that are not set say 1900 or 1970
FIRST_YEAR = 1971
ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"'\\@]+@[^\s<>()\[\]:;,\"'\\@]+")
MESSAGE_ID = re.compile(r"<([^<>\s]+)>")
AUTO_REPLY_PRECEDENCE = ("auto_reply", "auto-reply")
LIST_PRECEDENCE = ("bulk", "list", "junk")
ABSENCE_SUBJECT = re.compile(
	r"(automatisch antwoord|automatic reply|automatische antwort|r.ponse automatique)\s*:", re.IGNORECASE
)


@dataclass(frozen=True, repr=False)
class Attachment:
	"""One file of a mail."""

	name: str
	media_type: str
	content: bytes


@dataclass(frozen=True, repr=False)
class IncomingMail:
	"""What a raw mail says; never printed."""

	message_id: str
	sender: str
	sender_name: str
	subject: str
	recipients: frozenset[str]
	written_to: tuple[str, ...]
	"""Whom the sender wrote to, as they put them."""
	references: tuple[str, ...]
	received_at: datetime | None
	"""When our own mail server took it in, in UTC; the Date header where that is not said."""
	body: str
	"""Safe HTML."""
	attachments: tuple[Attachment, ...]
	is_auto_reply: bool
	is_delivery_report: bool
	is_generated: bool
	"""Sent by a program (a form) or through a list, but not an automatic answer."""
	is_doubtful: bool
	"""Our own mail server says that the sender's domain did not send it (DMARC)."""
	reported_ids: tuple[str, ...]
	"""Message ids of the mails that a delivery report is about."""
	fingerprint: str
	"""Hash of all that the sender wrote; the same for copies fetched from several mailboxes."""


def read(raw: bytes) -> IncomingMail:
	"""Read a raw mail. Damaged headers and unknown encodings give the best text there is.

	Args:
	        raw: the mail as the server holds it.
	"""
	message = message_from_bytes(raw)
	parts = _Parts()
	parts.collect(message)
	body = parts.body()
	sender_name, sender = _sender(message)
	message_id = next(iter(_ids(message, "Message-ID")), "")
	subject = _harmless(" ".join(_header(message, "Subject").split()))
	is_delivery_report = _is_delivery_report(message, sender)
	return IncomingMail(
		message_id=message_id,
		sender=sender,
		sender_name=sender_name,
		subject=subject,
		recipients=_recipients(message),
		written_to=_written_to(message),
		references=tuple(
			dict.fromkeys((*_ids(message, "In-Reply-To"), *reversed(_ids(message, "References"))))
		),
		received_at=_received_at(message),
		body=body,
		attachments=tuple(parts.attachments),
		is_auto_reply=_is_auto_reply(message),
		is_delivery_report=is_delivery_report,
		is_generated=_is_generated(message),
		is_doubtful=any(
			"dmarc=fail" in str(v).lower() for v in message.get_all("Authentication-Results", [])
		),
		reported_ids=parts.reported_ids(message) if is_delivery_report else (),
		fingerprint=_fingerprint(
			message_id, sender, subject, _header(message, "Date"), body, parts.attachments
		),
	)


def read_recipients(raw: bytes) -> frozenset[str]:
	"""Return the lower-case addresses a raw mail was sent or delivered to, reading only its headers."""
	return _recipients(BytesHeaderParser().parsebytes(raw))


def read_date(headers: bytes) -> datetime | None:
	"""Return when a mail was taken in, or written where that isn't among these headers; UTC.

	Args:
	        headers: of a raw mail.
	"""
	return _received_at(BytesHeaderParser().parsebytes(headers))


@dataclass
class _Parts:
	"""The texts and files of a mail, in their order."""

	texts: list[str] = field(default_factory=list)
	attachments: list[Attachment] = field(default_factory=list)
	inner: list[Message] = field(default_factory=list)

	def collect(self, part: Message) -> None:
		kind = part.get_content_type()
		if kind in ("message/rfc822", "text/rfc822-headers"):
			self._attach_mail(part)
		elif kind == "multipart/alternative" and part.is_multipart():
			self._collect_best(part.get_payload())
		elif part.is_multipart():
			for child in part.get_payload():
				self.collect(child)
		elif _is_text(part):
			text = _text(part)
			self.texts.append(
				clean_html.from_html(text) if kind == "text/html" else clean_html.from_text(text)
			)
		else:
			content = part.get_payload(decode=True) or b""
			if content:
				self.attachments.append(Attachment(_file_name(part), kind, content))

	def body(self) -> str:
		return "\n<hr>\n".join(text for text in self.texts if text)

	def reported_ids(self, message: Message) -> tuple[str, ...]:
		inner = [found for part in self.inner for found in _ids(part, "Message-ID")]
		return tuple(dict.fromkeys((*inner, *_ids(message, "In-Reply-To"), *_ids(message, "References"))))

	def _collect_best(self, choices: list[Message]) -> None:
		"""Of several forms of one text take the richest that says something (they stand in rising order).

		Files are kept, whichever form they come with.
		"""
		forms = [_Parts() for _ in choices]
		has_text = False
		for form, part in zip(reversed(forms), reversed(choices), strict=True):
			form.collect(part)
			if has_text:
				form.texts.clear()
			has_text = has_text or bool(clean_html.to_text(form.body()))
		for form in forms:
			self.texts += form.texts
			self.attachments += form.attachments
			self.inner += form.inner

	def _attach_mail(self, part: Message) -> None:
		payload = part.get_payload()
		if isinstance(payload, list) and payload:
			self.inner.append(payload[0])
			content = _bytes_of(payload[0])
		else:
			content = part.get_payload(decode=True) or b""
			self.inner.append(message_from_bytes(content))
		name = _file_name(part) or "mail.eml"
		self.attachments.append(Attachment(name, "message/rfc822", content))


def _bytes_of(message: Message) -> bytes:
	try:
		return message.as_bytes()
	except (LookupError, ValueError, MessageError):
		return message.as_string().encode(errors="replace")


def _sender(message: Message) -> tuple[str, str]:
	"""Name and lower-case address of who wrote it. Decoded after parsing: names may have commas."""
	senders = getaddresses([str(message.get("From") or "")]) or [("", "")]
	name, address = next((sender for sender in senders if "@" in sender[1]), senders[0])
	return _harmless(_header_text(name)).strip(), address.strip().lower() if "@" in address else ""


def _harmless(text: str) -> str:
	"""Text that is not HTML, and can't be taken for it wherever it is shown."""
	return text.replace("<", "‹").replace(">", "›")


def _file_name(part: Message) -> str:
	"""The name without any folders a sender may have put before it."""
	return re.split(r"[/\\]", _harmless(_header_text(_raw_file_name(part))))[-1]


def _raw_file_name(part: Message) -> str:
	try:
		return part.get_filename() or ""
	except (LookupError, ValueError):
		return "unnamed"


def _header(message: Message, name: str) -> str:
	return _header_text(message.get(name) or "")


def _header_text(value) -> str:
	try:
		return _sound(str(make_header(decode_header(value))))
	except (LookupError, ValueError, HeaderParseError):
		return _sound(str(value))


def _sound(text: str) -> str:
	"""Text that can be stored: some encodings give halves of characters."""
	return text.encode(errors="replace").decode()


def _value(message: Message, name: str) -> str:
	return _header(message, name).split(";")[0].strip().lower()


def _ids(message: Message, name: str) -> list[str]:
	return [found for value in message.get_all(name, []) for found in MESSAGE_ID.findall(str(value))]


def _recipients(message: Message) -> frozenset[str]:
	"""Every address that stands there, also in a header that is no proper list: none of ours is overlooked."""
	values = [str(value) for name in RECIPIENT_HEADERS for value in message.get_all(name, [])]
	try:
		listed = [address.strip() for _name, address in getaddresses(values)]
	except RecursionError:
		listed = []
	written = [address for value in values for address in ADDRESS.findall(value)]
	return frozenset(address.lower().rstrip(".") for address in (*listed, *written) if "@" in address)


def _written_to(message: Message) -> tuple[str, ...]:
	values = [str(value) for name in ("To", "Cc") for value in message.get_all(name, [])]
	try:
		listed = [address.strip().lower() for _name, address in getaddresses(values)]
	except RecursionError:
		listed = []
	return tuple(dict.fromkeys(address for address in listed if "@" in address))


def _received_at(message: Message) -> datetime | None:
	received = (message.get_all("Received") or [""])[0]
	for text in (str(received).rpartition(";")[2], str(message.get("Date") or "")):
		try:
			moment = parsedate_to_datetime(text.strip())
			moment = moment.replace(tzinfo=moment.tzinfo or timezone.utc).astimezone(timezone.utc)
		except (ValueError, TypeError, IndexError, OverflowError):
			continue
		if moment.year >= FIRST_YEAR:
			return moment
	return None


def _is_text(part: Message) -> bool:
	"""Tell whether a part without parts is to be read, not kept as a file; damaged ones are."""
	kind = part.get_content_type()
	readable = kind in ("text/plain", "text/html") or kind.startswith("multipart/")
	return readable and not _raw_file_name(part) and not _is_attached(part)


def _is_attached(part: Message) -> bool:
	return str(part.get("Content-Disposition") or "").strip().lower().startswith("attachment")


def _text(part: Message) -> str:
	content = part.get_payload(decode=True) or b""
	for charset in (part.get_content_charset(), "utf-8", "cp1252"):
		try:
			return _sound(content.decode(charset or "utf-8"))
		except (LookupError, ValueError):
			continue
	return content.decode("utf-8", errors="replace")


def _is_auto_reply(message: Message) -> bool:
	"""RFC 3834 and what other programs put in its place."""
	return (
		_value(message, "Auto-Submitted") == "auto-replied"
		or bool(message.get("X-Autoreply") or message.get("X-Autorespond"))
		or _value(message, "Precedence") in AUTO_REPLY_PRECEDENCE
		or message.get_param("report-type") == "disposition-notification"
		or _is_absence_of_exchange(message)
	)


def _is_absence_of_exchange(message: Message) -> bool:
	"""Exchange calls its absence messages generated, not replied; forms on websites are that, too."""
	marked = _value(message, "Auto-Submitted") == "auto-generated" or message.get("X-Auto-Response-Suppress")
	return bool(marked) and bool(ABSENCE_SUBJECT.match(_header(message, "Subject").strip()))


def _is_generated(message: Message) -> bool:
	"""Sent by a program or to a list (RFC 3834, 2): nobody there waits for an acknowledgement."""
	return (
		_value(message, "Auto-Submitted") not in ("", "no")
		or _value(message, "Precedence") in LIST_PRECEDENCE
		or bool(message.get("List-Id"))
	)


def _is_delivery_report(message: Message, sender: str) -> bool:
	if message.get_content_type() == "multipart/report":
		return (message.get_param("report-type") or "").lower() in ("delivery-status", "")
	from_mail_system = sender.split("@")[0] in ("mailer-daemon", "postmaster")
	return from_mail_system and (_value(message, "Return-Path") in ("", "<>"))


def _fingerprint(*parts) -> str:
	*texts, attachments = parts
	digest = hashlib.sha256()
	for text in (*texts, *(name for file in attachments for name in (file.name, file.media_type))):
		digest.update(text.encode(errors="replace") + b"\0")
	for file in attachments:
		digest.update(hashlib.sha256(file.content).digest())
	return digest.hexdigest()
