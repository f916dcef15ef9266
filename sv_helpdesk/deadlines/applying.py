"""Applies a changed term to clocks that run; without being asked to, a change moves none of them."""

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from sv_helpdesk.deadlines import clocks, timing
from sv_helpdesk.deadlines.desk_calendars import calendar_of
from sv_helpdesk.deadlines.terms import term_of

CAUSE = "Term changed"


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
	frappe.enqueue(
		"sv_helpdesk.deadlines.applying.move_running", term=term, enqueue_after_commit=True, queue="long"
	)


def move_running(term: str) -> int:
	"""Move the open clocks for which a term holds today, and return how many.

	Args:
		term: name of the SV Term.
	"""
	kind, today, moved = frappe.db.get_value("SV Term", term, "kind"), getdate(), 0
	rows = frappe.get_all(
		"SV Deadline",
		{"kind": kind, "status": ["in", clocks.OPEN]},
		list(clocks.FIELDS),
		order_by="desk asc, creation asc",
	)
	desks: dict[str | None, tuple] = {}
	for row in rows:
		if row.desk not in desks:
			desks[row.desk] = (term_of(kind, row.desk, today), calendar_of(row.desk))
		holds, calendar = desks[row.desk]
		if holds and holds.name == term:
			anew = timing.by_term(calendar, holds.length, holds.warn_percent, row.started_at)
			clocks.move(row, calendar, anew, row.started_at, CAUSE, now_datetime(), holds.name)
			moved += 1
	return moved
