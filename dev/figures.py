"""Loads a year's cases into the site DEV_SITE and compares the figures counted there with published ones.

`make figures YEAR=2024 [CASES=file EXPECTED=file]` runs it on an empty site, in the sites folder.
"""

import os
import sys
import traceback
from pathlib import Path

import frappe

from dev.layout import LOGS, ROOT
from sv_helpdesk.reports.case_file import CaseFileError, is_number, read_json
from sv_helpdesk.reports.flat import figures
from sv_helpdesk.reports.taking_over import take_over

LOG = LOGS / "figures-traceback.log"


def compare(expected: dict, counted: dict, name: str = "") -> list[tuple[str, object, object]]:
	"""Put published and counted figures side by side.

	Args:
		expected: published figures.
		counted: figures counted, which may be more.
		name: where in the whole both are.

	Returns:
		A row per published figure: its name, published, counted.

	Raises:
		CaseFileError: what is published is no figure that is counted; all of them.
	"""
	result, problems = [], []
	for key, value in expected.items():
		path = f"{name}.{key}" if name else key
		if key not in counted:
			problems.append(f"{path} is not a figure that is counted here.")
		elif isinstance(value, dict) and isinstance(counted[key], dict):
			try:
				result += compare(value, counted[key], path)
			except CaseFileError as error:
				problems += error.problems
		elif isinstance(counted[key], dict):
			problems.append(f"{path} is a group of figures, but one value is given.")
		elif value is not None and not is_number(value):
			problems.append(f"{path} is one figure, and no number is given.")
		else:
			result.append((path, value, counted[key]))
	if problems:
		raise CaseFileError(problems)
	return result


def table(compared: list[tuple[str, object, object]]) -> str:
	"""Return the lines to print: a line per figure, and how many are equal."""
	width = max(len(name) for name, _published, _counted in compared)
	lines = [f"{'figure':{width}}  {'published':>9}  {'computed':>9}"]
	for name, published, counted in compared:
		mark = "" if published == counted else "  differs"
		lines.append(f"{name:{width}}  {_shown(published):>9}  {_shown(counted):>9}{mark}")
	equal = sum(published == counted for _name, published, counted in compared)
	return "\n".join([*lines, "", f"{equal} of {len(compared)} equal"])


def run(year: str, cases: str | Path | None = None, expected: str | Path | None = None) -> bool:
	"""Load, count, compare and print.

	Args:
		year: as typed.
		cases: file of the year's cases; our own of that year when left out.
		expected: file of the published figures; our own of that year when left out.

	Returns:
		Whether all figures are equal.

	Raises:
		CaseFileError: one of the three can't be used; nothing was loaded.
	"""
	if not (year.isascii() and year.isdigit() and len(year) == 4):
		raise CaseFileError(["YEAR is not a year in four digits, such as 2024."])
	cases = _file("CASES", cases, f"um{year}_cases")
	expected = _file("EXPECTED", expected, f"um{year}_expected")
	published, data = read_json(expected), read_json(cases)
	if str(data.get("year")) != year:
		raise CaseFileError([f"{cases} is not about {year}: its year is missing or another one."])
	made = take_over(cases)
	frappe.db.commit()
	print(f"Loaded {sum(made.values())} documents from {cases}\n")
	compared = compare(published, figures(int(year)))
	if not compared:
		raise CaseFileError([f"{expected} names no figure."])
	print(table(compared))
	return all(value == counted for _name, value, counted in compared)


def main() -> int:
	"""Run with what the environment says; errors are a line each. Returns the exit code."""
	frappe.init(os.environ["DEV_SITE"])
	frappe.connect()
	try:
		values = (os.environ.get(name, "") for name in ("YEAR", "CASES", "EXPECTED"))
		return 0 if run(*values) else 1
	except CaseFileError as error:
		return _failed(error.problems)
	except frappe.ValidationError as error:
		return _failed([f"A document was refused, so nothing was loaded: {error}"])
	except Exception as error:
		LOG.write_text(traceback.format_exc())
		return _failed([f"It stopped unexpectedly ({type(error).__name__}). The traceback is in {LOG}."])
	finally:
		frappe.destroy()


def _file(variable: str, given: str | Path | None, name: str) -> Path:
	file = ROOT / (given or f"fixtures/{name}.json")
	if not file.is_file():
		raise CaseFileError([f"There is no file {file}. Say which one with {variable}=file."])
	return file


def _shown(value: object) -> str:
	return "-" if value is None else str(value)


def _failed(problems: list[str]) -> int:
	sys.stdout.flush()
	for problem in problems:
		print(f"Error: {problem}", file=sys.stderr)
	return 1


if __name__ == "__main__":
	sys.exit(main())
