"""The workbook that a coordinator fills in: a sheet of cases, one of people, and the words that may stand in them."""

from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from frappe import _

from sv_helpdesk.importing.columns import (
	CHECK,
	CODES,
	DAY,
	EXPLANATION,
	KEY,
	SHEETS,
	TEXT,
	WORD,
	Column,
	Sheet,
)
from sv_helpdesk.importing.words import Words, worded

HEADING = Font(bold=True)
NEEDED = PatternFill("solid", fgColor="FFF2CC")
EXAMPLE = Font(italic=True, color="666666")
TEXT_FORMAT, DAY_FORMAT = "@", "DD-MM-YYYY"


def workbook(desk: str, language: str) -> bytes:
	"""Return the template as XLSX.

	Args:
		desk: the SV Desk whose people and words it has.
		language: "nl" or "en", of headings and words.
	"""
	words = Words(desk)
	book = Workbook()
	_explain(book.active, language)
	lists = _list_words(book.create_sheet(_(CODES, language)), words, language)
	for number, sheet in enumerate(SHEETS, start=1):
		_lay_out(book.create_sheet(_(sheet.title, language), number), sheet, words, lists, language)
	book.active = 1
	out = BytesIO()
	book.save(out)
	return out.getvalue()


def _explain(page, language: str) -> None:
	page.title = _(EXPLANATION, language)
	page.column_dimensions["A"].width = 110
	lines = (
		_("Each row of the sheet Cases is one earlier case; coloured headings must be filled in.", language),
		_(
			"The key is the number that the case has in your own file. It must not be a name, and no other case has it.",
			language,
		),
		_(
			"Each row of the sheet People is one person in a case: several reporters or accused have a row each, with the key of their case.",
			language,
		),
		_(
			"What may stand in a column with fixed words is in the sheet Codes: the code or the title, in Dutch or English. Several further categories have a ; between them.",
			language,
		),
		_("Days are written as 31-12-2023. What isn't known any more stays empty.", language),
		_(
			"Take out no headings and make no formulas. The row with the example is passed over and may stay.",
			language,
		),
		_(
			"What is in this file is confidential: keep it where nobody else reads it, and delete it once the cases are taken over.",
			language,
		),
	)
	for number, line in enumerate(lines, start=1):
		cell = page.cell(number, 1, line)
		cell.alignment = Alignment(wrap_text=True)


def _list_words(page, words: Words, language: str) -> dict[tuple[str, str], str]:
	"""Write the words, two columns for each list, and return where each list stands."""
	places = {}
	for number, (sheet, column) in enumerate(worded()):
		place = 2 * number + 1
		page.cell(1, place, f"{_(sheet.title, language)}: {sheet.label(column, language)}").font = HEADING
		titles = words.titles(sheet, column, language)
		for row, (code, title) in enumerate(titles.items(), start=2):
			_write(page.cell(row, place), code)
			_write(page.cell(row, place + 1), title)
		letter = get_column_letter(place + 1 if column.name != "handler" else place)
		page.column_dimensions[get_column_letter(place)].width = 26
		page.column_dimensions[get_column_letter(place + 1)].width = 32
		if titles:
			name = page.title.replace("'", "''")
			places[sheet.doctype, column.name] = f"'{name}'!${letter}$2:${letter}${len(titles) + 1}"
	page.freeze_panes = "A2"
	return places


def _lay_out(page, sheet: Sheet, words: Words, lists: dict, language: str) -> None:
	last = sheet.most + 2
	for place, column in enumerate(sheet.columns, start=1):
		letter = get_column_letter(place)
		heading = page.cell(1, place, sheet.label(column, language))
		heading.font = HEADING
		if column.needed:
			heading.fill = NEEDED
		page.column_dimensions[letter].width = 40 if column.kind == TEXT else 20
		page.column_dimensions[letter].number_format = DAY_FORMAT if column.kind == DAY else TEXT_FORMAT
		shown = page.cell(2, place)
		_write(shown, _example(sheet, column, words, language))
		shown.font = EXAMPLE
		if choices := _choices(sheet, column, lists, language):
			rule = DataValidation("list", formula1=choices, allow_blank=True)
			page.add_data_validation(rule)
			rule.add(f"{letter}3:{letter}{last}")
	page.freeze_panes = "B2"


def _choices(sheet: Sheet, column: Column, lists: dict, language: str) -> str:
	if column.kind == CHECK:
		return f'"{_("yes", language)},{_("no", language)}"'
	return lists.get((sheet.doctype, column.name), "") if column.kind == WORD else ""


def _example(sheet: Sheet, column: Column, words: Words, language: str) -> object:
	if column.name == KEY:
		return _("EXAMPLE", language)
	if column.name == "main_category":
		return next(iter(words.titles(sheet, column, language).values()), "")
	if column.kind == WORD and column.example:
		return words.titles(sheet, column, language)[column.example]
	return date.fromisoformat(column.example) if column.kind == DAY and column.example else ""


def _write(cell, value: object) -> None:
	"""Write a value as it is: a title that begins with = is no formula."""
	cell.value = value
	if isinstance(value, str):
		cell.data_type = "s"
		cell.number_format = TEXT_FORMAT
	elif isinstance(value, date):
		cell.number_format = DAY_FORMAT
