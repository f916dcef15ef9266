"""Tables as they stand in a file, before anything in them is judged."""

from dataclasses import dataclass, field

# further to the right nothing of ours stands, and nobody scrolls
MOST_COLUMNS = 100
# a file with more rows than this was made to be large
MOST_ROWS = 50_000


class Formula:
	"""Stands for a cell that holds a formula, whatever it comes to."""


class Broken:
	"""Stands for a cell that holds an error of the spreadsheet program."""


@dataclass
class Table:
	"""One table.

	Attributes:
		title: of its sheet; "" for a text file, which has none.
		headings: what stands in its first row.
		rows: number and cells of each further row that isn't empty.
		merged: row and column (from 0) at which merged cells begin.
	"""

	title: str
	headings: tuple = ()
	rows: list[tuple[int, tuple]] = field(default_factory=list)
	merged: list[tuple[int, int]] = field(default_factory=list)


def is_empty(value: object) -> bool:
	"""Tell whether nothing stands in a cell."""
	return value is None or (isinstance(value, str) and not value.strip())
