"""Sweeps in a process of its own that dies at a named point, or in two that meet.

Environment: DEV_SITE, SWEEP_MOMENT (ISO), SWEEP_SIZE (of a batch), DOOM_POINT and DOOM_HOW as doomed_intake has
them (no point: it lives). SWEEP_WAITS: "sweep._due" or "delivery._waiting"; after it has
chosen its rows there it waits for a line on its input.
"""

import os
import sys
from datetime import datetime

from doomed_intake import doom

import frappe

from sv_helpdesk.deadlines import delivery, sweep


def wait_for_a_line(where: str) -> None:
	"""Let the sweep say that it holds rows, and wait for the test, or for its end."""
	module = {"sweep": sweep, "delivery": delivery}[where.partition(".")[0]]
	name = where.partition(".")[2]
	choose = getattr(module, name)

	def chosen(*args):
		rows = choose(*args)
		print(f"holds {len(rows)}", flush=True)
		sys.stdin.readline()
		return rows

	setattr(module, name, chosen)


def main() -> None:
	"""Sweep once, as the job does."""
	frappe.init(os.environ["DEV_SITE"])
	frappe.connect()
	if point := os.environ.get("DOOM_POINT"):
		doom(point, os.environ["DOOM_HOW"])
	if where := os.environ.get("SWEEP_WAITS"):
		wait_for_a_line(where)
	seen = sweep.run(datetime.fromisoformat(os.environ["SWEEP_MOMENT"]), int(os.environ["SWEEP_SIZE"]))
	print(f"seen {seen}", flush=True)


if __name__ == "__main__":
	main()
