"""Titles, numbers and signs as a reader of the language writes them."""

from collections.abc import Callable
from dataclasses import dataclass

from sv_helpdesk.pdf import written
from sv_helpdesk.reports.definitions import BY_CODE, in_words, row_in_words
from sv_helpdesk.reports.version import HIDDEN, NOT_APPLICABLE, Cell, Number, Row, Table, Titled

HIDDEN_SIGN, UNKNOWN_SIGN = "·", "–"
# typographic, so that a reader doesn't take it for a hyphen
MINUS = "\u2212"
DUTCH_NUMBERS = str.maketrans(",.", ".,")


@dataclass(frozen=True)
class Words:
	"""What a report says in its language, "nl" or "en"."""

	language: str

	def say(self, text: str) -> str:
		"""Return a text about figures in this language."""
		return in_words(text, self.language)

	def row(self, table: Table, row: Row) -> str:
		"""Return the title of a line."""
		return row_in_words(BY_CODE[table.code].by[0], row.code, row.title, self.language)

	def column(self, table: Table, column: Titled) -> str:
		"""Return the title of a column of a table by two classifications."""
		code, title = column
		return row_in_words(BY_CODE[table.code].by[1], code, title, self.language)

	def number(self, value: Number) -> str:
		"""Return a number; Dutch has a decimal comma."""
		text = f"{abs(value):,}"
		text = text.translate(DUTCH_NUMBERS) if self.language == "nl" else text
		return f"{MINUS}{text}" if value < 0 else text

	def percentage(self, value: Number) -> str:
		"""Return a share."""
		return f"{self.number(value)}%"

	def difference(self, value: Number) -> str:
		"""Return a change with its sign."""
		return f"+{self.number(value)}" if value > 0 else self.number(value)

	def day(self, day: str) -> str:
		"""Return a day as it is written, from the text of year, month and day."""
		return written.day(day, self.language) if day else ""

	def moment(self, moment: str) -> str:
		"""Return a moment to the minute, from text of the site's time."""
		return written.moment(moment, self.language) if moment else ""

	def cell(self, cell: Cell, value: Number | None, as_text: Callable[[Number], str]) -> str:
		"""Return what is shown of a cell.

		Args:
			cell: the cell.
			value: which of its values: count, percent or change.
			as_text: how such a value is written, such as `number`.
		"""
		if cell.state == HIDDEN:
			return HIDDEN_SIGN
		if cell.state == NOT_APPLICABLE:
			return self.say("n/a")
		return UNKNOWN_SIGN if value is None else as_text(value)
