"""Runs tau-Argus on one plain table: `python judge_of_suppression.py THRESHOLD COUNTS`, in a folder of its own.

It writes the records, its tables and its logs into the folder it is started in, so it is a process that a test starts
in a folder that is removed after it. Prints the hidden cells as JSON: row and column from 0, null for a total.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path


def main(threshold: int, counts: list[list[int]]) -> list[tuple[int | None, int | None]]:
	"""Return the cells that the cheapest protection of a table hides."""
	from pytauargus import protect
	from pytauargus.engine import run_batch
	from pytauargus.result import TableResult

	records = [
		{"row": f"r{row}", "column": f"c{column}", "cases": 1.0}
		for row, line in enumerate(counts)
		for column, count in enumerate(line)
		for _case in range(count)
	]
	rule = f"FREQ({threshold},30)"
	files = protect(
		records, ["row", "column"], response="cases", safety_rules=rule, workdir=".", run=False
	).files
	Path("asked.hst").write_text("\n".join(asked(threshold, counts)))
	batch = Path(files["arb"])
	before = '<APRIORI> "asked.hst",1,";",0,0\n<SUPPRESS>'
	batch.write_text(batch.read_text().replace("<SUPPRESS>", before, 1))
	run_batch(str(batch))
	result = TableResult(path=files["tab1"], exp_vars=["row", "column"], response="cases")
	return [
		(number(cell["row"]), number(cell["column"])) for cell in result.rows if cell["status"] in ("U", "M")
	]


def asked(threshold: int, counts: list[list[int]]) -> Iterator[str]:
	"""Yield the same protection and the same prices as ours: from none to the threshold."""
	wide = [[*line, sum(line)] for line in counts]
	wide.append([sum(column) for column in zip(*wide, strict=True)])
	protection = []
	for row, line in enumerate(wide):
		for column, count in enumerate(line):
			name = (
				f"{'' if row == len(counts) else f'r{row}'};{'' if column == len(line) - 1 else f'c{column}'}"
			)
			yield f"{name};W;{2 + count**0.5}"
			if 0 < count < threshold:
				protection.append(f"{name};PL;{count};{threshold - count}")
	yield from protection


def number(code: str) -> int | None:
	"""Return the number of a row or column; None is the total."""
	return int(code[1:]) if code[1:].isdigit() else None


if __name__ == "__main__":
	print(json.dumps(main(int(sys.argv[1]), json.loads(sys.argv[2]))))
