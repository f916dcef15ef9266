"""Mails that are no case (automatic replies, delivery failures) or could not be processed.

They are kept encrypted until somebody of the desk has looked; nothing is discarded.
"""

import frappe
from frappe import _

from sv_helpdesk.access_log import openings
from sv_helpdesk.crypto import blind_index, files
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.helpdesk import clean_html, incoming_mail
from sv_helpdesk.helpdesk.incoming_mail import IncomingMail
from sv_helpdesk.moments import this_minute
from sv_helpdesk.permissions import may_read_content

AUTOMATIC_REPLY = "Automatic reply"
DELIVERY_FAILURE = "Delivery failure"
NOT_PROCESSED = "Could not be processed"


def hold(
	raw: bytes,
	desk: str,
	mailbox: str,
	reason: str,
	mail: IncomingMail | None = None,
	error_type: str = "",
	earlier: bool = False,
) -> str:
	"""Keep a raw mail, encrypted, for the desk to look at; return the SV Held Mail's name.

	Args:
	        raw: the mail as the server holds it.
	        desk: SV Desk it was meant for.
	        mailbox: Email Account it was read from.
	        reason: one of the constants above.
	        mail: the mail as read, if it could be read.
	        error_type: class name of the error, without its message.
	        earlier: whether it is of an old folder, see intake.take_in.
	"""
	held = frappe.new_doc("SV Held Mail")
	held.flags.from_outside = True
	held.name = frappe.generate_hash(length=16)
	held.flags.name_set = True
	held.update(
		{
			"mailbox": mailbox,
			"desk": desk,
			"reason": reason,
			"status": "Held",
			"received_at": this_minute(),
			"error_type": error_type,
			"earlier": int(earlier),
			"file": files.store(raw, held.name, "SV Held Mail", held.name),
		}
	)
	if mail:
		held.update(
			{
				"subject": mail.subject,
				"sender": mail.sender,
				"message_index": blind_index("message", mail.message_id),
				"content_index": blind_index("content", mail.fingerprint),
			}
		)
	# the mail path has no user of its own
	held.insert(ignore_permissions=True)
	return held.name


@frappe.whitelist(methods=["POST"])
def read(name: str) -> dict:
	"""Return what a held mail says, for somebody of its desk to judge.

	Args:
	        name: the SV Held Mail.

	Returns: subject, sender, body (safe HTML) and attachments (their names).

	Raises:
	        frappe.PermissionError: not of this desk.
	"""
	be_quiet()
	raw = _content(_held(name))
	try:
		mail = incoming_mail.read(raw)
	except Exception:
		# what no program can take apart a person still has to be able to read
		source = clean_html.from_text(raw.decode(errors="replace"))
		return {"subject": "", "sender": "", "body": source, "attachments": []}
	return {
		"subject": mail.subject,
		"sender": mail.sender,
		"body": mail.body,
		"attachments": [file.name for file in mail.attachments],
	}


@frappe.whitelist(methods=["POST"])
def take_in(name: str) -> str | None:
	"""Make a message of a held mail after all, in its case or in a new one.

	Args:
	        name: the SV Held Mail.

	Returns: name of the SV Report it went into.

	Raises:
	        frappe.PermissionError: not of this desk.
	        frappe.ValidationError: it was dealt with already.
	"""
	from sv_helpdesk.helpdesk import intake

	be_quiet()
	held = _held(name, for_update=True)
	if held.status != "Held":
		frappe.throw(_("This mail has been dealt with already. Nothing needs to be done."))
	held.db_set({"status": "Taken in", "content_index": ""})
	outcome = intake.take_in(
		_content(held), held.desk, held.mailbox, by_hand=True, earlier=bool(held.earlier)
	)
	held.db_set("report", outcome.report)
	return outcome.report


def _held(name: str, **options):
	# what isn't there is refused like what is somebody else's
	held = frappe.get_doc("SV Held Mail", name, **options) if frappe.db.exists("SV Held Mail", name) else None
	if not held or not may_read_content(held, frappe.session.user):
		frappe.throw(_("You have no right to this mail."), frappe.PermissionError)
	openings.opened(held)
	return held


def _content(held) -> bytes:
	return files.read(held.file, held.name)
