"""Sweeps in processes of their own, for the fault tests; see doomed_sweep."""

import os
import subprocess
import sys
import time
from pathlib import Path

import frappe


def start(moment, size: int, **environment: str) -> subprocess.Popen:
	"""Start a sweep in a process of its own; see doomed_sweep."""
	return subprocess.Popen(
		[sys.executable, str(Path(__file__).with_name("doomed_sweep.py"))],
		env={
			**os.environ,
			"SWEEP_MOMENT": moment.isoformat(),
			"SWEEP_SIZE": str(size),
			"PYTHONPATH": os.pathsep.join(sys.path),
			**environment,
		},
		stdin=subprocess.PIPE,
		stdout=subprocess.PIPE,
		stderr=subprocess.PIPE,
		text=True,
	)


def doomed(moment, size: int, point: str, how: str) -> None:
	"""Sweep in a process that dies at a point."""
	process = start(moment, size, DOOM_POINT=point, DOOM_HOW=how)
	output, errors = process.communicate(timeout=120)
	assert "reached" in output, errors[-2000:]
	assert process.returncode != 0


def until_one_waits() -> None:
	"""Come back when another connection asks for the notices that are to be told, and has to wait."""
	end = time.monotonic() + 60
	waiting = (
		"select count(*) from information_schema.processlist"
		" where id <> connection_id() and info like '%SV Deadline Notice%for update' and time_ms > 100"
	)
	while not frappe.db.sql(waiting)[0][0]:
		assert time.monotonic() < end, "nothing waits"
