"""The figures as a workbook: a sheet per chapter, its tables under each other, numbers as numbers."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from sv_helpdesk.annual_report import notes, shape
from sv_helpdesk.annual_report.document import YEARS
from sv_helpdesk.annual_report.titles import full_title, title_of
from sv_helpdesk.annual_report.words import Words
from sv_helpdesk.reports.definitions import BY_CODE, CHAPTERS
from sv_helpdesk.reports.version import Cell, Table, Version

FORMATS = {shape.COUNT: "#,##0", shape.SHARE: '0.##"%"', shape.CHANGE: "+0.##;-0.##;0"}
BOLD = Font(bold=True)
TITLES, VALUES = 60, 18
# Excel's own limit, and what it doesn't take in the name of a sheet
LONGEST, REFUSED = 31, re.compile(r"[\[\]:*?/\\]")
# the moment of saving, which would make each copy another file
SAVED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
# what no XML can hold, such as control characters that somebody pasted into a title
NOT_WRITTEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BEGINNING = (1980, 1, 1, 0, 0, 0)


def xlsx(version: Version, language: str) -> bytes:
	"""Return the workbook; the same version gives the same bytes.

	Args:
		version: what may be shown.
		language: "nl" or "en".
	"""
	words, book = Words(language), Workbook()
	book.remove(book.active)
	for code, chapter in CHAPTERS.items():
		found = [table for table in version.tables if BY_CODE[table.code].chapter == code]
		if found or code == YEARS:
			sheet = _sheet(book, words.say(chapter), version, words)
			if code == YEARS:
				_years(sheet, version, words)
			_tables(sheet, found, words)
	_notes(_sheet(book, words.say("Notes"), version, words), version, words)
	book.properties.title, book.properties.creator = NOT_WRITTEN.sub("", title_of(version, words)), ""
	book.properties.language = language
	out = BytesIO()
	book.save(out)
	return _without_moment(out.getvalue())


def _sheet(book: Workbook, title: str, version: Version, words: Words) -> Worksheet:
	"""Return a new sheet that begins with its version's mark, if it has one, and the title of the whole."""
	sheet = book.create_sheet(REFUSED.sub(" ", title)[:LONGEST].strip())
	sheet.column_dimensions["A"].width = TITLES
	for column in "BCDEFGH":
		sheet.column_dimensions[column].width = VALUES
	for text in filter(None, (notes.mark(version, words), full_title(version, words))):
		_add(sheet, [text], BOLD)
	return sheet


def _years(sheet: Worksheet, version: Version, words: Words) -> None:
	_heading(sheet, words.say("Reporters and reports over the years"), shape.years_headings(words), [])
	_lines(sheet, shape.years_lines(version, words), words)


def _tables(sheet: Worksheet, tables: list[Table], words: Words) -> None:
	for table in tables:
		definition = BY_CODE[table.code]
		explains = [words.say(definition.explains), shape.base(table, words), *shape.deliveries(table, words)]
		_heading(sheet, words.say(definition.title), shape.headings(table, words), explains)
		_lines(sheet, shape.lines(table, words), words)


def _heading(sheet: Worksheet, title: str, headings: list[str], explains: list[str]) -> None:
	_add(sheet, [])
	_add(sheet, [title], BOLD)
	for text in filter(None, explains):
		_add(sheet, [text])
	_add(sheet, ["", *headings], BOLD)


def _lines(sheet: Worksheet, lines: list[shape.Line], words: Words) -> None:
	for line in lines:
		_add(sheet, [line.title])
		sheet.cell(sheet.max_row, 1).alignment = Alignment(indent=line.level)
		for column, shown in enumerate(line.cells, start=2):
			if shown:
				_fill(sheet.cell(sheet.max_row, column), *shown, words)


def _fill(place: SheetCell, cell: Cell, value: str, words: Words) -> None:
	number = getattr(cell, value)
	place.alignment = Alignment(horizontal="right")
	if number is None:
		_write(place, shape.written(cell, value, words))
	else:
		place.value, place.number_format = number, FORMATS[value]


def _notes(sheet: Worksheet, version: Version, words: Words) -> None:
	for note in notes.of_version(version, words):
		_add(sheet, [note])
	for sign, meaning in notes.signs(words):
		_add(sheet, [f"{sign}   {meaning}"])


def _add(sheet: Worksheet, texts: list[str], font: Font | None = None) -> None:
	row = sheet.max_row + 1 if sheet.max_row > 1 or sheet.cell(1, 1).value else 1
	for column, text in enumerate(texts or [""], start=1):
		place = sheet.cell(row, column)
		_write(place, text)
		if font:
			place.font = font


def _write(place: SheetCell, text: str) -> None:
	"""Write a text as text: a title that begins with = is no formula."""
	place.value = NOT_WRITTEN.sub("", text)
	place.data_type = "s"


def _without_moment(content: bytes) -> bytes:
	"""Return a workbook without when it was saved."""
	out = BytesIO()
	with ZipFile(BytesIO(content)) as before, ZipFile(out, "w", ZIP_DEFLATED) as after:
		for name in sorted(before.namelist()):
			part = before.read(name)
			if name == "docProps/core.xml":
				part = SAVED.sub(rb"\g<1>2000-01-01T00:00:00Z", part)
			after.writestr(ZipInfo(name, BEGINNING), part, ZIP_DEFLATED)
	return out.getvalue()
