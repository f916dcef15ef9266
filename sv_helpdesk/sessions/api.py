"""What the page of the second factor asks for; all of it about the session's own user unless it says so."""

import io

import pyotp
import pyqrcode

import frappe
from frappe import _
from frappe.rate_limiter import rate_limit

from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.sessions import enrolment, factor, gate

# for everybody behind one address together; a person has five wrong codes
TRIES, SECONDS = 60, 15 * 60


@frappe.whitelist(methods=["POST"])
@rate_limit(limit=TRIES, seconds=SECONDS)
def begin(invitation: str = "") -> dict:
	"""Prepare a second factor for the session's user.

	Args:
	        invitation: needed while the gate is on.

	Returns: `qr` (SVG) for a code app, and `key`, the same as text.

	Raises:
	        frappe.PermissionError: no role, or no valid invitation.
	        frappe.ValidationError: there is a factor already.
	"""
	be_quiet()
	user = frappe.session.user
	enrolment.may_begin(user, invitation)
	secret = factor.prepare(user)
	uri = pyotp.TOTP(secret).provisioning_uri(user, issuer_name=frappe.local.site)
	picture = io.BytesIO()
	# without its own width and height it is scaled to the screen and not cut off
	pyqrcode.create(uri).svg(picture, scale=5, background="#fff", xmldecl=False, svgclass=None, omithw=True)
	return {"qr": picture.getvalue().decode(), "key": secret}


@frappe.whitelist(methods=["POST"])
@rate_limit(limit=TRIES, seconds=SECONDS)
def confirm(code: str, invitation: str = "") -> dict:
	"""Let a first right code make the prepared factor count; this session has then passed.

	Args:
	        code: from the code app.
	        invitation: as at `begin`.

	Returns: `passed`, and `recovery_codes` or the `message` that says what is wrong.
	"""
	be_quiet()
	user = frappe.session.user
	enrolment.may_begin(user, invitation)
	codes = factor.confirm(user, code)
	if not codes:
		return {"passed": False, "message": wrong_code(user)}
	gate.let_pass(user)
	return {"passed": True, "recovery_codes": codes}


@frappe.whitelist(methods=["POST"])
@rate_limit(limit=TRIES, seconds=SECONDS)
def enter(code: str) -> dict:
	"""Pass with a code of the app or a recovery code.

	A wrong code is an answer and no error, for an error would undo the count of wrong ones.

	Args:
	        code: what was typed.

	Returns: `passed`, and the `message` that says what is wrong.
	"""
	be_quiet()
	user = frappe.session.user
	if not factor.accept(user, code):
		return {"passed": False, "message": wrong_code(user)}
	gate.let_pass(user)
	return {"passed": True}


@frappe.whitelist(methods=["POST"])
@rate_limit(limit=TRIES, seconds=SECONDS)
def invite(user: str) -> str:
	"""Return an invitation for a colleague (see enrolment.invite)."""
	be_quiet()
	return enrolment.invite(user)


@frappe.whitelist(methods=["POST"])
@rate_limit(limit=TRIES, seconds=SECONDS)
def reset(user: str) -> str:
	"""Take a colleague's factor away and return an invitation for a new one (see enrolment.reset)."""
	be_quiet()
	return enrolment.reset(user)


def wrong_code(user: str) -> str:
	"""Say why a code was not accepted."""
	row = factor.row_of(user)
	if row and factor.is_locked(row):
		return _("Too many wrong codes. Wait a quarter of an hour, then enter a new code.")
	return _("This code is not right, or it was used already. Wait for the next one and enter that.")
