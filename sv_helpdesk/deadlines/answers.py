"""What waits for the reporter doesn't wait for ever: after the term for their answer it goes on without it.

The clock of an answer is nobody's promise. When it has run out it lapses: whoever handles the case hears of it
once, and nobody hears of it again, because a reporter may prefer to be silent.
"""

from datetime import datetime

import frappe

from sv_helpdesk.deadlines import clocks, stages, telling
from sv_helpdesk.deadlines.desk_calendars import calendar_of
from sv_helpdesk.deadlines.kinds import ANSWER

NO_ANSWER = "No answer came"


def batch(now: datetime, size: int) -> int:
	"""Let at most `size` answers lapse in this transaction, and what waits for them go on; return how many.

	The clocks of a case are locked in the order in which whoever writes in the case locks them.

	Args:
		now: the moment.
		size: how many at most.
	"""
	found = _due(now, size)
	lapsed = [row for report in found for row in _lapse(report, now)]
	telling.write(telling.notices_of(lapsed, {row.name: stages.LAPSED for row in lapsed}, now), now)
	return len(found)


def _lapse(report: str, now: datetime) -> list:
	"""Return the answer to a case that has lapsed just now, with what waited for it resumed from then on."""
	rows = clocks.of("SV Report", report)
	lapsed = [row for row in rows if row.kind == ANSWER and row.status == "Running" and row.due_at <= now]
	for answer in lapsed:
		for row in rows:
			clocks.resume(row, calendar_of(row.desk), NO_ANSWER, answer.due_at)
		clocks.lapse(answer, NO_ANSWER, now)
	return lapsed


def _due(now: datetime, size: int) -> list[str]:
	"""Return the cases whose reporter has not answered in time."""
	return frappe.db.sql(
		"select `document_name` from `tabSV Deadline` where `next_at` <= %s and `due_at` <= %s and `kind` = %s"
		" and `status` = 'Running' order by `next_at`, `name` limit %s",
		(now, now, ANSWER, size),
		pluck=True,
	)
