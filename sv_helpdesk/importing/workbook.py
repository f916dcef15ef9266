"""Reads a workbook (XLSX) that somebody may have made to hurt: looked into before it is opened, and never calculated."""

import re
import warnings
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

import frappe
from frappe import _

from sv_helpdesk.importing.cells import MOST_COLUMNS, MOST_ROWS, Broken, Formula, Table, is_empty
from sv_helpdesk.reporting import office_files

# what an old or locked workbook begins with
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7})[":]')
FAR_RIGHT = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="[A-Z]{3}\d')
DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def tables(content: bytes) -> list[Table]:
	"""Return the tables of a workbook, in its order.

	Args:
		content: of the file.

	Raises:
		frappe.ValidationError: it is none, can't be read, or holds what no table needs.
	"""
	_look_into(content)
	try:
		with warnings.catch_warnings():
			# of days that don't exist, which are told of cell by cell
			warnings.simplefilter("ignore")
			return list(_read(content))
	except frappe.ValidationError:
		raise
	except Exception:
		# what is wrong inside shows itself in as many ways as there are parts in it
		refuse_unreadable()


def refuse_unreadable() -> None:
	"""Refuse a file of which nothing more can be said."""
	frappe.throw(_("This file can't be read as a workbook. Save it as XLSX or CSV and try again."))


def _look_into(content: bytes) -> None:
	if content.startswith(OLD_OR_LOCKED):
		frappe.throw(
			_("This workbook has a password or is of an old kind. Save it as XLSX without a password.")
		)
	if not office_files.is_one(content, "xlsx"):
		frappe.throw(
			_("This file is no workbook, has macros in it, or is too large. Save it as XLSX without macros.")
		)
	with ZipFile(BytesIO(content)) as packed:
		names = packed.namelist()
		if any(name.lower().startswith("xl/externallinks/") for name in names):
			frappe.throw(
				_(
					"This workbook takes values from other files. Put in the values themselves and save it again."
				)
			)
		try:
			# an encoding with two bytes for each letter hides nothing
			declares = any(DECLARED.search(packed.read(name).replace(b"\0", b"")) for name in names)
		except Exception:
			refuse_unreadable()
	if declares:
		refuse_unreadable()


def _read(content: bytes) -> Iterator[Table]:
	book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
	with ZipFile(BytesIO(content)) as packed:
		for sheet in book.worksheets:
			part = packed.read(sheet._worksheet_path)
			if FAR_RIGHT.search(part):
				_refuse_too_large()
			table = Table(sheet.title, merged=_merged(part))
			for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
				if number > MOST_ROWS:
					_refuse_too_large()
				values = tuple(map(_value, row))
				if number == 1:
					table.headings = values
				elif not all(map(is_empty, values)):
					table.rows.append((number, values))
			yield table


def _refuse_too_large() -> None:
	frappe.throw(_("A sheet of this workbook is too large. Take out what doesn't belong to the template."))


def _merged(part: bytes) -> list[tuple[int, int]]:
	return [(int(row), column_index_from_string(column.decode()) - 1) for column, row in MERGED.findall(part)]


def _value(cell) -> object:
	kind = getattr(cell, "data_type", "n")
	if kind == "f":
		return Formula
	return Broken if kind == "e" else cell.value
