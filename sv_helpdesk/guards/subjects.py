"""What the guards protect, however a request spells it, and the one sentence with which they refuse."""

import unicodedata

import frappe
from frappe import _
from frappe.utils import cstr

from sv_helpdesk.helpdesk import sealed_ticket

OURS = "sv "
TICKET = "HD Ticket"


def refuse() -> None:
	"""Refuse in the same words whatever is asked for, and whether it exists or not.

	Raises:
		frappe.PermissionError: always.
	"""
	frappe.throw(
		_("This is not open to you. If your work needs it, ask the coordinator of social safety."),
		frappe.PermissionError,
	)


def spelled(doctype: object) -> str:
	"""Return a doctype's name as the database compares it: without case, accents and stray spaces."""
	if not isinstance(doctype, str):
		return ""
	if not doctype.isascii():
		doctype = "".join(
			letter
			for letter in unicodedata.normalize("NFKD", doctype)
			if letter.isalnum() or letter.isspace()
		)
	return " ".join(doctype.casefold().split())


def is_ours(doctype: object) -> bool:
	"""Tell whether a name is that of one of our doctypes; `mentions` looks into longer texts."""
	return spelled(doctype).startswith(OURS)


def is_ticket(doctype: object) -> bool:
	"""Tell whether a name is that of Helpdesk's tickets."""
	return spelled(doctype) == "hd ticket"


def is_protected(doctype: object, name: object) -> bool:
	"""Tell whether a document is one of ours or a sealed ticket."""
	return is_ours(doctype) or (is_ticket(doctype) and sealed_ticket.is_sealed(name))


def may_read(doctype: object, name: object, user: str | None = None) -> bool:
	"""Tell whether somebody may read the document of this name; no for one that isn't there.

	Args:
		doctype, name: as a request has them, so of any type.
		user: the session's user when left out.
	"""
	if not isinstance(doctype, str) or not isinstance(name, (str, int)) or not cstr(name):
		return False
	user = user or frappe.session.user
	# the database finds a doctype under other spellings, too
	if frappe.db.get_value("DocType", {"name": doctype}, "name") != doctype:
		return False
	if not frappe.get_meta(doctype).issingle and not frappe.db.exists(doctype, name):
		return False
	return bool(frappe.has_permission(doctype, "read", doc=frappe.get_doc(doctype, name), user=user))


def require_read(doctype: object, name: object) -> None:
	"""Refuse unless the session's user may read this document, if it is one of ours or a ticket that may be sealed.

	Raises:
		frappe.PermissionError: no right, or no such document of ours.
	"""
	if is_protected(doctype, name) and not may_read(doctype, name):
		refuse()


def refuse_protected(doctype: object, name: object) -> None:
	"""Refuse whoever asks, if this is one of our documents or a sealed ticket.

	Raises:
		frappe.PermissionError: it is.
	"""
	if is_protected(doctype, name):
		refuse()
