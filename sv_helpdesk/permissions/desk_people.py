"""Who works at a desk today, and who runs it."""

from collections.abc import Iterable
from datetime import date

import frappe
from frappe.utils import getdate

from sv_helpdesk.permissions import denied_list
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.roles import CASE_ROLES, COMPANION

COORDINATOR, STAND_IN = "Coordinator", "Stand-in"
HANDLER_ONLY = "Handler only"


def members(desk: str) -> list:
	"""Return today's members of a desk in use (user, desk_role): people with an account and a case role."""
	return [row for row in on(getdate(), [desk]) if acting_roles(row.user) & set(CASE_ROLES)]


def works_at(user: str, desk: str) -> bool:
	"""Tell whether this person is a member of the desk today."""
	return any(row.user == user for row in members(desk))


def runs(user: str, desk: str) -> bool:
	"""Tell whether this person is the desk's coordinator or stand-in today."""
	return any(row.user == user and row.desk_role in (COORDINATOR, STAND_IN) for row in members(desk))


def run_by(user: str) -> set[str]:
	"""Return the desks of which this person is the coordinator or stand-in today."""
	if not acting_roles(user) & set(CASE_ROLES):
		return set()
	return {row.desk for row in on(getdate(), user=user) if row.desk_role in (COORDINATOR, STAND_IN)}


def looked_after_by(user: str) -> set[str]:
	"""Return the desks where this person looks after what nobody handles yet today.

	Who runs the desk does; where nobody runs it, everybody who works there.
	"""
	if not acting_roles(user) & set(CASE_ROLES):
		return set()
	led = run_by(user)
	return led | {
		row.desk for row in on(getdate(), user=user) if row.desk not in led and not running(row.desk)
	}


def coordinates(user: str) -> bool:
	"""Tell whether this person is the coordinator of any desk today."""
	if not acting_roles(user) & set(CASE_ROLES):
		return False
	return any(row.desk_role == COORDINATOR for row in on(getdate(), user=user))


def running(desk: str, *reports: str | None) -> list[str]:
	"""Return who runs the desk: its coordinators, and without any of them its stand-ins.

	Args:
		desk: the desk.
		reports: nobody counts to whom one of these cases is denied.
	"""
	people = [
		row
		for row in members(desk)
		if not any(report and denied_list.is_denied(report, row.user) for report in reports)
	]
	for desk_role in (COORDINATOR, STAND_IN):
		if found := [row.user for row in people if row.desk_role == desk_role]:
			return found
	return []


def is_led(desk: str, in_use: bool = True) -> bool:
	"""Tell whether anybody runs a desk today; companions run their own, though it has no cases.

	Args:
		desk: the desk.
		in_use: whether nobody runs one that was switched off.
	"""
	rows = on(getdate(), [desk], in_use=in_use)
	leading = [row.user for row in rows if row.desk_role in (COORDINATOR, STAND_IN)]
	return any(acting_roles(user) & {*CASE_ROLES, COMPANION} for user in leading)


def knows_of_repetition(user: str, case) -> bool:
	"""Tell whether somebody hears how many other cases are about the same person or unit as a case.

	Who runs its desk does. Its handler does only where everybody works on their own: elsewhere a made-up
	case would be enough for anybody at the desk to ask about a name (R3).

	Args:
		user: the user id.
		case: has `desk` and `handler`.
	"""
	if runs(user, case.desk):
		return True
	return user == case.handler and frappe.db.get_value("SV Desk", case.desk, "visibility") == HANDLER_ONLY


def on(day: date, desks: Iterable[str] | None = None, user: str | None = None, in_use: bool = True) -> list:
	"""Return the rows of members of desks in use on a day: desk, user, desk_role, absence and stand-in.

	Args:
		day: the day.
		desks: of which desks; of all where not given.
		user: whose rows; everybody's where not given.
		in_use: whether of desks in use alone.
	"""
	desk, member = frappe.qb.DocType("SV Desk"), frappe.qb.DocType("SV Desk Member")
	query = (
		frappe.qb.from_(member)
		.inner_join(desk)
		.on((member.parent == desk.name) & (member.parenttype == "SV Desk"))
		.select(desk.name.as_("desk"), member.user, member.desk_role)
		.select(member.absent_from, member.absent_until, member.stand_in)
		.where(member.from_date.isnull() | (member.from_date <= day))
		.where(member.to_date.isnull() | (member.to_date >= day))
		.orderby(member.idx)
	)
	if in_use:
		query = query.where(desk.enabled == 1)
	if desks is not None:
		query = query.where(desk.name.isin([*desks, ""]))
	if user is not None:
		query = query.where(member.user == user)
	return query.run(as_dict=True)
