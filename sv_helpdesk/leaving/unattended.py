"""What has lost whoever had it; each day who runs the desk is told, each thing to somebody it isn't denied to (R6)."""

from collections.abc import Collection

import frappe
from frappe import _

from sv_helpdesk import notices
from sv_helpdesk.leaving.hand_over import not_denied
from sv_helpdesk.leaving.held import Part, at_desk
from sv_helpdesk.leaving.kinds import CASES, KINDS, WAITING
from sv_helpdesk.permissions import desk_people
from sv_helpdesk.permissions.acting import acting_roles


def parts(desk: str, kinds: Collection[str] = WAITING) -> list[Part]:
	"""Return what waits at a desk for somebody who doesn't work there, or has no role of ours, any more.

	It is asked once for a desk; to whom it is told gets of it what `not_denied` leaves.

	Args:
		desk: name of the desk.
		kinds: of which kinds.
	"""
	at_work = {row.user for row in desk_people.members(desk)}
	return [
		part
		for part in at_desk(desk, kinds=tuple(kinds))
		if part.holder not in at_work and (_is_for_the_desk(part) or not acting_roles(part.holder))
	]


def cases(desk: str) -> list[Part]:
	"""Return the open cases of a desk whose handler doesn't work there any more, the oldest first.

	Args:
		desk: name of the desk.
	"""
	return parts(desk, (CASES,))


def tell_desks() -> None:
	"""Daily: tell coordinators how much needs a hand-over, and stand-ins of what no coordinator sees (R6)."""
	for desk in frappe.get_all("SV Desk", filters={"enabled": 1}, pluck="name", order_by="name asc"):
		waiting, known = parts(desk), set()
		for desk_role in (desk_people.COORDINATOR, desk_people.STAND_IN):
			people = [row.user for row in desk_people.members(desk) if row.desk_role == desk_role]
			lost = {user: set(not_denied(waiting, user)) - known for user in people}
			for user, found in lost.items():
				lost_cases = {part for part in found if part.kind == CASES}
				_tell_cases(user, len(lost_cases))
				_tell_others(user, len(found - lost_cases))
			known = known.union(*lost.values())


def _is_for_the_desk(part: Part) -> bool:
	"""Who supports somebody may be a companion, who works at no desk."""
	return KINDS[part.kind].of_the_desk and part.kind != "supported_people"


def _tell_cases(user: str, number: int) -> None:
	if number:
		notices.tell(
			[user],
			lambda language: _(
				"{0} cases of your desk have no handler who works there. Hand them over in the form of the desk.",
				language,
			).format(number),
		)


def _tell_others(user: str, number: int) -> None:
	if number:
		notices.tell(
			[user],
			lambda language: _(
				"{0} other things of your desk wait for somebody who left. Hand them over in the form of the desk.",
				language,
			).format(number),
		)
