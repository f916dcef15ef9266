"""A spreadsheet of earlier cases as a coordinator fills it in, and what can be wrong in it."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from sv_helpdesk.importing.columns import CASES, PEOPLE, Sheet

FIRST_ROW = 2


def case_row(number: int, **values) -> dict:
	"""Return the row of a closed report of 2023."""
	return {
		"import_key": f"K-{number}",
		"kind": "Report",
		"status": "Closed",
		"received_at": date(2023, 3, 1) + timedelta(days=number % 200),
		"channel": "E-mail",
		"confidentiality": "Confidential",
		"main_category": "bullying",
		"accused_position": "Colleague",
		"intervention": "Advice",
		"settled_at": date(2023, 11, 1),
		"closed_at": date(2023, 12, 1),
		**values,
	}


def person_row(number: int, **values) -> dict:
	"""Return the row of a reporter of that case."""
	return {"import_key": f"K-{number}", "party_role": "Reporter", "staff_group": "Student", **values}


def workbook(cases: list[dict | None], people: list[dict | None] = (), touch=None) -> bytes:
	"""Return a workbook with these rows; None is an empty one.

	Args:
		cases, people: values by field.
		touch: called with the openpyxl workbook before it is saved.
	"""
	book = Workbook()
	_fill(book.active, CASES, cases)
	_fill(book.create_sheet(), PEOPLE, people)
	if touch:
		touch(book)
	out = BytesIO()
	book.save(out)
	return out.getvalue()


def in_base64(*files: bytes) -> list[str]:
	"""Return files as the page sends them."""
	return [b64encode(file).decode() for file in files]


def letter_of(sheet: Sheet, name: str) -> str:
	"""Return the letter of a field's column."""
	return get_column_letter([column.name for column in sheet.columns].index(name) + 1)


def _fill(page, sheet: Sheet, rows: list[dict | None]) -> None:
	page.title = sheet.title
	page.append([sheet.label(column, "en") for column in sheet.columns])
	for row in rows:
		page.append([(row or {}).get(column.name) for column in sheet.columns])


@dataclass(frozen=True)
class Planted:
	"""Something wrong in one row.

	Attributes:
		sheet: in which sheet.
		name: in the column of which field it is told.
		words: of the sentence that tells it.
		values: of the row, by field.
		alone: whether the case has no row of a person, which would be wrong as well.
	"""

	sheet: Sheet
	name: str
	words: str
	values: dict
	alone: bool = False


def _of_case(name: str, words: str, *value, alone: bool = False, **values) -> Planted:
	return Planted(CASES, name, words, {name: value[0], **values} if value else values, alone)


def _of_person(name: str, words: str, *value, **values) -> Planted:
	return Planted(PEOPLE, name, words, {name: value[0], **values} if value else values)


OPEN = {"status": "Handling", "settled_at": None, "closed_at": None}
FORTY = (
	_of_case("kind", "isn't known", "Rumour"),
	_of_case("kind", "is empty", None),
	_of_case("status", "isn't known", "Lost"),
	_of_case("status", "is empty", None),
	_of_case("received_at", "no day", "31-02-2023"),
	_of_case("received_at", "still to come", date.today() + timedelta(days=1)),
	_of_case("received_at", "no day", date(1901, 1, 1)),
	_of_case("received_at", "is empty", None),
	_of_case("closed_at", "is before", date(2023, 1, 1)),
	_of_case("settled_at", "is before", date(2023, 1, 1)),
	_of_case("closed_at", "is before", "31-10-2023"),
	_of_case("closed_at", "is needed", None),
	_of_case("import_key", "is empty", None, alone=True),
	_of_case("import_key", "as well", "K-1", alone=True),
	_of_case("import_key", "must not be a name", "Jansen", alone=True),
	_of_case("import_key", "must not be a name", "7" * 41, alone=True),
	_of_case("import_key", "taken over before", "OLD-1", alone=True),
	_of_case("unit", "isn't known", "Faculty of Nowhere"),
	_of_case("main_category", "isn't known", "weather"),
	_of_case("main_category", "is needed", None),
	_of_case("further_categories", "also among", "bullying"),
	_of_case("further_categories", "isn't known", "racism; weather"),
	_of_case("further_categories", "twice", "racism; racism"),
	_of_case("channel", "is needed", None),
	_of_case("channel", "isn't known", "Pigeon"),
	_of_case("confidentiality", "can't be anonymous", "Anonymous", kind="Formal complaint"),
	_of_case("accused_informed_on", "Only a formal complaint", date(2023, 11, 1)),
	_of_case("handler", "handled by somebody", **OPEN),
	_of_case("handler", "isn't known", "nobody@uni.example"),
	_of_case("closed_at", "no such day", status="Settled"),
	_of_case("intervention", "is needed", None),
	_of_case("subject", "holds a formula", "=1+1"),
	_of_case("narrative", "longer than", "x" * 30_001),
	_of_case("wishes", "an error of the spreadsheet", "#N/A"),
	_of_case("criminal_offence", "yes or no", "perhaps"),
	_of_case("bad_faith_established", "when the outcome is unfounded", "yes", outcome="Founded"),
	_of_person("party_role", "isn't known", "Neighbour"),
	_of_person("import_key", "No row of the sheet", "K-999999"),
	_of_person("email_address", "no e-mail address", "somebody at home"),
	_of_person("person_name", "An anonymous person", "Some Body", anonymous="yes"),
)


def planted(rows: int) -> tuple[bytes, dict[tuple[str, int, str], str]]:
	"""Return a workbook of so many cases in which forty things are wrong, and where which words tell of each."""
	cases = [case_row(number) for number in range(1, rows + 1)]
	people: list[dict | None] = [person_row(number) for number in range(1, rows + 1)]
	told = {}
	for number, fault in enumerate(FORTY, start=1):
		place = number * (rows // 41)
		chosen = cases if fault.sheet is CASES else people
		chosen[place] |= fault.values
		if fault.alone:
			people[place] = None
		told[fault.sheet.title, place + FIRST_ROW, letter_of(fault.sheet, fault.name)] = fault.words
	return workbook(cases, people), told
