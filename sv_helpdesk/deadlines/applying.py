"""Applies a changed term to clocks that run; without being asked to, a change moves none of them.

A clock whose end is a day in its document goes by no term: minutes that wait for approval keep the day that
everybody was told, on which approval is deemed given.
"""

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from sv_helpdesk.deadlines import clocks, moves, timing
from sv_helpdesk.deadlines.desk_calendars import calendar_of
from sv_helpdesk.deadlines.moves import Move
from sv_helpdesk.deadlines.terms import term_of

CAUSE = "Term changed"
BATCH = 500


@frappe.whitelist(methods=["POST"])
def apply_to_running(term: str) -> None:
	"""Let the open clocks for which a term would hold if they began today go by it, in a background job.

	Args:
		term: name of the SV Term.

	Raises:
		frappe.PermissionError: the session's user may not change terms; the same for one that isn't there.
	"""
	if not frappe.db.exists("SV Term", term) or not frappe.has_permission("SV Term", "write", doc=term):
		frappe.throw(_("You can't change this term. Ask a coordinator."), frappe.PermissionError)
	# at once: nothing is written here, and the host commits no request that writes nothing
	frappe.enqueue("sv_helpdesk.deadlines.applying.move_running", term=term, queue="long")


def say_that_none_moved() -> None:
	"""Tell who changed when a desk is open that clocks that run stay as they are, and how they are moved."""
	frappe.msgprint(
		_(
			'Clocks that run stay as they are. "Apply to running clocks" at a term lets them go by the new opening hours, too.'
		)
	)


def move_running(term: str) -> int:
	"""Move the open clocks for which a term holds today, and return how many.

	It commits after each batch, in a job of its own: people don't wait for the rows of thousands, and a job that
	dies and is begun again moves the others only.

	Args:
		term: name of the SV Term.
	"""
	moved, desks = 0, {}
	names = candidates(term)
	while names:
		moved += move_batch(term, names, desks)
		frappe.db.commit()
		names = candidates(term, after=names[-1])
	return moved


def candidates(term: str, after: str = "") -> list[str]:
	"""Return the names of the next BATCH open clocks that go by a term of the same kind, of its desk if it has one.

	Args:
		term: name of the SV Term.
		after: the name of the last one that was looked at.
	"""
	kind, desk = frappe.db.get_value("SV Term", term, ["kind", "desk"])
	clock = frappe.qb.DocType("SV Deadline")
	query = frappe.qb.from_(clock).select(clock.name).where((clock.name > after) & (clock.kind == kind))
	query = query.where(clock.status.isin(clocks.OPEN) & clock.term.isnotnull())
	if desk:
		query = query.where(clock.desk == desk)
	return query.orderby(clock.name).limit(BATCH).run(pluck=True)


def move_batch(term: str, names: list[str], desks: dict[str | None, tuple]) -> int:
	"""Move those of these clocks that are still open and for which a term holds today; return how many.

	Args:
		term: name of the SV Term.
		names: of the clocks.
		desks: the term that holds at a desk and its calendar, as far as they were looked up; filled further.
	"""
	kind, wanted = frappe.db.get_value("SV Term", term, "kind"), []
	for row in clocks.locked(names):
		if row.desk not in desks:
			desks[row.desk] = (term_of(kind, row.desk, getdate()), calendar_of(row.desk))
		holds, calendar = desks[row.desk]
		if row.status in clocks.OPEN and holds and holds.name == term:
			anew = timing.by_term(calendar, holds.length, holds.warn_percent, row.started_at)
			wanted.append(Move(row, calendar, anew, row.started_at, term))
	return moves.move(wanted, CAUSE, now_datetime())
