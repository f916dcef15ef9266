"""The gate: while it is on, a session without a second factor has none of our roles.

However somebody logged in (password, key, token, single sign-on, as somebody else by an administrator): what
counts is a pass, a row that only a right code makes. It is bound by a keyed hash to the session, a cookie
of the browser that is stored nowhere else, the user, the user's password and factor as they were, and its end.
So no row made or changed by hand lets in, nor a session id read from the database; a new password or factor
ends all passes. API keys and tokens have no session, so they never pass.

Whether the gate is on stands in SV Settings and in the key file. Either keeps it on: who can write to the
database alone (a System Manager, a restored backup) doesn't open it.
"""

import contextlib
import secrets
from datetime import timedelta

import frappe
from frappe.utils import cint, cstr, get_datetime, now_datetime

from sv_helpdesk.crypto import blind_index, key_ring
from sv_helpdesk.crypto.errors import KeyFileError
from sv_helpdesk.permissions.roles import ALL_ROLES

PASS = "SV Session Pass"
FACTOR = "SV Second Factor"
DEFAULT_HOURS = 12
COOKIE = "sv_pass"


def is_required() -> bool:
	"""Tell whether our people need a second factor on this site."""
	return key_ring.load().second_factor or bool(
		cint(frappe.db.get_single_value("SV Settings", "require_second_factor"))
	)


def held_roles(user: str) -> frozenset[str]:
	"""Return which of our roles a user has, whatever the session; none for Administrator and Guest.

	For deciding what somebody may see there is permissions.acting.acting_roles.
	"""
	if user in ("Administrator", "Guest", "", None):
		return frozenset()
	return frozenset(frappe.get_roles(user)) & frozenset(ALL_ROLES)


def lets_in(user: str) -> bool:
	"""Tell whether the roles of `user` count in this session.

	Asked about somebody else (may the colleague have this case?) the answer depends on who asks:
	one of our people who hasn't passed gets no answer from anybody's rights. Without the key file nobody passes.
	"""
	if not key_ring.is_usable():
		return False
	asking = frappe.session.user
	if not is_required() or (asking != user and not held_roles(asking)):
		return True
	return has_passed(asking)


def acts_in_person(user: str) -> bool:
	"""Tell whether this is a login of `user` in a browser, not a key or a manager who acts as them.

	Who manages a site can make an API key for anybody, and on newer hosts act as anybody.
	"""
	session = frappe.session
	in_browser = cstr(session.sid) not in ("", "Guest", user) and not session.data.get("impersonated_by")
	return in_browser and (not held_roles(user) or lets_in(user))


def has_passed(user: str) -> bool:
	"""Tell whether `user` gave a right code in this session not too long ago. One query in a request."""
	session = cstr(frappe.session.sid)
	if session in ("", "Guest", user):  # no session: a token, an API key, a job, a command
		return False
	known = _known()
	if (session, user) not in known:
		known[session, user] = _is_valid(session, user)
	return known[session, user]


def let_pass(user: str) -> None:
	"""Make the pass of this session; the caller has just seen a right code.

	Raises:
	        frappe.PermissionError: there is no session that could pass.
	"""
	session = cstr(frappe.session.sid)
	if session in ("", "Guest", user):
		frappe.throw(
			frappe._("A second factor belongs to a login in a browser. Log in there."), frappe.PermissionError
		)
	hours = cint(frappe.db.get_single_value("SV Settings", "second_factor_hours")) or DEFAULT_HOURS
	expires_at = (now_datetime() + timedelta(hours=hours)).replace(microsecond=0)
	frappe.db.delete(PASS, {"user": user, "expires_at": ["<", now_datetime()]})
	_forget(session)
	cookie = secrets.token_hex(32)
	frappe.local.cookie_manager.set_cookie(COOKIE, cookie, httponly=True)
	row = frappe.new_doc(PASS)
	row.name = blind_index("session", session)
	row.flags.name_set = True
	row.update({"user": user, "expires_at": expires_at, "mark": _mark(session, cookie, user, expires_at)})
	row.db_insert()
	_known()[session, user] = True


def drop_pass(login_manager=None) -> None:
	"""on_logout hook: end the pass of this session.

	The host calls it too when somebody closes another account, which is no logout of this session.
	"""
	asked = frappe.form_dict.get("cmd") or frappe.local.request.path
	if asked.endswith("logout"):
		# without the key file no pass counts, and this session ends all the same
		with contextlib.suppress(KeyFileError):
			_forget(cstr(frappe.session.sid))
		frappe.local.cookie_manager.delete_cookie(COOKIE)


def drop_all_passes(user: str) -> None:
	"""End every pass of a user."""
	frappe.db.delete(PASS, {"user": user})
	_known().clear()


def _forget(session: str) -> None:
	frappe.db.delete(PASS, {"name": blind_index("session", session)})
	_known().clear()


def _known() -> dict:
	"""What was found in this request already."""
	if not hasattr(frappe.local, "sv_passes"):
		frappe.local.sv_passes = {}
	return frappe.local.sv_passes


def _is_valid(session: str, user: str) -> bool:
	row = frappe.db.get_value(PASS, blind_index("session", session), ["user", "expires_at", "mark"])
	if not row or row[0] != user or row[1] <= now_datetime():
		return False
	request = getattr(frappe.local, "request", None)
	cookie = request.cookies.get(COOKIE) if request else None
	return bool(cookie) and row[2] == _mark(session, cookie, user, row[1])


def _mark(session: str, cookie: str, user: str, expires_at) -> str | None:
	"""Return what a pass must carry now; None if the user has no factor (any more)."""
	factor = frappe.db.get_value(FACTOR, {"user": user}, ["name", "confirmed_at"])
	if not factor or not factor[1]:
		return None
	auth = frappe.qb.Table("__Auth")
	password = (
		frappe.qb.from_(auth)
		.select(auth.password)
		.where((auth.doctype == "User") & (auth.name == user) & (auth.fieldname == "password"))
		.run()
	)
	parts = (session, cookie, user, get_datetime(expires_at), factor[0], get_datetime(factor[1]), password)
	return blind_index("session", "\0".join(map(str, parts)))
