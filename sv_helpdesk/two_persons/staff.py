"""Who our people are, and how an account comes to be one of them."""

import frappe
from frappe import _
from frappe.sessions import clear_sessions
from frappe.utils.password import remove_encrypted_password

from sv_helpdesk.permissions.roles import ALL_ROLES, COORDINATOR, PRIVACY_OFFICER
from sv_helpdesk.two_persons import approvals, rows
from sv_helpdesk.two_persons.outside import from_outside

GRANTED, REMOVED = "Role", "Role removed"
WATCHING = (COORDINATOR, PRIVACY_OFFICER)
SECOND_FACTOR = ("_otplogin", "_otpsecret")


def is_staff(user: str | None) -> bool:
	"""Tell whether an account has one of our roles, also one that is closed now."""
	return bool(roles_of(user))


def roles_of(user: str | None) -> set[str]:
	"""Return our roles of an account, as the database has them."""
	if not user:
		return set()
	return set(
		frappe.get_all(
			"Has Role",
			filters={"parenttype": "User", "parent": user, "role": ["in", ALL_ROLES]},
			pluck="role",
			order_by="role asc",
		)
	)


def was_ever_staff(user: str) -> bool:
	"""Tell whether an account has one of our roles, or had one."""
	given = {"target_doctype": "User", "target_name": user, "kind": GRANTED}
	status = ["in", (approvals.USED, approvals.REPORTED)]
	return is_staff(user) or bool(frappe.db.exists("SV Approval", {**given, "status": status}))


def ours_among(roles: list[str | None]) -> set[str]:
	"""Return our roles among these, however they are spelled: the database takes "sv board" for SV Board."""
	names = [role for role in roles if role]
	if not names:
		return set()
	known = frappe.get_all("Role", filters={"name": ["in", names]}, pluck="name", order_by="name asc")
	return {role for role in known if role in ALL_ROLES}


def grant(user: str, roles: set[str]) -> bool:
	"""Let an account have these roles of ours: two persons for each, from the server's shell none.

	Args:
		user: the account.
		roles: what it has not had until now.

	Returns:
		Whether the account's ways in have to be made new (`start_anew`): somebody else has set it up.

	Raises:
		frappe.PermissionError: nobody has approved it yet.
	"""
	if not from_outside():
		for role in sorted(roles):
			_record(user, role)
		return False
	if _first_of_site(roles):
		for role in roles:
			_record(user, role)
		return False
	_check_address(user)
	passed = [
		approvals.may_pass(
			GRANTED,
			"User",
			user,
			approvals.fingerprint_of({"user": user, "role": role}),
			concerns=user,
			summary=role,
		)
		for role in sorted(roles)
	]
	if not all(passed):
		approvals.refuse_for_now()
	return not is_staff(user) and frappe.session.user != user


def removed(user: str, roles: set[str]) -> None:
	"""Report roles that were taken away; one person may do that."""
	for role in sorted(roles):
		if from_outside():
			approvals.report(REMOVED, "User", user, role)
		else:
			rows.write(rows.row(approvals.REPORTED, REMOVED, "User", user, summary=role), tell=False)


def start_anew(user: str) -> None:
	"""Take away every way in that others may know: the person sets a password by "forgot password".

	Whoever made the account knows its password, keys and second factor, and would come in with the role.
	"""
	for fieldname in ("password", "api_secret"):
		remove_encrypted_password("User", user, fieldname)
	frappe.db.set_value("User", user, {"api_key": None, "reset_password_key": None})
	frappe.db.delete("User Social Login", {"parent": user, "provider": ["!=", "frappe"]})
	for doctype in ("OAuth Bearer Token", "OAuth Authorization Code"):
		frappe.db.delete(doctype, {"user": user})
	for ending in SECOND_FACTOR:
		frappe.defaults.clear_default(user + ending)
	clear_sessions(user=user, force=True)
	frappe.msgprint(
		_(
			"The password and keys of this account were taken out, because somebody else may know them. "
			"Its owner sets a new password with Forgot password on the login page."
		)
	)


def came_by_approval(user: str, role: str) -> bool:
	"""Tell whether a role was given in one of the ways that this module knows."""
	last = frappe.get_all(
		"SV Approval",
		filters={
			"target_doctype": "User",
			"target_name": user,
			"summary": role,
			"kind": ["in", (GRANTED, REMOVED)],
			"status": ["in", (approvals.USED, approvals.REPORTED)],
		},
		fields=["kind"],
		order_by="asked_at desc, creation desc",
		limit_page_length=1,
	)
	return bool(last) and last[0].kind == GRANTED


def _first_of_site(roles: set[str]) -> bool:
	"""Tell whether nobody could approve yet: neither watching role was ever given on this site."""
	if not roles <= set(WATCHING):
		return False
	given = {"kind": GRANTED, "summary": ["in", WATCHING]}
	status = ["in", (approvals.USED, approvals.REPORTED)]
	return not (
		frappe.db.exists("Has Role", {"parenttype": "User", "role": ["in", WATCHING]})
		or frappe.db.exists("SV Approval", {**given, "status": status})
	)


def _check_address(user: str) -> None:
	"""The second person sees the user id: mail must go to that address and to no other."""
	email = frappe.db.get_value("User", user, "email")
	if email and email.casefold() != user.casefold():
		approvals.refuse(
			GRANTED,
			"User",
			user,
			_("The e-mail address of this account is not its user id. Make them the same first."),
		)


def _record(user: str, role: str) -> None:
	rows.write(rows.row(approvals.REPORTED, GRANTED, "User", user, summary=role), tell=False)
