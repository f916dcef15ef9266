"""Accounts and desks: who has our roles without two persons, and who is missing."""

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.utils import getdate

from sv_helpdesk.leaving import unattended
from sv_helpdesk.leaving.hand_over import not_denied
from sv_helpdesk.permissions import desk_people
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.roles import ALL_ROLES
from sv_helpdesk.self_check.finding import Finding
from sv_helpdesk.two_persons import notices, staff
from sv_helpdesk.two_persons.decide import DECIDERS


def accounts() -> Iterator[Finding]:
	"""Roles that nobody approved, and accounts that shouldn't have one."""
	rows = frappe.get_all(
		"Has Role",
		filters={"parenttype": "User", "role": ["in", ALL_ROLES], "parent": ["!=", "Administrator"]},
		fields=["parent", "role"],
		order_by="parent asc, role asc",
	)
	for row in rows:
		if not staff.came_by_approval(row.parent, row.role):
			yield Finding(
				"role-without-approval",
				_(
					"{0} has the role {1}, which two persons never gave. Take it away, or give it anew."
				).format(row.parent, row.role),
			)
	for user in dict.fromkeys(row.parent for row in rows):
		account = frappe.db.get_value("User", user, ["enabled", "user_type"], as_dict=True)
		if not account or not account.enabled:
			yield Finding(
				"closed-account",
				_("{0} is closed and still has a role of social safety. Take it away.").format(user),
			)
		elif account.user_type != "System User":
			yield Finding(
				"website-account",
				_("{0} can't use the Desk and has a role of social safety. Take it away.").format(user),
			)


def desks() -> Iterator[Finding]:
	"""Desks in use without anybody who leads them: nobody gets cases, members or escalations there."""
	today = getdate()
	for desk in frappe.get_all("SV Desk", filters={"enabled": 1}, pluck="name", order_by="name asc"):
		members = frappe.get_all(
			"SV Desk Member",
			filters={"parent": desk, "parenttype": "SV Desk"},
			fields=["user", "desk_role", "from_date", "to_date"],
			order_by="idx asc",
		)
		present = [
			member
			for member in members
			if (not member.from_date or member.from_date <= today)
			and (not member.to_date or member.to_date >= today)
			and frappe.db.get_value("User", member.user, "enabled")
		]
		if present and not desk_people.is_led(desk):
			yield Finding(
				"desk-without-lead",
				_(
					"Desk {0} has no coordinator or stand-in today. Appoint one in the form of the desk."
				).format(desk),
			)
		if not present:
			yield Finding(
				"desk-without-members",
				_("Nobody works at desk {0} today. Add its people, or switch it off.").format(desk),
			)
		for member in present:
			if not staff.is_staff(member.user):
				yield Finding(
					"member-without-role",
					_(
						"{0} is a member of desk {1} without a role of social safety. Remove the member."
					).format(member.user, desk),
				)


def second_persons() -> Iterator[Finding]:
	"""Fewer than two people who can approve: nothing that takes two persons can be done any more."""
	watching = notices.watchers()
	if watching and len([user for user in watching if acting_roles(user) & DECIDERS]) < 2:
		yield Finding(
			"second-person-missing",
			_(
				"Fewer than two people can approve what takes two persons. Give somebody a role on the server's command line."
			),
		)


def unattended_cases() -> Iterator[Finding]:
	"""Open cases whose handler left: only those that nobody who is told is denied (R6)."""
	readers = notices.watchers()
	for desk in frappe.get_all("SV Desk", filters={"enabled": 1}, pluck="name", order_by="name asc"):
		lost = unattended.cases(desk)
		seen = [set(not_denied(lost, reader)) for reader in readers if lost]
		if cases := set.intersection(*seen) if seen else set():
			yield Finding(
				"unattended-cases",
				_(
					"At desk {0} the handler of {1} open cases doesn't work there any more. Hand them over."
				).format(desk, len(cases)),
			)
