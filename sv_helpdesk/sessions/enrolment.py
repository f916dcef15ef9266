"""How one of our people comes to have a second factor, and loses it.

While the gate is off anybody of ours sets one up for themselves. While it is on that needs an invitation:
a code that a coordinator or the privacy officer hands over in person. Otherwise whoever gets hold of a
password first (a System Manager who resets it, for one) would set up a factor of their own.
"""

import secrets
from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from sv_helpdesk import access_log, two_persons
from sv_helpdesk.crypto import blind_index
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.roles import COORDINATOR, PRIVACY_OFFICER
from sv_helpdesk.sessions import factor, gate

INVITERS = {COORDINATOR, PRIVACY_OFFICER}
VALID_FOR = timedelta(hours=24)


def may_begin(user: str, invitation: str) -> None:
	"""Refuse to set up a factor for somebody who needs none, or has no invitation while one is needed.

	Also somebody without a role, with whom something of a case is shared, needs one while the gate is on.

	Raises:
	        frappe.PermissionError: which of the two.
	"""
	if is_invited(user, invitation):
		return
	if not gate.held_roles(user):
		frappe.throw(_("Your account needs no second factor here."), frappe.PermissionError)
	if gate.is_required():
		frappe.throw(
			_(
				"Setting up a second factor needs an invitation. Ask your coordinator or privacy officer for one."
			),
			frappe.PermissionError,
		)


def is_invited(user: str, invitation: str) -> bool:
	"""Tell whether this is the invitation of this person, and not too old."""
	row = factor.row_of(user)
	if not row or not row.invitation_until or row.invitation_until < now_datetime():
		return False
	return row.invitation_mark == _mark(row, invitation)


def invite(user: str) -> str:
	"""Return an invitation for a colleague without a second factor, valid for a day.

	Raises:
	        frappe.PermissionError: only a coordinator or the privacy officer invites, and not themselves.
	        frappe.ValidationError: that colleague has a factor, or no account.
	"""
	_check_inviter(user)
	if not frappe.db.get_value("User", user, "enabled"):
		frappe.throw(_("There is no account in use with this user id. Check how it is written."))
	if factor.is_confirmed(user):
		frappe.throw(
			_("This colleague has a second factor already. Reset it first, which takes two persons.")
		)
	return new_invitation(user)


def reset(user: str) -> str:
	"""Take a colleague's second factor away, which takes two persons, and return an invitation for a new one.

	Raises:
	        frappe.PermissionError: not a coordinator or privacy officer, or a second person hasn't agreed yet.
	        frappe.ValidationError: that colleague has no factor.
	"""
	_check_inviter(user)
	row = factor.row_of(user)
	if not row or not row.confirmed_at:
		frappe.throw(_("This colleague has no second factor yet. Invite them instead."))
	proposed = two_persons.fingerprint_of([row.name, row.confirmed_at])
	two_persons.require("Second factor", gate.FACTOR, row.name, proposed, concerns=user, summary=user)
	access_log.record("Revoked", gate.FACTOR, row.name)
	factor.remove(user)
	return new_invitation(user)


def new_invitation(user: str) -> str:
	"""Return a new invitation; the caller has checked who may invite."""
	row = factor.row_of(user, for_update=True) or factor.new_row(user)
	invitation = secrets.token_hex(10)
	row.invitation_until = (now_datetime() + VALID_FOR).replace(microsecond=0)
	row.invitation_mark = _mark(row, invitation)
	row.db_update()
	access_log.record("Granted", gate.FACTOR, row.name)
	return invitation


def _check_inviter(user: str) -> None:
	if user == frappe.session.user or not acting_roles(frappe.session.user) & INVITERS:
		frappe.throw(
			_("A coordinator or the privacy officer does this for a colleague. Ask one of them."),
			frappe.PermissionError,
		)


def _mark(row, invitation: str) -> str:
	"""Bind an invitation to its person and end: nobody makes one by writing to the database."""
	parts = (row.name, row.user, str(get_datetime(row.invitation_until)), invitation.strip().lower())
	return blind_index("session", "\0".join(parts))
