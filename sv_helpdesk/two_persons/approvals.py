"""The approvals themselves: found and used up, or asked for."""

import frappe
from frappe import _
from frappe.utils import cstr, now_datetime

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.two_persons import rows
from sv_helpdesk.two_persons.outside import from_outside

ASKED, APPROVED, REFUSED, USED = "Asked", "Approved", "Refused", "Used"
REPORTED = "Reported"
USED_NOW = "sv_used_approvals"


def fingerprint_of(values: object) -> str:
	"""Return the keyed hash of what would change, so that an approved change can't be swapped for another.

	Args:
		values: anything that JSON can hold; the order of a dict's keys doesn't matter.
	"""
	return blind_index("content", frappe.as_json(values, indent=None))


def require(
	kind: str,
	doctype: str,
	name: str,
	fingerprint: str,
	*,
	concerns: str = "",
	summary: str = "",
	proposal: str = "",
) -> None:
	"""Pass if a second person has approved exactly this; else ask for it and refuse.

	An approval is used up by the transaction that it let through: when that is rolled back, it can be
	used again. The asking survives the refusal's rollback (rows.write_collected).

	Args:
		kind: one of the options of SV Approval.kind.
		doctype: what would change.
		name: which of them; a new one's name may be empty.
		fingerprint: of what would change, see `fingerprint_of`.
		concerns: the user id of the person it is about, who can't decide on it.
		summary: what would change in a few words, without content and secrets.
		proposal: a script's text, for the second person to read.

	Raises:
		frappe.PermissionError: nobody has approved it yet.
	"""
	if not may_pass(kind, doctype, name, fingerprint, concerns=concerns, summary=summary, proposal=proposal):
		refuse_for_now()


def may_pass(kind: str, doctype: str, name: str, fingerprint: str, **more: str) -> bool:
	"""As `require`, for who has several things to ask before refusing."""
	if not from_outside():
		return True
	key = (kind, doctype, cstr(name), fingerprint)
	if _use(key):
		return True
	rows.collect(rows.row(ASKED, kind, doctype, name, fingerprint=fingerprint, **more))
	return False


def refuse_for_now() -> None:
	"""Say what happens now.

	Raises:
		frappe.PermissionError: always.
	"""
	frappe.throw(
		_(
			"This takes two persons. The coordinators and the privacy officer have been asked; "
			"do it again when one of them has approved."
		),
		frappe.PermissionError,
	)


def refuse(kind: str, doctype: str, name: str, sentence: str) -> None:
	"""Refuse what nobody may do over the web, and report it at once.

	Args:
		kind: one of the options of SV Approval.kind.
		doctype: what would change.
		name: which of them.
		sentence: what is wrong and how to mend it, translated.

	Raises:
		frappe.PermissionError: always, except from the server's own shell.
	"""
	if not from_outside():
		return
	rows.collect(rows.row(REFUSED, kind, doctype, name))
	frappe.throw(sentence, frappe.PermissionError)


def report(kind: str, doctype: str, name: str, summary: str = "") -> None:
	"""Tell coordinators and privacy officers of something that one person may do alone."""
	if from_outside():
		rows.write(rows.row(REPORTED, kind, doctype, name, summary=summary))


def _use(key: tuple[str, str, str, str]) -> bool:
	"""Use up an approval of exactly this that somebody else gave to this user.

	One change is looked at more than once on its way (the document, its child row), so what this
	transaction has used up passes again.
	"""
	used = getattr(frappe.local, USED_NOW, None)
	if used is None:
		used = {}
		setattr(frappe.local, USED_NOW, used)
	if key in used and frappe.db.get_value("SV Approval", used[key], "status") == USED:
		return True
	approval = frappe.qb.DocType("SV Approval")
	kind, doctype, name, fingerprint = key
	user = frappe.session.user
	found = (
		frappe.qb.from_(approval)
		.select(approval.name)
		.where((approval.status == APPROVED) & (approval.fingerprint == fingerprint))
		.where((approval.kind == kind) & (approval.target_doctype == doctype))
		.where((approval.target_name == name) & (approval.asked_by == user))
		.where((approval.decided_by != user) & (approval.expires_at > now_datetime()))
		.limit(1)
		.for_update()
		.run(pluck=True)
	)
	if not found:
		return False
	frappe.db.set_value("SV Approval", found[0], "status", USED)
	used[key] = found[0]
	return True
