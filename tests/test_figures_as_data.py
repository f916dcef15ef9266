"""The figures as workbook, lines and JSON hold what their version shows, are text where they are text, and are always the same."""

import csv
import io
from dataclasses import replace

import figure_versions
import pytest
from openpyxl import load_workbook

from sv_helpdesk.annual_report import as_data, notes, shape, sheets
from sv_helpdesk.annual_report.words import Words
from sv_helpdesk.reports.definitions import BY_CODE, CHAPTERS
from sv_helpdesk.reports.version import HIDDEN, SHOWN, Cell, Row, from_json

DUTCH, ENGLISH = Words("nl"), Words("en")
FORMATS = (sheets.xlsx, as_data.as_csv, as_data.as_json)
each_format = pytest.mark.parametrize("made", FORMATS, ids=lambda made: made.__name__)


def book_of(version, language: str = "en"):
	return load_workbook(io.BytesIO(sheets.xlsx(version, language)))


def rows_of(version, language: str = "en") -> list[dict]:
	return list(csv.DictReader(io.StringIO(as_data.as_csv(version, language).decode("utf-8-sig"))))


def with_unit_called(title: str):
	"""A version whose table of units has one unit."""
	version = figure_versions.made_up("published", 10)
	rows = (Row("unit", title, 0, (Cell(SHOWN, 12),)),)
	return replace(
		version,
		tables=tuple(
			replace(table, rows=rows) if table.code == "units" else table for table in version.tables
		),
	)


def in_a_sheet(cell: Cell, value: str, words: Words) -> int | float | str:
	number = getattr(cell, value)
	return shape.written(cell, value, words) if number is None else number


@each_format
def test_the_same_version_gives_the_same_bytes(made, monkeypatch):
	version = figure_versions.made_up()
	before = made(version, "nl")
	# Excel's format keeps when a file was made
	monkeypatch.setattr("time.localtime", lambda *_moment: (2031, 5, 5, 5, 5, 5, 0, 0, 0))
	assert made(figure_versions.made_up(), "nl") == before


@each_format
@pytest.mark.parametrize(
	"title", ["a\x0bb", "a\x00b", "\ufffe", "\u202eabc", "😀", "שלום", "]]>", "x" * 5000]
)
def test_whatever_stands_in_a_title_there_is_a_file(made, title):
	assert made(replace(with_unit_called(title), institution=title, unit=("unit", title)), "nl")


@pytest.mark.parametrize("words", (DUTCH, ENGLISH), ids=lambda words: words.language)
@pytest.mark.parametrize("threshold", (None, 10))
def test_the_workbook_has_every_line_with_numbers_as_numbers(words, threshold):
	version = figure_versions.made_up("published" if threshold else "working", threshold)
	book = book_of(version, words.language)
	assert len(book.sheetnames) == len(CHAPTERS) + 1
	assert all(name == name.strip() for name in book.sheetnames)
	for table in version.tables:
		sheet = book[words.say(CHAPTERS[BY_CODE[table.code].chapter])[: sheets.LONGEST].strip()]
		rows = list(sheet.iter_rows(values_only=True))
		first = [row[0] for row in rows].index(words.say(BY_CODE[table.code].title))
		for line in shape.lines(table, words):
			found = next(row for row in rows[first:] if row[0] == line.title)
			for place, shown in zip(line.cells, found[1:], strict=False):
				assert shown == (place and in_a_sheet(*place, words))


def test_each_sheet_that_is_not_published_begins_with_its_mark():
	for version in (figure_versions.made_up(), figure_versions.made_up("internal", 5)):
		firsts = {sheet.cell(1, 1).value for sheet in book_of(version)}
		assert firsts == {notes.mark(version, ENGLISH)}
	published = book_of(figure_versions.made_up("published", 10))
	assert {sheet.cell(1, 1).value for sheet in published} == {
		"Annual report on social safety 2024, University of Invention"
	}


def test_each_line_that_is_not_published_has_its_mark():
	assert {row["version"] for row in rows_of(figure_versions.made_up())} == {
		"Working version – not for circulation"
	}
	assert {row["version"] for row in rows_of(figure_versions.made_up("published", 10))} == {"published"}


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_title_is_no_formula(title):
	version = with_unit_called(title)
	sheet = book_of(version)["Reports and reporters"]
	(place,) = [row[0] for row in sheet.iter_rows() if str(row[0].value).strip() == title.strip()]
	assert place.data_type == "s"
	assert all(
		place.data_type != "f" for sheet in book_of(version) for row in sheet.iter_rows() for place in row
	)
	assert [row["row_title"] for row in rows_of(version) if row["row"] == "unit"] == [f"'{title}"]


def test_lines_hold_each_cell_with_its_state_and_nothing_of_a_hidden_one():
	version = figure_versions.made_up("published", 10)
	rows = rows_of(version)
	assert len(rows) == 9 + sum(len(table.rows) + 1 for table in version.tables)
	hidden = [row for row in rows if row["state"] == HIDDEN]
	assert len(hidden) == version.hidden > 0
	assert {(row["count"], row["percent"], row["change"]) for row in hidden} == {("", "", "")}


def test_json_is_the_version_itself():
	version = figure_versions.made_up("published", 10)
	assert from_json(as_data.as_json(version, "nl").decode()) == version
