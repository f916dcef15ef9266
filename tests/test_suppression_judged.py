"""Whether we hide more than needed: plain tables against tau-Argus, which finds the cheapest protection there is."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from figure_attacker import told
from figure_tables import ALL, table

from sv_helpdesk.suppression.versions import versions

JUDGE = Path(__file__).with_name("judge_of_suppression.py")
THRESHOLD = 5
# how much more we may hide than it, in cells and in what they count
MARGIN = 1.1


def judged(counts: list[list[int]]) -> set:
	program = [sys.executable, JUDGE, str(THRESHOLD), json.dumps(counts)]
	path = {"PYTHONPATH": os.pathsep.join(sys.path)}
	with TemporaryDirectory() as folder:
		run = subprocess.run(program, cwd=folder, env=path, capture_output=True, text=True, check=True)
	cells = json.loads(run.stdout.splitlines()[-1])
	return {("table", *(ALL if part is None else str(part) for part in cell)) for cell in cells}


def some_table(chance: random.Random) -> list[list[int]]:
	rows, columns = chance.randint(3, 9), chance.randint(3, 7)
	# without zeros, of which the judge knows that nobody can be in them
	return [[max(1, int(chance.expovariate(1 / 25))) for _column in range(columns)] for _row in range(rows)]


def compared(tables: int) -> str:
	"""Hold our hidden cells against the judge's, and return the figures."""
	ours, judges = [0, 0], [0, 0]
	for number in range(tables):
		counts = some_table(random.Random(number))
		system = table(counts)
		(hidden,) = versions(system, [THRESHOLD])
		for sums, cells in ((ours, hidden), (judges, judged(counts))):
			assert told(system, cells, THRESHOLD) == []
			sums[0] += len(cells)
			sums[1] += sum(system.cells[key] for key in cells)
	figures = (
		f"{tables} tables: {ours[0]} cells hidden that count {ours[1]}; the judge {judges[0]}, {judges[1]}"
	)
	assert 0 < ours[0] <= MARGIN * judges[0], figures
	assert 0 < ours[1] <= MARGIN * judges[1], figures
	return figures


def test_we_hardly_hide_more_than_the_judge(capsys):
	pytest.importorskip("pytauargus", reason="it needs Python 3.11")
	with capsys.disabled():
		print(f"\n{compared(4)}")


@pytest.mark.slow
def test_we_hardly_hide_more_than_the_judge_in_many_tables(capsys):
	pytest.importorskip("pytauargus", reason="it needs Python 3.11")
	with capsys.disabled():
		print(f"\n{compared(60)}")
