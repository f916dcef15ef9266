"""Reads what stands in a cell, by the kind of its column."""

import re
from datetime import date, datetime, time

from frappe import _
from frappe.utils import cstr

from sv_helpdesk.importing.cells import Broken, Formula, is_empty
from sv_helpdesk.importing.columns import (
	CHECK,
	CODES,
	DAY,
	KEYED,
	LONGEST_KEY,
	LONGEST_NAME,
	LONGEST_TEXT,
	TEXT,
	WORD,
	WORDS,
	Column,
	Sheet,
)
from sv_helpdesk.importing.words import NO, YES, Words

# a key is a number of the file it comes from, never a name
A_KEY = re.compile(rf"(?=.*\d)[A-Za-z0-9_./-]{{1,{LONGEST_KEY}}}")
A_DAY = (
	re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
	re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})"),
)
AN_HOUR = re.compile(r"(?P<day>\S+)[ T](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?")
FIRST_YEAR = 1950
SEVERAL = re.compile(r"[;\n]")


class Unreadable(ValueError):
	"""A cell can't be read; says how to mend it."""


def read(cell: object, sheet: Sheet, column: Column, words: Words):
	"""Return what a cell says: text, code, list of codes, moment, 0 or 1; None where nothing stands.

	Args:
		cell: as the file has it.
		sheet: of the column.
		column: the cell's.
		words: of the desk.

	Raises:
		Unreadable: it says nothing that could stand there.
	"""
	if cell is Formula:
		raise Unreadable(_("This cell holds a formula. Put in what it comes to."))
	if cell is Broken:
		raise Unreadable(_("This cell holds an error of the spreadsheet program. Correct it."))
	if is_empty(cell):
		if column.needed:
			raise Unreadable(_("This cell is empty. Fill it in."))
		return None
	if column.kind == DAY:
		return _moment(cell)
	text = as_text(cell)
	if column.kind == KEYED:
		return _key(text)
	if column.kind == CHECK:
		return _yes_or_no(text)
	if column.kind in (WORD, WORDS):
		return _word(text, sheet, column, words)
	return _text(text, LONGEST_TEXT if column.kind == TEXT else LONGEST_NAME)


def as_text(cell: object) -> str:
	"""Return a cell as who filled it in reads it; a number without the decimals that it hasn't."""
	if isinstance(cell, float) and cell.is_integer():
		return f"{cell:.0f}"
	return cstr(cell).strip()


def _key(text: str) -> str:
	if not A_KEY.fullmatch(text):
		raise Unreadable(
			_(
				"A key has letters, digits and the signs - _ . / only, with at least one digit, and at most {0} of them. It must not be a name."
			).format(LONGEST_KEY)
		)
	return text


def _yes_or_no(text: str) -> int:
	if text.casefold() in YES | NO:
		return int(text.casefold() in YES)
	raise Unreadable(_("Write yes or no here, or leave it empty."))


def _word(text: str, sheet: Sheet, column: Column, words: Words) -> str | list[str]:
	several = column.kind != WORD
	parts = [part for part in SEVERAL.split(text) if part.strip()] if several else [text]
	found = [words.meaning(sheet, column, part) for part in parts]
	if None in found:
		raise Unreadable(
			_(
				"What stands here isn't known, or isn't in use any more. Choose one of the words in the sheet {0}."
			).format(_(CODES))
		)
	if len(set(found)) < len(found):
		raise Unreadable(_("A word stands here twice. Take one out."))
	return found if several else found[0]


def _text(text: str, longest: int) -> str:
	if len(text) > longest:
		raise Unreadable(
			_("This text is longer than {0} characters. Shorten it, or add it to the case later.").format(
				longest
			)
		)
	return text


def _moment(cell: object) -> datetime:
	found = cell if isinstance(cell, date) else _written(as_text(cell)) if isinstance(cell, str) else None
	if found is None or found.year < FIRST_YEAR:
		raise Unreadable(_("This is no day that a case can have. Write it as 31-12-2023."))
	found = found if isinstance(found, datetime) else datetime.combine(found, time())
	if found.date() > date.today():
		raise Unreadable(_("This day is still to come. Enter the day on which it really was."))
	return found.replace(second=0, microsecond=0)


def _written(text: str) -> datetime | None:
	hour = AN_HOUR.fullmatch(text)
	text, clock = (hour["day"], (int(hour["hour"]), int(hour["minute"]))) if hour else (text, (0, 0))
	match = next(filter(None, (form.fullmatch(text) for form in A_DAY)), None)
	try:
		return match and datetime(int(match["y"]), int(match["m"]), int(match["d"]), *clock)
	except ValueError:
		return None
