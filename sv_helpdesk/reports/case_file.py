"""Reads a year's file of cases and says everything that is wrong with it, before anything is loaded.

The file holds codes only. Messages name the row and the field; what stands there is shown only if it
looks like a code, because somebody may have typed a name into the wrong field.
"""

import json
import re
from collections.abc import Callable, Container, Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sv_helpdesk.reports import codes

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
CODE = re.compile(r"[A-Za-z0-9_.-]{1,50}")
NAME = re.compile(r"[^<>\x00-\x1f]{1,140}")
MOST_EMPLOYEES = 10_000_000
LISTS = ("reports", "referrals", "advice_requests", "decision_tables", "faculty_phd_confidant_reports")


class CaseFileError(ValueError):
	"""A file can't be used; `problems` has a sentence for everything that is wrong with it."""

	def __init__(self, problems: list[str]):
		super().__init__("\n".join(problems))
		self.problems = problems


class Field(NamedTuple):
	"""One field of a row: what is wrong with a value, and whether it may be left out or be null."""

	problem: Callable[[object], str | None]
	optional: bool = False
	nullable: bool = False


def read_json(path: Path) -> dict:
	"""Return the object that a JSON file holds.

	Raises:
		CaseFileError: there is no such file, it isn't JSON, it holds something else or a key twice.
	"""
	try:
		text = path.read_text(encoding="utf-8-sig")
		data = json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
	except OSError as error:
		raise CaseFileError([f"{path} can't be read: {error.strerror}."]) from None
	except UnicodeDecodeError:
		raise CaseFileError([f"{path} is not text in UTF-8."]) from None
	except json.JSONDecodeError as error:
		where = f"line {error.lineno}, column {error.colno}"
		raise CaseFileError([f"{path} is not JSON: {error.msg} ({where})."]) from None
	except RecursionError:
		raise CaseFileError([f"{path} is nested too deeply to be a file of this form."]) from None
	except ValueError as error:
		raise CaseFileError([f"{path}: {error}"]) from None
	if not isinstance(data, dict):
		raise CaseFileError([f"{path} holds something else than a JSON object."])
	return data


def problems_of(data: dict, categories: Iterable[str], today: date) -> list[str]:
	"""Return a sentence for everything that is wrong with the cases of a year.

	Args:
		data: what the file holds.
		categories: codes a main category may have.
		today: nothing in the file can have happened later.
	"""
	return _Checks(data, categories, today).problems()


def is_number(value: object) -> bool:
	"""Tell whether a JSON value is a number (true and false aren't)."""
	return isinstance(value, int | float) and not isinstance(value, bool)


class _Checks:
	def __init__(self, data: dict, categories: Iterable[str], today: date):
		self.data = data
		self.categories = categories
		self.today = today
		self.found: list[str] = []

	def problems(self) -> list[str]:
		if self._head():
			self.first_desks = {
				row["key"]: row.get("first_desk") for row in self.data["reports"] if _has_key(row)
			}
			self.fields = self._fields()
			for name in LISTS:
				for number, row in enumerate(self.data[name], start=1):
					self._row(name, number, row)
			self._keys()
		return self.found

	def _head(self) -> bool:
		"""Check what stands outside the lists; tell whether the rows can be checked at all."""
		year = self.data.get("year")
		if not (_is_count(year) and 1900 <= year <= self.today.year):
			self.found.append("year is missing, or is no year from 1900 up to this one.")
			return False
		known = {"year", "employees_total", "note", f"published_figures_of_{year - 1}", *LISTS}
		self._names("The file", self.data, {*known} - {"note", f"published_figures_of_{year - 1}"}, known)
		employees = self.data.get("employees_total", 0)
		if not (_is_count(employees) and employees <= MOST_EMPLOYEES):
			self.found.append(f"employees_total is not a whole number from 0 to {MOST_EMPLOYEES}.")
		for name in LISTS:
			if name in self.data and not isinstance(self.data[name], list):
				self.found.append(f"{name} is not a list.")
		return all(isinstance(self.data.get(name), list) for name in LISTS)

	def _fields(self) -> dict[str, dict[str, Field]]:
		year = self.data["year"]
		first, last = date(year, 1, 1), min(date(year, 12, 31), self.today)
		in_year = Field(_day(first, last))
		requests = {row["key"] for row in self.data["advice_requests"] if _has_key(row)}
		key, text, check = Field(_key), Field(_text), Field(_boolean, optional=True, nullable=True)
		report = Field(_reference("reports", self.first_desks))
		return {
			"reports": {
				"key": key,
				"received_on": in_year,
				"main_category": Field(_code(self.categories)),
				"criminal_offence": check,
				"follow_up": Field(_code(codes.FOLLOW_UP)),
				"first_desk": Field(_code(codes.DESKS)),
				"channel": Field(_code(codes.CHANNEL)),
				"confidentiality": Field(_code(codes.CONFIDENTIALITY)),
				"accused_position": Field(_code(codes.ACCUSED_POSITION)),
				"unit": text,
				"reporters": Field(_rows),
			},
			"reporters": {
				"staff_group": Field(_code(codes.STAFF_GROUP)),
				"contract": Field(_code(codes.CONTRACT)),
				"gender": Field(_code(codes.GENDER)),
			},
			"referrals": {
				"report": report,
				"to": Field(_code(codes.REFERRED_TO)),
				"referred_on": in_year,
			},
			"advice_requests": {
				"key": key,
				"desk": Field(_code(codes.DESKS)),
				"asked_by": Field(_code(codes.ASKED_BY)),
				"topic": Field(_code(codes.ADVICE_TOPIC)),
				"asked_on": in_year,
			},
			"decision_tables": {
				"key": key,
				"opened_on": Field(_day(None, last)),
				"closed_on": Field(_day(first, last), optional=True, nullable=True),
				"still_running": check,
				"outcome": Field(_code(codes.TABLE_OUTCOME), nullable=True),
				"from_advice_request": Field(
					_reference("advice_requests", requests), optional=True, nullable=True
				),
				"cases": Field(_rows),
			},
			"cases": {
				"subject": Field(_code(codes.TABLE_SUBJECT)),
				"kind": Field(_code(codes.TABLE_KIND)),
				"reports": Field(_references(report.problem)),
			},
			"faculty_phd_confidant_reports": {
				"confidant": Field(_confidant),
				"about": Field(_code(codes.ACCUSED_POSITION)),
			},
		}

	def _row(self, name: str, number: int, row: object, parent: str = "") -> None:
		where = f"{parent}row {number} of {name}"
		if not isinstance(row, dict):
			self.found.append(f"{where} is not an object.")
			return
		if _has_key(row):
			where = f"{_shown(row['key']) or 'key'} ({where})"
		fields = self.fields[name]
		self._names(where, row, {key for key, field in fields.items() if not field.optional}, fields)
		good = set()
		for fieldname, field in fields.items():
			if fieldname not in row:
				continue
			value = row[fieldname]
			problem = None if value is None and field.nullable else field.problem(value)
			if problem:
				self.found.append(f"{where}: {fieldname} {problem}.")
			else:
				good.add(fieldname)
		if name == "decision_tables":
			self._table(where, row, good)
		if name == "referrals" and {"report", "to"} <= good:
			self._hand_over(where, row)
		for inner in ("reporters", "cases"):
			if inner in good:
				for inner_number, inner_row in enumerate(row[inner], start=1):
					self._row(inner, inner_number, inner_row, f"{where}, ")

	def _table(self, where: str, row: dict, good: set[str]) -> None:
		if row.get("outcome", "") is None and not row.get("still_running"):
			self.found.append(
				f"{where}: outcome is null, but still_running isn't true. Enter one of the two."
			)
		if not row.get("closed_on") or "closed_on" not in good:
			return
		if row.get("still_running"):
			self.found.append(
				f"{where}: still_running is true, but closed_on has a date. Remove one of them."
			)
		if "opened_on" in good and row["closed_on"] < row["opened_on"]:
			self.found.append(f"{where}: closed_on is before opened_on.")

	def _hand_over(self, where: str, row: dict) -> None:
		desk = codes.REFERRED_TO[row["to"]].desk
		if desk and desk == self.first_desks[row["report"]]:
			self.found.append(f"{where}: the desk that the report came to can't hand it over to itself.")

	def _keys(self) -> None:
		"""Reports and advice requests share their keys: both become cases."""
		for names in (("reports", "advice_requests"), ("decision_tables",)):
			seen: set[str] = set()
			for name in names:
				for number, row in enumerate(self.data[name], start=1):
					if _has_key(row) and row["key"] in seen:
						shown = _shown(row["key"]) or "key"
						self.found.append(f"{shown} (row {number} of {name}): another row has the same key.")
					elif _has_key(row):
						seen.add(row["key"])

	def _names(self, where: str, row: dict, required: Iterable[str], known: Iterable[str]) -> None:
		for name in sorted(set(required) - set(row)):
			self.found.append(f"{where}: the key {name} is missing.")
		for name in sorted(set(row) - set(known)):
			shown = _shown(name) or "(not shown)"
			self.found.append(f"{where}: the key {shown} is unknown. Known are: {', '.join(sorted(known))}.")


def _object(pairs: list[tuple[str, object]]) -> dict:
	result = dict(pairs)
	if len(result) < len(pairs):
		names = [name for name, _value in pairs]
		twice = sorted({_shown(name) or "(not shown)" for name in names if names.count(name) > 1})
		raise ValueError(f"an object has a key twice: {', '.join(twice)}.")
	return result


def _no_number(name: str) -> None:
	raise ValueError(f"{name} is not a number that can be counted with.")


def _has_key(row: object) -> bool:
	return isinstance(row, dict) and isinstance(row.get("key"), str) and bool(row["key"])


def _is_count(value: object) -> bool:
	return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _shown(value: object) -> str:
	return value if isinstance(value, str) and CODE.fullmatch(value) else ""


def _key(value: object) -> str | None:
	return None if isinstance(value, str) and CODE.fullmatch(value) else "is not a short word without spaces"


def _text(value: object) -> str | None:
	good = isinstance(value, str) and NAME.fullmatch(value) and value.strip() == value
	return None if good else "is not a name of 1 to 140 characters without < and >"


def _boolean(value: object) -> str | None:
	return None if isinstance(value, bool) else "is neither true nor false"


def _confidant(value: object) -> str | None:
	return None if _is_count(value) else _key(value) and "is neither a number nor a short word without spaces"


def _rows(value: object) -> str | None:
	return None if isinstance(value, list) and value else "is not a list with at least one entry"


def _code(known: Iterable[str]) -> Callable[[object], str | None]:
	def problem(value: object) -> str | None:
		if isinstance(value, str) and value in known:
			return None
		shown = _shown(value)
		return f"has an unknown code{f' {shown}' if shown else ''}. Known are: {', '.join(sorted(known))}"

	return problem


def _reference(name: str, keys: Container[str]) -> Callable[[object], str | None]:
	def problem(value: object) -> str | None:
		if isinstance(value, str) and value in keys:
			return None
		shown = _shown(value)
		return f"names{f' {shown},' if shown else ' something'} which is not a key of {name}"

	return problem


def _references(problem_of_one: Callable[[object], str | None]) -> Callable[[object], str | None]:
	def problem(value: object) -> str | None:
		if not isinstance(value, list):
			return "is not a list"
		wrong = next(filter(None, map(problem_of_one, value)), None)
		if wrong:
			return wrong
		return "names a report twice" if len(set(value)) < len(value) else None

	return problem


def _day(first: date | None, last: date) -> Callable[[object], str | None]:
	def problem(value: object) -> str | None:
		try:
			if not (isinstance(value, str) and DAY.fullmatch(value)):
				raise ValueError
			day = date.fromisoformat(value)
		except ValueError:
			return "is not a date of the form YYYY-MM-DD"
		if day > last:
			return f"is {day}, after {last}"
		return f"is {day}, before {first}" if first and day < first else None

	return problem
