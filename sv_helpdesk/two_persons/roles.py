"""Our roles: not renamed, merged, changed or deleted over the web, and given by two persons in any way."""

import frappe
from frappe import _
from frappe.utils import cstr

from sv_helpdesk.permissions.roles import ALL_ROLES
from sv_helpdesk.two_persons import approvals, staff

GRANTED = staff.GRANTED


def has_role_validate(doc, method: str | None = None) -> None:
	"""Has Role.validate: a row put in past its user's form."""
	if doc.parenttype == "User":
		new = staff.ours_among([doc.role]) - staff.roles_of(doc.parent)
		if new and staff.grant(doc.parent, new):
			staff.start_anew(doc.parent)
	elif doc.parenttype == "Role Profile":
		check_profile(doc.parent, staff.ours_among([doc.role]))


def has_role_on_trash(doc, method: str | None = None) -> None:
	"""Has Role.on_trash: a row taken out past its user's form."""
	if doc.parenttype == "User" and doc.role in ALL_ROLES:
		staff.removed(doc.parent, {doc.role})


def profile_validate(doc, method: str | None = None) -> None:
	"""Role Profile.validate: whoever has the profile gets its roles."""
	stored = frappe.get_all(
		"Has Role",
		filters={"parenttype": "Role Profile", "parent": doc.name},
		pluck="role",
		order_by="role asc",
	)
	new = staff.ours_among([row.role for row in doc.roles]) - set(stored)
	check_profile(cstr(doc.name), new)


def check_profile(name: str, roles: set[str]) -> None:
	"""Putting roles of ours in a profile takes two persons; so does each account that gets them by it."""
	if roles:
		approvals.require(
			GRANTED,
			"Role Profile",
			name,
			approvals.fingerprint_of({"profile": name, "roles": sorted(roles)}),
			summary=", ".join(sorted(roles)),
		)


def role_validate(doc, method: str | None = None) -> None:
	"""Role.validate: our roles stay as the app has made them."""
	if doc.name in ALL_ROLES and not doc.is_new():
		_refuse(doc.name)


def role_on_trash(doc, method: str | None = None) -> None:
	"""Role.on_trash: our roles stay."""
	if doc.name in ALL_ROLES and not frappe.flags.in_uninstall:
		_refuse(doc.name)


def role_before_rename(doc, method: str, old: str, new: str, merge: bool = False) -> None:
	"""Role.before_rename: no role becomes one of ours, and none of ours another."""
	if staff.ours_among([old, new]) or {old, new} & set(ALL_ROLES):
		_refuse(old)


def _refuse(role: str) -> None:
	approvals.refuse(
		"Roles changed",
		"Role",
		role,
		_(
			"The roles of social safety can't be changed, renamed or deleted. Take the role from an account instead."
		),
	)
