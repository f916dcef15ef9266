"""What waits for the reporter doesn't wait for ever: after the term for their answer it goes on without it.

The clock of an answer is nobody's promise. When it has run out it lapses: whoever handles the case hears of it
once, and nobody hears of it again, because a reporter may prefer to be silent. So does the term for an appeal
against the decision on a complaint.
"""

from datetime import datetime

import frappe

from sv_helpdesk.deadlines import clocks, stages, telling
from sv_helpdesk.deadlines.desk_calendars import calendar_of
from sv_helpdesk.deadlines.kinds import ANSWER, APPEAL, NOBODYS

NOTHING_CAME = {ANSWER: "No answer came", APPEAL: "No appeal came"}


def batch(now: datetime, size: int) -> int:
	"""Let at most `size` answers and appeals lapse in this transaction, and what waits go on; return how many.

	The clocks of a document are locked in the order in which whoever writes in it locks them.

	Args:
		now: the moment.
		size: how many at most.
	"""
	found = _due(now, size)
	lapsed = [row for document in found for row in _lapse(*document, now)]
	telling.write(telling.notices_of(lapsed, {row.name: stages.LAPSED for row in lapsed}, now), now)
	return len(found)


def _lapse(document_type: str, document_name: str, now: datetime) -> list:
	"""Return what has lapsed just now of a document, with what waited for it resumed from then on."""
	rows = clocks.of(document_type, document_name)
	lapsed = [row for row in rows if row.kind in NOBODYS and row.status == "Running" and row.due_at <= now]
	for clock in lapsed:
		cause = NOTHING_CAME[clock.kind]
		for row in rows:
			clocks.resume(row, calendar_of(row.desk), cause, clock.due_at)
		clocks.lapse(clock, cause, now)
	return lapsed


def _due(now: datetime, size: int) -> list[tuple[str, str]]:
	"""Return the documents to which nobody has answered in time: cases and complaints."""
	return frappe.db.sql(
		"select `document_type`, `document_name` from `tabSV Deadline` where `next_at` <= %s and `due_at` <= %s"
		" and `kind` in %s and `status` = 'Running' order by `next_at`, `name` limit %s",
		(now, now, NOBODYS, size),
	)
