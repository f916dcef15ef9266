"""Accounts of our people: what another person changes there takes two, or isn't possible at all.

Doc events of User. Their owner changes what the host lets them change.
"""

import frappe
from frappe import _
from frappe.utils import cint, cstr

from sv_helpdesk.two_persons import approvals, staff
from sv_helpdesk.two_persons.outside import from_outside

# by which somebody logs in, or gets a new password or a code
WAYS_IN = ("email", "username", "mobile_no")
LIMITS = ("restrict_ip", "bypass_restrict_ip_check_if_2fa_enabled", "login_before", "login_after")
# nobody else may know or choose these
OWN_SECRETS = ("new_password", "api_secret", "api_key", "reset_password_key", "redirect_url")
# what the host's login pages write while nobody is logged in yet
WRITTEN_AT_LOGIN = ("reset_password_key", "redirect_url", "username", "mobile_no")


def before_validate(doc, method: str | None = None) -> None:
	"""User.before_validate: look at what the host's own validation would already have taken out."""
	user = frappe.session.user
	if doc.is_new() or user == doc.name or not from_outside() or not staff.is_staff(doc.name):
		return
	stored = frappe.db.get_value(
		"User",
		doc.name,
		[*WAYS_IN, *LIMITS, "enabled", "api_key", "reset_password_key", "redirect_url"],
		as_dict=True,
	)
	changed = _changed(doc, stored)
	if user == "Guest":
		changed -= set(WRITTEN_AT_LOGIN)
	if changed & set(OWN_SECRETS) or (user != "Guest" and _new_social_logins(doc)):
		approvals.refuse(
			"Login",
			"User",
			doc.name,
			_(
				"This account belongs to somebody of social safety, who alone sets its password and keys. "
				"Let them use Forgot password on the login page."
			),
		)
	if to_ask := sorted(changed & {*WAYS_IN, *LIMITS}):
		values = {fieldname: cstr(doc.get(fieldname)) for fieldname in to_ask}
		approvals.require(
			"Login",
			"User",
			doc.name,
			approvals.fingerprint_of(values),
			summary=", ".join(f"{doc.meta.get_label(key)}: {value}" for key, value in values.items()),
		)
	if cint(doc.enabled) and not cint(stored.enabled):
		approvals.require(
			"Account opened again", "User", doc.name, approvals.fingerprint_of({"enabled": doc.name})
		)


def validate(doc, method: str | None = None) -> None:
	"""User.validate: runs after the host has filled in the roles of profiles and kinds of users."""
	before, now = staff.roles_of(doc.name), staff.ours_among([row.role for row in doc.roles])
	if now - before:
		doc.flags.sv_start_anew = staff.grant(doc.name, now - before)
	if before - now:
		staff.removed(doc.name, before - now)
	if before and not doc.is_new() and not cint(doc.enabled):
		if cint(frappe.db.get_value("User", doc.name, "enabled")):
			approvals.report("Account closed", "User", doc.name)


def on_update(doc, method: str | None = None) -> None:
	"""User.on_update: the host has written the password by now."""
	if doc.flags.sv_start_anew:
		staff.start_anew(doc.name)


def on_trash(doc, method: str | None = None) -> None:
	"""User.on_trash: who works or worked here stands in what they did, which could not be saved any more.

	Of everybody else the host's own check of links says nothing about cases (wiring.NAMING_PEOPLE).

	Raises:
		frappe.PermissionError: the account has or had a role of ours.
	"""
	if staff.was_ever_staff(doc.name):
		approvals.refuse(
			"Account closed",
			"User",
			doc.name,
			_(
				"This account belongs or belonged to somebody of social safety, whose work names it. "
				"Close it instead of deleting it."
			),
		)
	if roles := staff.roles_of(doc.name):
		staff.removed(doc.name, roles)


def before_rename(doc, method: str, old: str, new: str, merge: bool = False) -> None:
	"""User.before_rename: a new user id is a new way in; two accounts never become one."""
	if not staff.is_staff(old) and not (merge and staff.is_staff(new)):
		return
	if merge:
		approvals.refuse(
			"Account renamed",
			"User",
			old,
			_("An account of social safety can't be merged with another. Close the one that isn't needed."),
		)
	approvals.require(
		"Account renamed", "User", old, approvals.fingerprint_of({"from": old, "to": new}), summary=new
	)


def after_rename(doc, method: str, old: str, new: str, merge: bool = False) -> None:
	"""User.after_rename: what was approved for an account stays approved, and whom it concerns still doesn't decide on it."""
	frappe.db.set_value("SV Approval", {"target_doctype": "User", "target_name": old}, "target_name", new)
	frappe.db.set_value("SV Approval", {"concerns": old}, "concerns", new)


def _changed(doc, stored: dict) -> set[str]:
	changed = {key for key in stored if key != "enabled" and cstr(doc.get(key)) != cstr(stored[key])}
	for fieldname in ("new_password", "api_secret"):
		# the host shows a kept secret as stars
		if cstr(doc.get(fieldname)).strip("*"):
			changed.add(fieldname)
	return changed


def _new_social_logins(doc) -> bool:
	stored = frappe.get_all(
		"User Social Login",
		filters={"parent": doc.name},
		fields=["provider", "userid"],
		order_by="idx asc",
	)
	known = {(row.provider, cstr(row.userid)) for row in stored}
	return any((row.provider, cstr(row.userid)) not in known for row in doc.get("social_logins") or [])
