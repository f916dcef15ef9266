"""Who makes the working version of a year's figures: somebody to whom no case of it is denied.

Published and internal figures are suppressed and counted by the system, the same for everybody: a
difference between two readers would tell one of them about a case. The working version has exact
numbers, so it lacks what is denied to its reader (R6); whoever runs the desk and misses nothing makes it.
"""

import frappe
from frappe import _

from sv_helpdesk import notices
from sv_helpdesk.crypto import blind_index
from sv_helpdesk.permissions import desk_people
from sv_helpdesk.reports import codes, counted
from sv_helpdesk.reports.scope import of_year


def working_version_maker(year: int) -> str | None:
	"""Return who makes the working version of a year's figures.

	Returns:
		The coordinator of the concerns and complaints point; a stand-in if a case of the year is
		denied to every coordinator; None if there is nobody.
	"""
	return next((user for user in _people() if not lacks_something(year, user)), None)


def years_with_something_denied(user: str) -> list[int]:
	"""Return the years whose figures aren't published yet and count something that is denied to this user."""
	if not _is_denied_something(user):
		return []
	years = frappe.get_all(
		"SV Figures",
		filters={"status": ["!=", "Published"]},
		pluck="year",
		distinct=True,
		order_by="year asc",
	)
	return [year for year in years if lacks_something(year, user)]


def lacks_something(year: int, reader: str) -> bool:
	"""Tell whether the working version of this reader lacks anything of the year."""
	return _is_denied_something(reader) and (
		counted.totals(of_year(year)) != counted.totals(of_year(year, reader))
	)


def _is_denied_something(user: str) -> bool:
	"""Tell whether there is anything to look for: almost nobody is, and each list and form of figures asks."""
	return bool(frappe.db.exists("SV Denied", {"user_index": blind_index("account", user)}))


def tell_maker(report: str, indexes: set[str]) -> None:
	"""Tell whoever comes next, and nobody else, that the working version of a case's year is theirs to make.

	Args:
		report: a case that was just denied to somebody.
		indexes: keyed hashes of the ids of those users.
	"""
	people = _people()
	hidden = [user for user in people if blind_index("account", user) in indexes]
	if not hidden:
		return
	year = frappe.db.get_value("SV Report", report, "received_at").year
	maker = working_version_maker(year)
	if maker and people.index(hidden[0]) < people.index(maker):
		notices.tell(
			[maker],
			lambda language: _(
				"The working version of the figures of {0} is yours to make.", language
			).format(year),
		)


def _people() -> list[str]:
	"""Return who could make it, the coordinators first."""
	desks = frappe.get_all(
		"SV Desk", filters={"desk_type": codes.CCP_TYPE}, pluck="name", order_by="name asc"
	)
	members = [row for desk in desks for row in desk_people.members(desk)]
	return [
		row.user
		for desk_role in (desk_people.COORDINATOR, desk_people.STAND_IN)
		for row in members
		if row.desk_role == desk_role
	]
