"""What the sweep costs, side by side with a bare SELECT, bulk writing and a loop over documents, in one run.

`make bench-deadlines` runs it on an empty site, in the sites folder. Rows read and queries are the server's own
counters of this connection.
"""

import logging
import os
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import NamedTuple

import cssutils

import frappe

from dev.deadline_world import CLOCK, NOW, grow_to, make_desks_and_cases, set_due
from dev.goals import told
from sv_helpdesk.deadlines import delivery, history, stages, sweep, telling
from sv_helpdesk.deadlines.desk_time import DeskTime

OPEN = (10_000, 100_000, 1_000_000)
MEASURED = 100_000
DUE = 1_000
MANY_DUE = 4_000
ROUNDS = 7
MOST_OF_BARE, LEAST_OF_LOOP, TOLERATED = 3, 20, 1.2


class Cost(NamedTuple):
	"""What something took."""

	seconds: float
	queries: int
	rows: int


def cost_of(work: Callable[[], object]) -> Cost:
	"""Do something and return what it took."""
	before, start = _status(), time.perf_counter()
	work()
	seconds, after = time.perf_counter() - start, _status()
	rows = sum(after[name] - before[name] for name in after if name.startswith("Handler_read"))
	# the question itself is one statement
	return Cost(seconds, after["Questions"] - before["Questions"] - 1, rows)


def _status() -> dict[str, int]:
	rows = frappe.db.sql(
		"show session status where variable_name = 'Questions' or variable_name like 'Handler_read%'"
	)
	return {name: int(value) for name, value in rows}


def swept() -> None:
	"""Sweep as the job does, without telling people what the sweep found."""
	desk_time = DeskTime()
	sweep._repeat(lambda: sweep.batch(NOW, sweep.BATCH, desk_time))


def selected() -> list:
	"""Select the due rows, and nothing else."""
	columns = ", ".join(f"`{column}`" for column in sweep.COLUMNS)
	return frappe.db.sql(
		f"select {columns} from `tabSV Deadline` where `next_at` <= %s order by `next_at`, `name`",
		(NOW,),
		as_dict=True,
	)


def bare_writing() -> tuple[Callable[[], None], list]:
	"""Return what writes the same rows as a sweep, with all that it has to find out known already."""
	clocks, desk_time = selected(), DeskTime()
	reached = {clock.name: stages.stage_at(clock, NOW, desk_time) for clock in clocks}
	numbers = {name: stage.stage for name, stage in reached.items()}
	notices, events = telling.notices_of(clocks, numbers, NOW), history.told(clocks, numbers)

	def write() -> None:
		sweep._move(clocks, reached)
		history.note(events, NOW)
		telling.write(notices, NOW)
		frappe.db.commit()

	return write, notices


def loop() -> None:
	"""Load and save each due clock, as one would without a sweep; nobody is told."""
	for clock in selected():
		doc = frappe.get_doc("SV Deadline", clock.name)
		doc.stage += 1
		doc.next_at = doc.due_at
		doc.save()
		frappe.db.commit()


def run() -> list[tuple[str, bool]]:
	"""Measure everything, print it, and return the goals with whether each is met."""
	print(f"{'open clocks':>12} {'due':>6} {'queries':>8} {'rows read':>10} {'sweep':>10}")
	costs: dict[tuple[int, int], Cost] = {}
	goals: list[tuple[str, bool]] = []
	for number in OPEN:
		grow_to(number)
		if number == OPEN[0]:
			# what a worker knows after its first sweep
			set_due(DUE)
			swept()
		for due in (DUE, MANY_DUE):
			set_due(due)
			costs[number, due] = cost = cost_of(swept)
			print(
				f"{number:12,} {due:6,} {cost.queries:8,} {cost.rows:10,} {cost.seconds * 1000:7.0f} ms",
				flush=True,
			)
		if number == MEASURED:
			goals += _side_by_side()
	few, many, more_due = costs[OPEN[0], DUE], costs[OPEN[-1], DUE], costs[OPEN[-1], MANY_DUE]
	return [
		*goals,
		("a hundred times as many open clocks: no more rows read", many.rows <= few.rows * TOLERATED),
		("a hundred times as many open clocks: no more queries", many.queries <= few.queries),
		(
			"rows read grow with the rows that are due, no faster",
			more_due.rows <= many.rows * MANY_DUE / DUE * TOLERATED,
		),
	]


def _side_by_side() -> list[tuple[str, bool]]:
	"""Measure the sweep, the bare statements and the loop in turns, over the same due rows."""
	rounds = []
	for _round in range(ROUNDS):
		set_due(DUE)
		select = cost_of(selected)
		write, notices = bare_writing()
		writing = cost_of(write)
		set_due(DUE)
		rounds.append((select.seconds, writing.seconds, cost_of(swept).seconds))
	told_once = _told_once(len(notices))
	telling_people = cost_of(lambda: delivery.deliver(NOW, set()))
	frappe.db.commit()
	set_due(DUE)
	looped = cost_of(loop)
	select, writing, swept_in = (median(times) for times in zip(*rounds, strict=True))
	ratio = median(sweep_ / (select_ + writing_) for select_, writing_, sweep_ in rounds)
	for title, seconds in (
		("bare SELECT of the due rows", select),
		("bulk writing of the same rows and notices", writing),
		("the sweep", swept_in),
		("loading and saving each document", looped.seconds),
		("telling people (a second job's work)", telling_people.seconds),
	):
		print(f"  {title:45} {seconds * 1000:9.1f} ms")
	print(
		f"  the sweep is {ratio:.2f} x SELECT and writing, and {looped.seconds / swept_in:.0f} x as fast as the loop"
	)
	return [
		(f"at most {MOST_OF_BARE} x SELECT and writing", ratio <= MOST_OF_BARE),
		(f"at least {LEAST_OF_LOOP} x as fast as the loop", looped.seconds >= swept_in * LEAST_OF_LOOP),
		("each due clock was told once to each, and nothing is left", told_once),
	]


def _told_once(expected: int) -> bool:
	told = frappe.db.sql(
		"select count(*), count(distinct `deadline`, `user`), count(distinct `deadline`) from `tabSV Deadline Notice`"
	)[0]
	left = frappe.db.sql("select count(*) from `tabSV Deadline` where `next_at` <= %s", (NOW,))[0][0]
	return (
		told == (expected, expected, DUE) and left == 0 and bool(frappe.db.exists("SV Deadline", CLOCK % DUE))
	)


def main() -> int:
	"""Run in the site DEV_SITE; return 0 if every goal is met."""
	frappe.init(os.environ["DEV_SITE"])
	frappe.connect()
	# the host's style sheet of mails is none of ours
	cssutils.log.setLevel(logging.CRITICAL)
	try:
		make_desks_and_cases()
		goals = run()
	finally:
		frappe.destroy()
	return told(goals)


if __name__ == "__main__":
	sys.exit(main())
