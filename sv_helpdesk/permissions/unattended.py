"""Each day who runs a desk is told that cases there have lost their handler, each case to somebody it isn't denied to."""

import frappe
from frappe import _

from sv_helpdesk import notices
from sv_helpdesk.permissions import desk_people, hand_over


def tell_desks() -> None:
	"""Daily: tell coordinators how many cases need a hand-over, and stand-ins of those no coordinator sees (R6)."""
	desks = frappe.get_all("SV Desk", filters={"enabled": 1}, pluck="name", order_by="name asc")
	for desk in desks:
		known: set[str] = set()
		for desk_role in (desk_people.COORDINATOR, desk_people.STAND_IN):
			people = [row.user for row in desk_people.members(desk) if row.desk_role == desk_role]
			cases = {user: set(hand_over.unattended(desk, user)) - known for user in people}
			for user, lost in cases.items():
				_tell(user, len(lost))
			known = known.union(*cases.values())


def _tell(user: str, number: int) -> None:
	if number:
		notices.tell(
			[user],
			lambda language: _(
				"{0} cases of your desk have no handler who works there. Hand them over in the form of the desk.",
				language,
			).format(number),
		)
