"""Who works at a desk decides which cases they see: its coordinator says so, nobody puts themselves there."""

import frappe
from frappe import _
from frappe.utils import cstr, getdate

from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.two_persons import approvals, staff
from sv_helpdesk.two_persons.outside import from_outside

MEMBERS, VISIBILITY = "Desk members", "Desk visibility"
LEADING = ("Coordinator", "Stand-in")
ROW = ("user", "desk_role", "from_date", "to_date")


def validate(doc, method: str | None = None) -> None:
	"""SV Desk.validate: look at new or changed members, and at a wider view of the cases.

	A new desk has no cases yet; whoever may make desks says who works there.
	"""
	if doc.is_new() or not from_outside():
		return
	stored = _stored(doc.name)
	added = {_row(member) for member in doc.members} - stored
	if added or stored - {_row(member) for member in doc.members}:
		_check_members(doc, added, stored)
	if doc.visibility == "Whole desk" and doc.visibility != frappe.db.get_value(
		"SV Desk", doc.name, "visibility"
	):
		approvals.require(
			VISIBILITY, "SV Desk", doc.name, approvals.fingerprint_of({"visibility": doc.visibility})
		)


def member_validate(doc, method: str | None = None) -> None:
	"""SV Desk Member.validate: a row isn't put in past its desk's form."""
	approvals.refuse(
		MEMBERS,
		"SV Desk",
		cstr(doc.parent),
		_("Members are changed on the form of their desk. Open it there."),
	)


def leads(desk: str, user: str) -> bool:
	"""Tell whether somebody is this desk's coordinator or stand-in today."""
	today = str(getdate())
	return any(
		row[0] == user
		and row[1] in LEADING
		and (not row[2] or row[2] <= today)
		and (not row[3] or row[3] >= today)
		for row in _stored(desk)
	)


def _check_members(doc, added: set[tuple], stored: set[tuple]) -> None:
	user = frappe.session.user
	for row in sorted(added):
		if not staff.is_staff(row[0]):
			frappe.throw(
				_("One of the members has no role of social safety yet. Give that account its role first."),
				frappe.PermissionError,
			)
	if not acting_roles(user) or not leads(doc.name, user) or user in {row[0] for row in added}:
		members = sorted({_row(member) for member in doc.members})
		approvals.require(
			MEMBERS,
			"SV Desk",
			doc.name,
			approvals.fingerprint_of({"desk": doc.name, "members": members}),
			concerns=user if user in {row[0] for row in added} else "",
			summary=", ".join(sorted({row[0] for row in added})),
		)


def _stored(desk: str) -> set[tuple]:
	rows = frappe.get_all(
		"SV Desk Member",
		filters={"parent": desk, "parenttype": "SV Desk"},
		fields=list(ROW),
		order_by="idx asc",
	)
	return {_row(row) for row in rows}


def _row(member) -> tuple[str, str, str, str]:
	user, desk_role, *days = (member.get(fieldname) for fieldname in ROW)
	return (cstr(user), cstr(desk_role), *(str(getdate(day)) if day else "" for day in days))
