"""Mails that are no case (automatic replies, delivery failures) or could not be processed.

They are kept encrypted until somebody of the desk has looked; nothing is discarded.
"""

import frappe
from frappe.utils import now_datetime

from sv_helpdesk.crypto import blind_index, files
from sv_helpdesk.helpdesk.incoming_mail import IncomingMail

AUTOMATIC_REPLY = "Automatic reply"
DELIVERY_FAILURE = "Delivery failure"
NOT_PROCESSED = "Could not be processed"


def hold(
	raw: bytes, desk: str, mailbox: str, reason: str, mail: IncomingMail | None = None, error_type: str = ""
) -> str:
	"""Keep a raw mail, encrypted, for the desk to look at; return the SV Held Mail's name.

	Args:
	        raw: the mail as the server holds it.
	        desk: SV Desk it was meant for.
	        mailbox: Email Account it was read from.
	        reason: one of the constants above.
	        mail: the mail as read, if it could be read.
	        error_type: class name of the error, without its message.
	"""
	held = frappe.new_doc("SV Held Mail")
	held.name = frappe.generate_hash(length=16)
	held.flags.name_set = True
	held.update(
		{
			"mailbox": mailbox,
			"desk": desk,
			"reason": reason,
			"status": "Held",
			"received_at": now_datetime(),
			"error_type": error_type,
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


def take_in_again(name: str):
	"""Process a held mail once more, as after a mended error; return intake's outcome.

	Raises:
	        frappe.ValidationError: it was taken in already.
	"""
	from sv_helpdesk.helpdesk import intake

	held = frappe.get_doc("SV Held Mail", name, for_update=True)
	if held.status != "Held":
		frappe.throw(frappe._("This mail has been dealt with already. Nothing needs to be done."))
	raw = files.read(held.file, held.name)
	held.db_set({"status": "Taken in", "content_index": ""})
	outcome = intake.take_in(raw, held.desk, held.mailbox)
	if outcome.report:
		held.db_set("report", outcome.report)
	return outcome
