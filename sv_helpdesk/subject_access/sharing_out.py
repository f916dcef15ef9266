"""Who at a desk answers for which case: only who may use it, so that a request shows nobody more than they see (R6).

Who registers a request gets what they may see. What is hidden from them, or handled by others at a desk where
everybody works on their own, goes to a colleague as a request of its own; nothing in theirs tells of it. A
colleague sees no request of their own at all: one that was hidden with a case would tell them of that.
"""

from collections.abc import Iterable, Iterator

import frappe

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.permissions import denied_list, desk_people
from sv_helpdesk.permissions.decision import rights_on
from sv_helpdesk.subject_access.searching import Known

OF_THE_DESK = ("desk", "own")


def may_use(report: str, user: str) -> bool:
	"""Tell whether somebody works this case at its desk; who may not isn't noted as refused, nobody tried."""
	return any(right.relation in OF_THE_DESK for right in rights_on("SV Report", report, user))


def first_handler(desk: str, known: Known) -> str | None:
	"""Return who gets a desk's request: who registers it there, or who runs the desk; never the person themselves."""
	people = [row.user for row in desk_people.members(desk)]
	wanted = [user for user in [frappe.session.user] if user in people]
	return next(
		(user for user in (*wanted, *desk_people.running(desk), *people) if not known.is_user(user)), None
	)


def shared_out(
	desk: str, reports: Iterable[str], first: str | None, known: Known
) -> dict[str | None, set[str]]:
	"""Return for which of these cases each colleague answers.

	Args:
		desk: name of the SV Desk.
		reports: names of cases of this desk.
		first: who answers for everything they may see.
		known: the person, who never answers their own request.

	Returns:
		Names of cases by user id; those that nobody at the desk may use by None.
	"""
	shares: dict[str | None, set[str]] = {}
	for report in reports:
		people = (user for user in _people(desk, report, first) if user and not known.is_user(user))
		who = next((user for user in people if may_use(report, user)), None)
		shares.setdefault(who, set()).add(report)
	return shares


def keep_from_its_person(request: str, handler: str | None, known: Known) -> None:
	"""Hide a request from the accounts of whose it is, whatever it finds.

	Args:
		request: name of the SV Subject Request.
		handler: who answers; a namesake of the person, perhaps.
		known: the person.
	"""
	theirs = known.accounts | (known.namesakes - {blind_index("account", handler or "")})
	for index in sorted(theirs):
		if not frappe.db.exists("SV Denied", {"report": request, "user_index": index}):
			denied_list.add(request, index, denied_list.BY_HAND)


def _people(desk: str, report: str, first: str | None) -> Iterator[str | None]:
	yield first
	yield frappe.db.get_value("SV Report", report, "handler")
	yield from desk_people.running(desk, report)
	yield from (row.user for row in desk_people.members(desk))
