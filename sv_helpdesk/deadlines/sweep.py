"""The sweep: every five minutes, what has become due of all running clocks.

It touches only the rows that are due (`next_at`, an index), a batch at a time, without loading a document. New
stages and the rows of who is told are written in one transaction, so each stage is told exactly once: a sweep
that dies leaves nothing half, and the next one does the same again. Two at once pass over each other's rows.
The moment is an argument; the database is never asked what time it is.

It commits after each batch, in a job of its own and after nothing else: a sweep that catches up after an
outage keeps no rows locked that people wait for, and what it has done stays done. What was missed is told in
the order in which it would have been told (`next_at`), each clock once, with its present stage (see stages).
"""

from collections.abc import Callable
from datetime import datetime

import frappe
from frappe.utils import now_datetime
from frappe.utils.background_jobs import enqueue as enqueue_job

from sv_helpdesk.crypto import key_ring
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.deadlines import answers, delivery, history, telling
from sv_helpdesk.deadlines.clocks import show
from sv_helpdesk.deadlines.desk_time import DeskTime
from sv_helpdesk.deadlines.kinds import NOBODYS
from sv_helpdesk.deadlines.stages import BREACHED, RUNNING, Stage, stage_at

BATCH = 1000
JOB = "sv_deadline_sweep"
# ends before the next one starts
MOST_SECONDS = 240
COLUMNS = (
	*("name", "report", "decision_table", "desk", "document_type", "document_name", "kind"),
	*("deadline_owner", "status", "due_at", "warn_at", "stage"),
)


def enqueue() -> None:
	"""Every five minutes: sweep in a job of its own, unless one waits or runs."""
	enqueue_job(
		"sv_helpdesk.deadlines.sweep.run",
		queue="short",
		timeout=MOST_SECONDS,
		job_id=JOB,
		deduplicate=True,
		enqueue_after_commit=True,
	)


def run(moment: datetime | None = None, size: int = BATCH) -> int:
	"""Bring every clock that is due to its present stage, then tell people; return how many clocks.

	Args:
		moment: local time without a zone; now where not given.
		size: of a batch.
	"""
	# without the key file nobody has rights, so nobody would be told: it waits
	if not key_ring.is_usable():
		return 0
	be_quiet()
	now, desk_time = moment or now_datetime(), DeskTime()
	seen = _repeat(lambda: answers.batch(now, size)) + _repeat(lambda: batch(now, size, desk_time))
	failed: set[str] = set()
	_repeat(lambda: delivery.deliver(now, failed))
	return seen


def batch(now: datetime, size: int = BATCH, desk_time: DeskTime | None = None) -> int:
	"""Bring at most `size` clocks to their present stage in this transaction; return how many were due."""
	clocks = _due(now, size)
	if not clocks:
		return 0
	desk_time = desk_time or DeskTime()
	reached = {clock.name: stage_at(clock, now, desk_time) for clock in clocks}
	_move(clocks, reached)
	risen = [clock for clock in clocks if reached[clock.name].stage > clock.stage]
	stages = {name: stage.stage for name, stage in reached.items()}
	history.note(history.told(risen, stages), now)
	telling.write(telling.notices_of(risen, stages, now), now)
	# what runs late now has failed in the queue of tickets, too
	show(clock for clock in risen if stages[clock.name] == BREACHED)
	return len(clocks)


def _due(now: datetime, size: int) -> list:
	"""Lock and return the clocks that are due, the longest due first, without those another sweep has.

	An answer or appeal that didn't come is left to `answers`, which locks its document's other clocks with it.
	"""
	return frappe.db.sql(
		f"select {', '.join(f'`{column}`' for column in COLUMNS)} from `tabSV Deadline`"
		" where `next_at` <= %s and not (`kind` in %s and `due_at` <= %s)"
		" order by `next_at`, `name` limit %s for update skip locked",
		(now, NOBODYS, now, size),
		as_dict=True,
	)


def _move(clocks: list, reached: dict[str, Stage]) -> None:
	"""Write where the clocks stand now by one statement; the rows are locked, so that each is there."""
	values = []
	for clock in clocks:
		stage, next_at = reached[clock.name]
		breached = clock.status in RUNNING and stage >= BREACHED
		status = "Breached" if breached else clock.status
		values += [clock.name, stage, next_at, status, clock.due_at if breached else None]
	# an update of many rows with values of their own; the moment of change stays, so that open forms can be saved
	frappe.db.sql(
		"insert into `tabSV Deadline` (`name`, `stage`, `next_at`, `status`, `breached_at`)"
		f" values {', '.join(['(%s, %s, %s, %s, %s)'] * len(clocks))}"
		" on duplicate key update `stage` = values(`stage`), `next_at` = values(`next_at`),"
		" `status` = values(`status`), `breached_at` = ifnull(`breached_at`, values(`breached_at`))",
		values,
	)


def _repeat(step: Callable[[], int]) -> int:
	"""Take a step in a transaction of its own until it finds nothing more; return how much it found.

	The transactions lock rows and not the gaps between them: over those two sweeps would wait for each other
	crosswise, and new clocks for the sweep.
	"""
	total = 0
	while True:
		frappe.db.sql("rollback")
		frappe.db.sql("set transaction isolation level read committed")
		found = step()
		frappe.db.commit()
		if not found:
			return total
		total += found
