"""Says of every cell of a file what is wrong with it, before anything is stored."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

import frappe
from frappe import _
from frappe.utils import validate_email_address

from sv_helpdesk.importing import rules_of_cases
from sv_helpdesk.importing.cells import Formula, Table, is_empty
from sv_helpdesk.importing.columns import (
	CASES,
	KEY,
	LANGUAGES,
	PEOPLE,
	SHEETS,
	Column,
	Sheet,
	examples,
	titles_besides,
)
from sv_helpdesk.importing.values import Unreadable, as_text, read
from sv_helpdesk.importing.words import Words
from sv_helpdesk.permissions import denied_list

HEADINGS = 1


@dataclass(frozen=True)
class Fault:
	"""What is wrong, and where.

	Attributes:
		sheet: title of the sheet, as the file or the template has it.
		row: number in the file; 0 for what is about the whole sheet.
		column: letter in the file, "" for what is about the whole row.
		heading: of the column.
		sentence: what is wrong and how to mend it; nothing of what stands there.
	"""

	sheet: str
	row: int
	column: str
	heading: str
	sentence: str


@dataclass
class Row:
	"""A row that is read; `values` lacks what couldn't be.

	Attributes:
		number: in the file.
		key: of the case, as it stands there.
		values: by field.
		people: rows of the people in a case.
	"""

	number: int
	key: str
	values: dict = field(default_factory=dict)
	people: list["Row"] = field(default_factory=list)


@dataclass
class Found:
	"""What is in a file: its cases, and everything that is wrong with it."""

	cases: list[Row] = field(default_factory=list)
	people: int = 0
	faults: list[Fault] = field(default_factory=list)


def check(tables: list[Table], desk: str) -> Found:
	"""Look through a whole file.

	Args:
		tables: of the file, or of several text files.
		desk: the SV Desk whose cases they become.
	"""
	return _Checking(desk).check(tables)


class _Checking:
	def __init__(self, desk: str):
		self.desk = desk
		self.words = Words(desk)
		self.found = Found()
		self.letters: dict[tuple[str, str], str] = {}
		self.titles: dict[str, str] = {}

	def check(self, tables: list[Table]) -> Found:
		rows = {sheet: self._rows(sheet, table) for sheet, table in self._sorted(tables).items() if table}
		self._keys_of(rows.get(CASES, []))
		self._people_of(rows.get(PEOPLE, []))
		if not self.found.faults and not self.found.cases:
			self._fault(
				CASES, 0, None, _("There are no cases in this file. Fill in the template and choose that.")
			)
		today = rules_of_cases.Today()
		for case in self.found.cases:
			for person, name, sentence in rules_of_cases.faults(case, today):
				self._fault(PEOPLE if person else CASES, (person or case).number, name, sentence)
		self.found.faults.sort(key=lambda fault: (fault.sheet != self.titles.get(CASES.title), fault.row))
		return self.found

	def _sorted(self, tables: list[Table]) -> dict[Sheet, Table | None]:
		"""Find the table of each sheet, by its title, or in text files by its headings."""
		chosen: dict[Sheet, Table | None] = dict.fromkeys(SHEETS)
		for table in tables:
			sheet = self._sheet_of(table)
			if sheet and not chosen[sheet]:
				chosen[sheet] = table
				self.titles[sheet.title] = table.title or _(sheet.title)
			elif sheet or (table.rows and table.title not in titles_besides()):
				self.found.faults.append(
					Fault(
						table.title,
						*(0, "", ""),
						_(
							"This sheet isn't one of the template's, so it would be lost. Take it out of the file."
						),
					)
				)
		if not chosen[CASES]:
			self._fault(
				CASES,
				0,
				None,
				_("There is no sheet {0} in this file. Fill in the template and choose that.").format(
					_(CASES.title)
				),
			)
		return chosen

	def _sheet_of(self, table: Table) -> Sheet | None:
		if table.title:
			return next((sheet for sheet in SHEETS if table.title.strip() in sheet.titles()), None)
		names = {
			sheet: {label.casefold() for label in _spelled(sheet, sheet.columns[1])}
			for sheet in (PEOPLE, CASES)
		}
		headings = {as_text(heading).casefold() for heading in table.headings}
		return next((sheet for sheet, labels in names.items() if labels & headings), None)

	def _rows(self, sheet: Sheet, table: Table) -> list[Row]:
		columns = self._headings(sheet, table)
		for row, place in table.merged:
			self._fault_at(
				sheet,
				row,
				place,
				columns.get(place),
				_(
					"Cells are merged here. Take the merging out, so that each value stands in a cell of its own."
				),
			)
		if len(table.rows) > sheet.most + len(examples()):
			self._fault(
				sheet, 0, None, _("This sheet has more than {0} rows. Divide the file.").format(sheet.most)
			)
			return []
		missing = [column for column in sheet.columns if column.needed and column not in columns.values()]
		for column in missing:
			self._fault(
				sheet,
				HEADINGS,
				None,
				_("There is no column {0}. Copy its heading from the template and fill it in.").format(
					sheet.label(column)
				),
			)
		return [] if missing else list(self._read(sheet, table, columns))

	def _headings(self, sheet: Sheet, table: Table) -> dict[int, Column]:
		"""Return which column stands at which place."""
		known = {label.casefold(): column for column in sheet.columns for label in _spelled(sheet, column)}
		columns: dict[int, Column] = {}
		for place, heading in enumerate(table.headings):
			column = None if heading is Formula else known.get(as_text(heading).casefold())
			if column in columns.values():
				self._fault_at(
					sheet, HEADINGS, place, column, _("This heading stands there twice. Take one out.")
				)
			elif column:
				columns[place] = column
				self.letters[sheet.title, column.name] = get_column_letter(place + 1)
			elif not is_empty(heading):
				self._fault_at(
					sheet,
					HEADINGS,
					place,
					None,
					_("This heading isn't known. Use the headings of the template."),
				)
		return columns

	def _read(self, sheet: Sheet, table: Table, columns: dict[int, Column]) -> Iterator[Row]:
		shown = {example.casefold() for example in examples()}
		absent = [column.name for column in sheet.columns if column not in columns.values()]
		headed = [not is_empty(heading) for heading in table.headings]
		place_of_key = next(place for place, column in columns.items() if column.name == KEY)
		for number, cells in table.rows:
			key = as_text(cells[place_of_key]) if place_of_key < len(cells) else ""
			if key.casefold() in shown:
				continue
			row = Row(number, key, dict.fromkeys(absent))
			for place, column in columns.items():
				try:
					value = read(cells[place] if place < len(cells) else None, sheet, column, self.words)
				except Unreadable as error:
					self._fault(sheet, number, column.name, str(error))
				else:
					row.values[column.name] = value
			for place, cell in enumerate(cells):
				if not is_empty(cell) and not (place < len(headed) and headed[place]):
					self._fault_at(
						sheet,
						number,
						place,
						None,
						_(
							"There is no heading above this cell. Empty it, or put it under a heading of the template."
						),
					)
			yield row

	def _keys_of(self, rows: list[Row]) -> None:
		"""A key stands for one case, here and on this site."""
		taken = taken_over(self.desk, [row.key for row in rows], frappe.session.user)
		first: dict[str, int] = {}
		for row in rows:
			if row.key.casefold() in taken:
				self._fault(
					CASES,
					row.number,
					KEY,
					_(
						"A case with this key was taken over before. Take this row and its people out of the file."
					),
				)
			elif row.key and row.key.casefold() in first:
				self._fault(
					CASES,
					row.number,
					KEY,
					_("This key stands in row {0} as well. Give each case a key of its own.").format(
						first[row.key.casefold()]
					),
				)
				continue
			first.setdefault(row.key.casefold(), row.number)
			self.found.cases.append(row)

	def _people_of(self, rows: list[Row]) -> None:
		"""A person belongs to a case of the file."""
		cases = {case.key.casefold(): case for case in self.found.cases if case.key}
		self.found.people = len(rows)
		for row in rows:
			if case := cases.get(row.key.casefold()):
				case.people.append(row)
			elif KEY in row.values:
				self._fault(
					PEOPLE,
					row.number,
					KEY,
					_("No row of the sheet {0} has this key. Correct one of the two.").format(
						self.titles.get(CASES.title, _(CASES.title))
					),
				)
			address = row.values.get("email_address")
			if address and not validate_email_address(address):
				self._fault(
					PEOPLE,
					row.number,
					"email_address",
					_("This is no e-mail address. Correct it, or leave it empty."),
				)

	def _fault(self, sheet: Sheet, row: int, name: str | None, sentence: str) -> None:
		heading = sheet.label(sheet.column(name)) if name else ""
		letter = self.letters.get((sheet.title, name), "") if name else ""
		title = self.titles.get(sheet.title, _(sheet.title))
		self.found.faults.append(Fault(title, row, letter, heading, sentence))

	def _fault_at(self, sheet: Sheet, row: int, place: int, column: Column | None, sentence: str) -> None:
		heading = sheet.label(column) if column else ""
		title = self.titles.get(sheet.title, _(sheet.title))
		self.found.faults.append(Fault(title, row, get_column_letter(place + 1), heading, sentence))


def key_on_site(desk: str, key: str) -> str:
	"""Return what a key of a desk's own file is on the site; keys of other desks don't meet it (R3)."""
	return f"{desk}/{key}"


def taken_over(desk: str, keys: list[str], reader: str) -> set[str]:
	"""Return which keys, in small letters, cases of this desk have that aren't hidden from a reader.

	A key that is refused tells that there is a case; one that is taken over twice tells nothing (R6).

	Args:
		desk: the SV Desk.
		keys: of a file.
		reader: user id of whose file it is.
	"""
	wanted = [key_on_site(desk, key) for key in keys if key]
	rows = {"desk": desk, "import_key": ["in", wanted]}
	fields = ["name", "import_key"]
	found = frappe.get_all("SV Report", rows, fields, order_by="name asc") if wanted else []
	hidden = denied_list.denied_among([row.name for row in found], reader) if found else set()
	return {row.import_key.removeprefix(f"{desk}/").casefold() for row in found if row.name not in hidden}


def _spelled(sheet: Sheet, column: Column) -> set[str]:
	return {column.name, *(sheet.label(column, language) for language in LANGUAGES)}
