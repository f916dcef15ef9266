"""Puts notices in front of people: urgent ones at once, the others as one digest per person and day.

A digest is one line among the notifications, which counts further as the day goes on, and one mail, by the
first notice of the day. What is told and that it was told is written in one transaction. Two that tell at the
same moment wait for each other, because the second must know which digests the first has begun.

Only what still runs and what somebody may see by now is counted: a number that is larger than what they find would
tell of a case that was hidden from them (R6).
"""

from datetime import datetime, time

import frappe

from sv_helpdesk import notices
from sv_helpdesk.deadlines import actors, stages, telling
from sv_helpdesk.permissions.readable import readable

CLOCK = "SV Deadline"
FIELDS = [
	*("name", "kind", "document_type", "document_name", "report", "decision_table"),
	*("desk", "deadline_owner", "due_at"),
]
MOST = 1000
EACH = "each_person"


def deliver(now: datetime, failed: set[str]) -> int:
	"""Tell people in this transaction what they have not been told yet; return for how many something waited.

	Whatever is wrong with one of them keeps nothing from the others; theirs waits for the next sweep.

	Args:
		now: the moment, which also says which day it is.
		failed: who couldn't be told; they are passed over, and new ones are added.
	"""
	waiting = _waiting(failed)
	for user, rows in waiting.items():
		frappe.db.savepoint(EACH)
		try:
			_tell(user, rows, now)
		except Exception:
			frappe.db.rollback(save_point=EACH)
			frappe.log_error("Somebody could not be told of deadlines")
			failed.add(user)
	return len(waiting)


def _waiting(failed: set[str]) -> dict[str, list]:
	"""Lock and return what people are to be told."""
	rows = frappe.db.sql(
		"select `name`, `user`, `deadline`, `urgent` from `tabSV Deadline Notice`"
		" where `told_at` is null and `user` not in %s order by `noted_at`, `name` limit %s for update",
		((*failed, ""), MOST),
		as_dict=True,
	)
	waiting: dict[str, list] = {}
	for row in rows:
		waiting.setdefault(row.user, []).append(row)
	return waiting


def _tell(user: str, rows: list, now: datetime) -> None:
	"""Tell one person; one whose account is gone is passed over."""
	there = frappe.db.exists("User", user)
	for urgent in (1, 0):
		told = [row for row in rows if row.urgent == urgent]
		if told:
			told_in = _told_in(user, {row.deadline for row in told}, urgent, now) if there else None
			frappe.db.sql(
				"update `tabSV Deadline Notice` set `told_at` = %s, `told_in` = %s where `name` in %s",
				(now, told_in, tuple(row.name for row in told)),
			)


def _told_in(user: str, deadlines: set[str], urgent: int, now: datetime) -> str | None:
	deadlines = in_sight(user, deadlines, now)
	if not deadlines:
		return None
	if urgent:
		return notices.tell_number(user, len(deadlines), urgent=True)
	start, end = (datetime.combine(now.date(), moment) for moment in (time.min, time.max))
	today = frappe.db.sql(
		"select `deadline`, `told_in` from `tabSV Deadline Notice`"
		" where `user` = %s and `urgent` = 0 and `told_at` between %s and %s order by `told_at`",
		(user, start, end),
	)
	earlier = next((told_in for _deadline, told_in in reversed(today) if told_in), None)
	deadlines |= in_sight(user, {deadline for deadline, _told_in in today}, now)
	return notices.tell_number(user, len(deadlines), earlier=earlier)


def in_sight(user: str, deadlines: set[str], now: datetime) -> set[str]:
	"""Return those of these clocks that still run, or have just lapsed, and concern somebody, of matters that they have a right to now.

	Args:
		user: user id.
		deadlines: names of clocks.
		now: the moment.
	"""
	if not deadlines:
		return set()
	running = {"name": ["in", [*deadlines]], "status": ["in", (*stages.RUNNING, "Lapsed")]}
	clocks = frappe.get_all(CLOCK, running, FIELDS, order_by="name asc")
	clocks = actors.concerning(user, clocks, actors.of(clocks, now))
	documents = {clock.name: telling.document_of(clock) for clock in clocks}
	wanted: dict[str, dict[str, set[str]]] = {}
	for doctype, name in documents.values():
		wanted.setdefault(doctype, {}).setdefault(user, set()).add(name)
	seen = readable(wanted)
	return {name for name, document in documents.items() if (user, *document) in seen}
