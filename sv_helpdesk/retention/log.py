"""SV Retention Log: that something was destroyed, when and by what rule; nothing of what it was."""

from dataclasses import dataclass
from datetime import date, datetime

import frappe

DOCTYPE = "SV Retention Log"
CASE, TABLE, MAIL = "Case", "Decision table", "Held mail"
REQUEST = "Request about own data"


@dataclass(frozen=True)
class Rule:
	"""By what rule a case was anonymised.

	Attributes:
		retention: its class, see retention.terms; "" for what is no case and belongs to none.
		years: how long such cases are kept now.
		due_on: the day that was confirmed.
		confirmed_by: who confirmed, a user id kept as text.
	"""

	retention: str
	years: int
	due_on: date
	confirmed_by: str


def write(record: str, rule: Rule, moment: datetime, gone: int, kept: int, files: list[str]) -> str:
	"""Write that a record was anonymised, and return the name of the row.

	Args:
		record: CASE, TABLE, MAIL or REQUEST.
		rule: by what rule.
		moment: when.
		gone: how many rows were deleted.
		kept: how many rows stay with coded facts alone.
		files: names of files on disk, which are removed once this is stored.
	"""
	row = frappe.new_doc(DOCTYPE)
	row.update(
		{
			"destroyed_at": moment,
			"record": record,
			"retention": rule.retention,
			"years": rule.years,
			"due_on": rule.due_on,
			"confirmed_by": rule.confirmed_by,
			"rows_destroyed": gone,
			"rows_kept": kept,
			"files_destroyed": len(files),
			"files_left": "\n".join(files) or None,
		}
	)
	row.set_new_name()
	# nobody has the right to write one
	row.db_insert()
	return row.name


def files_left() -> list[tuple[str, list[str]]]:
	"""Return the rows of whose files some may still be on disk, with the names of all of them."""
	rows = frappe.get_all(
		DOCTYPE, {"files_left": ["is", "set"]}, ["name", "files_left"], order_by="destroyed_at asc"
	)
	return [(row.name, row.files_left.splitlines()) for row in rows]


def are_removed(name: str) -> None:
	"""Note that no file of a row is left on disk."""
	frappe.db.set_value(DOCTYPE, name, "files_left", None, update_modified=False)
