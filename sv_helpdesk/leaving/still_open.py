"""What is still open at a desk: while anything is, the desk stays in use, because nobody works at one that isn't."""

import frappe
from frappe import _
from frappe.utils import getdate

from sv_helpdesk import notices
from sv_helpdesk.leaving.kinds import CLOSED
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.hidden import not_hidden
from sv_helpdesk.workflows import complaint
from sv_helpdesk.workflows.case import UNDER_WAY
from sv_helpdesk.workflows.subject_request import HANDED_OUT, WITHDRAWN

AT_DESK = "`desk` = %(desk)s"
OPEN = {
	"cases": ("SV Report", f"{AT_DESK} and `status` not in %(values)s", CLOSED),
	"holds": ("SV Report", f"{AT_DESK} and `legal_hold` = 1 and `status` in %(values)s", CLOSED),
	"complaints": (
		"SV Complaint",
		f"`report` in (select `name` from `tabSV Report` where {AT_DESK}) and `status` not in %(values)s",
		complaint.ENDED,
	),
	"tables": ("SV Decision Table", f"{AT_DESK} and `status` in %(values)s", UNDER_WAY),
	"requests": ("SV Subject Request", f"{AT_DESK} and `status` not in %(values)s", (HANDED_OUT, WITHDRAWN)),
	"mails": ("SV Held Mail", f"{AT_DESK} and `status` in %(values)s", ("Held",)),
}


def refuse(desk: str) -> None:
	"""Refuse to take a desk out of use while something is open there.

	What is hidden from who does it is in no number and refuses nothing, because either would tell of it (R6).

	Args:
		desk: name of the SV Desk.

	Raises:
		frappe.ValidationError: says how much of what is open.
	"""
	if found := numbers(desk, frappe.session.user):
		told = ", ".join(f"{_label(kind)}: {number}" for kind, number in found.items())
		frappe.throw(
			_(
				"Something is still open at this desk: {0}. Finish it or hand it over, and switch the desk off then."
			).format(told)
		)


def tell_others(desk) -> None:
	"""Tell colleagues of a desk that was taken out of use what who did so wasn't told.

	Args:
		desk: the SV Desk.
	"""
	notices.tell(
		[user for user in _at_work(desk) if numbers(desk.name, user)],
		lambda language: _(
			"A desk was taken out of use while something is open there. Who leads it can take it into use again in its form.",
			language,
		),
		desk.doctype,
		desk.name,
		at_once=True,
	)


def _at_work(desk) -> list[str]:
	"""Who works there today; for desk_people nobody works at a desk that isn't in use."""
	today = getdate()
	return [
		member.user
		for member in desk.members
		if (not member.from_date or getdate(member.from_date) <= today)
		and (not member.to_date or getdate(member.to_date) >= today)
		and acting_roles(member.user)
	]


def numbers(desk: str, user: str) -> dict[str, int]:
	"""Return how much is open at a desk, by kind, without what is hidden from somebody.

	Args:
		desk: name of the SV Desk.
		user: from whom.
	"""
	found = {kind: _number(desk, user, *of_kind) for kind, of_kind in OPEN.items()}
	return {kind: number for kind, number in found.items() if number}


def _number(desk: str, user: str, doctype: str, where: str, values: tuple[str, ...]) -> int:
	# the condition is made of escaped values by its builder; a sign for the place of a value is doubled
	seen = not_hidden(user, doctype).replace("%", "%%")
	query = f"select count(*) from `tab{doctype}` where {where} and {seen}"
	return frappe.db.sql(query, {"desk": desk, "values": values})[0][0]


def _label(kind: str) -> str:
	return {
		"cases": _("Open cases"),
		"holds": _("Legal holds"),
		"complaints": _("Formal complaints"),
		"tables": _("Decision tables"),
		"requests": _("Requests about own data"),
		"mails": _("Held mails"),
	}[kind]
