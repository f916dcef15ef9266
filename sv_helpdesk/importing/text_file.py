"""Reads a table from a text file (CSV)."""

from sv_helpdesk.importing.cells import MOST_COLUMNS, MOST_ROWS, Table, is_empty
from sv_helpdesk.importing.workbook import refuse_unreadable
from sv_helpdesk.reports.delivery_file import rows_of_text


def table(content: bytes) -> Table:
	"""Return the table of a text file; a file has one, and it has no title.

	Args:
		content: of the file.

	Raises:
		frappe.ValidationError: it can't be read.
	"""
	if b"\0" in content:
		refuse_unreadable()
	rows = rows_of_text(content)
	if len(rows) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in rows):
		refuse_unreadable()
	found = Table("", headings=tuple(rows[0]) if rows else ())
	found.rows = [
		(number, tuple(row)) for number, row in enumerate(rows[1:], start=2) if not all(map(is_empty, row))
	]
	return found
