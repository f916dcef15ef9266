"""The figures as data: a line per number for other programs, or the version as it is."""

import csv
from io import StringIO

from sv_helpdesk.annual_report import notes
from sv_helpdesk.annual_report.words import Words
from sv_helpdesk.reports.definitions import BY_CODE, CHAPTERS
from sv_helpdesk.reports.version import Cell, Version

COLUMNS = (
	*("version", "year", "unit", "chapter", "table", "counts", "row", "row_title", "column"),
	*("column_title", "state", "count", "percent", "change"),
)
# what spreadsheet programs take for the beginning of a formula
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(version: Version, language: str) -> bytes:
	"""Return a line per cell, each with its version's name or mark.

	Codes and column names are the same in every language; titles are in the language asked for.

	Args:
		version: what may be shown.
		language: "nl" or "en".
	"""
	words, out = Words(language), StringIO()
	writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
	writer.writeheader()
	begins = {
		"version": notes.mark(version, words) or version.name,
		"year": version.year,
		"unit": _text(version.unit[1] if version.unit else ""),
	}
	for year, figures in sorted(version.years, key=lambda row: row[0]):
		for name, cell in figures.items():
			writer.writerow({**begins, "table": "years", "row": year, "column": name, **_values(cell)})
	for table in version.tables:
		definition = BY_CODE[table.code]
		about = {
			**begins,
			"chapter": words.say(CHAPTERS[definition.chapter]),
			"table": words.say(definition.title),
			"counts": definition.population,
		}
		writer.writerow({**about, "row": "in_all", "row_title": words.say("In all"), **_values(table.base)})
		for row in table.rows:
			for column, cell in zip(table.columns, row.cells, strict=True):
				several = len(table.columns) > 1
				named = (
					{"column": column[0], "column_title": _text(words.column(table, column))}
					if several
					else {}
				)
				titled = {"row": row.code, "row_title": _text(words.row(table, row))}
				writer.writerow({**about, **titled, **named, **_values(cell)})
	# so that spreadsheet programs know which letters these are
	return out.getvalue().encode("utf-8-sig")


def as_json(version: Version, language: str) -> bytes:
	"""Return the version as it is, which says itself which one it is; it has codes, so the language doesn't matter."""
	return version.as_json().encode()


def _values(cell: Cell) -> dict:
	return {"state": cell.state, "count": cell.count, "percent": cell.percent, "change": cell.change}


def _text(text: str) -> str:
	"""Return a text that no program takes for a formula."""
	return f"'{text}" if text.startswith(FORMULA) else text
