"""Ways to act as one of our people past their password: tokens, keys, a reset second factor."""

from collections.abc import Mapping

import frappe
from frappe import _
from frappe.utils import cstr

from sv_helpdesk.permissions.roles import ALL_ROLES
from sv_helpdesk.permissions.rules import no_objection
from sv_helpdesk.two_persons import approvals, staff
from sv_helpdesk.two_persons.outside import from_outside

# the name ends of what the host keeps of a second factor
FACTOR_KEYS = ("_otpsecret", "_otplogin")


def token_validate(doc, method: str | None = None) -> None:
	"""OAuth Bearer Token and OAuth Authorization Code.validate: nobody makes one for somebody else.

	The host's own flow makes the code as its user and the token while nobody is logged in.
	"""
	if frappe.session.user not in ("Guest", doc.user) and staff.is_staff(doc.user):
		_refuse_as_somebody("Access token", doc.user)


def token_condition(user: str | None, doctype: str) -> str:
	"""permission_query_conditions: whoever reads a token of our people acts as them."""
	me = frappe.db.escape(user or frappe.session.user)
	roles = ", ".join(map(frappe.db.escape, ALL_ROLES))
	column = f"`tab{doctype}`.`user`"
	return (
		f"({column} = {me} or {column} not in (select `tabHas Role`.`parent` from `tabHas Role`"
		f" where `tabHas Role`.`parenttype` = 'User' and `tabHas Role`.`role` in ({roles})))"
	)


def bearer_tokens(user: str | None = None) -> str:
	"""The list of OAuth Bearer Token."""
	return token_condition(user, "OAuth Bearer Token")


def authorization_codes(user: str | None = None) -> str:
	"""The list of OAuth Authorization Code."""
	return token_condition(user, "OAuth Authorization Code")


def token_permission(doc, ptype: str | None = None, user: str | None = None, debug: bool = False):
	"""has_permission of both: asked of the database, as a document handed in may be made up."""
	user = user or frappe.session.user
	if isinstance(doc, str) or not doc:
		return no_objection()
	owners = {doc.get("user"), frappe.db.get_value(doc.doctype, doc.name, "user")} - {None, user}
	return False if any(map(staff.is_staff, owners)) else no_objection()


def default_validate(doc, method: str | None = None) -> None:
	"""DefaultValue.validate: a second factor isn't swapped by writing where the host keeps it."""
	key = cstr(doc.defkey)
	if key.endswith(FACTOR_KEYS) and from_outside():
		user = key.rsplit("_", 1)[0]
		if frappe.session.user not in ("Guest", user) and staff.is_staff(user):
			_refuse_as_somebody("Second factor", user)


def reset_second_factor(form: Mapping) -> None:
	"""frappe.twofactor.reset_otp_secret: a lost telephone; the second person asks its owner."""
	user = cstr(form.get("user"))
	if user != frappe.session.user and staff.is_staff(user):
		approvals.require("Second factor", "User", user, approvals.fingerprint_of({"reset": user}))


def act_as(form: Mapping) -> None:
	"""frappe.core.doctype.user.user.impersonate: nobody acts as one of our people."""
	if staff.is_staff(cstr(form.get("user"))):
		_refuse_as_somebody("Impersonation", cstr(form.get("user")))


def make_keys(form: Mapping) -> None:
	"""frappe.core.doctype.user.user.generate_keys: it shows the secret to whoever asks."""
	user = cstr(form.get("user"))
	if user != frappe.session.user and staff.is_staff(user):
		_refuse_as_somebody("API key", user)


def read_secret(form: Mapping) -> None:
	"""frappe.client.get_password: API secrets of our people and passwords of confidential mailboxes."""
	doctype, name = cstr(form.get("doctype")), cstr(form.get("name"))
	if doctype.casefold() == "user" and name != frappe.session.user and staff.is_staff(name):
		_refuse_as_somebody("Secret read", name)
	if doctype.casefold() == "email account" and frappe.db.exists("SV Desk", {"email_account": name}):
		approvals.refuse(
			"Secret read",
			"Email Account",
			name,
			_("This is a confidential mailbox. Its password isn't shown; set a new one instead."),
		)


def ldap_password(form: Mapping) -> None:
	"""LDAP Settings' reset_password: writes a password into the institution's directory."""
	user = cstr(form.get("user"))
	if user != frappe.session.user and staff.is_staff(user):
		_refuse_as_somebody("Login", user)


def _refuse_as_somebody(kind: str, user: str) -> None:
	approvals.refuse(
		kind,
		"User",
		user,
		_("This account belongs to somebody of social safety, and only its owner comes in with it."),
	)
