"""Sweeps in a process of its own that dies at a named point, or in two that meet.

Environment: DEV_SITE, SWEEP_MOMENT (ISO), SWEEP_SIZE (of a batch), DOOM_POINT and DOOM_HOW as doomed_intake has
them (no point: it lives). SWEEP_GATE: a file; the sweep waits until it is there after it has chosen its rows.
"""

import os
from datetime import datetime
from pathlib import Path

from doomed_intake import doom

import frappe

from sv_helpdesk.deadlines import sweep


def wait_at(gate: Path) -> None:
	"""Let the sweep say that it holds rows, and wait for the test."""
	due = sweep._due

	def chosen(*args):
		clocks = due(*args)
		print(f"holds {len(clocks)}", flush=True)
		while not gate.exists():
			os.sched_yield()
		return clocks

	sweep._due = chosen


def main() -> None:
	"""Sweep once, as the job does."""
	frappe.init(os.environ["DEV_SITE"])
	frappe.connect()
	if point := os.environ.get("DOOM_POINT"):
		doom(point, os.environ["DOOM_HOW"])
	if gate := os.environ.get("SWEEP_GATE"):
		wait_at(Path(gate))
	seen = sweep.run(datetime.fromisoformat(os.environ["SWEEP_MOMENT"]), int(os.environ["SWEEP_SIZE"]))
	print(f"seen {seen}", flush=True)


if __name__ == "__main__":
	main()
