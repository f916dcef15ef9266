"""Reads delivered numbers from a small table (CSV or XLSX) and says of every row what is wrong with it.

Nothing is saved here: the form shows what was read, and saves it whole or not at all.
"""

import csv
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from io import BytesIO, StringIO
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

import frappe
from frappe import _
from frappe.utils import cstr

from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.roles import COORDINATOR
from sv_helpdesk.reports import delivered_numbers
from sv_helpdesk.reports.delivered_numbers import CONTEXT

COLUMNS = ("counts", "category", "accused_position", "number")
SEPARATORS = ";,\t"
LARGEST, LARGEST_UNPACKED, MOST_ROWS = 1_000_000, 20_000_000, 500
# the headings stand in the first row
FIRST = 2
# nobody has more reports than that; it fits the database
WHOLE_NUMBER = re.compile(r"\d{1,9}")


@frappe.whitelist(methods=["POST"])
def read(file_name: str, content: str) -> dict[str, list]:
	"""Return the numbers in a file, for the form to show before anything is saved.

	Args:
		file_name: its name; the end tells what it is.
		content: its bytes in base64.

	Returns:
		`faults`: a sentence for each thing that is wrong; `rows`: the numbers, none while anything is wrong.

	Raises:
		frappe.PermissionError: the session's user enters no figures.
		frappe.ValidationError: the file is no table, or too large.
	"""
	_only_coordinators()
	found, faults = [], []
	words = _words()
	for place, line in enumerate(_lines(file_name, _decoded(content)), start=FIRST):
		if cstr(line.get("number")).strip():
			row, wrong = _row(line, place, words)
			faults += wrong
			found.append(row)
	faults = faults or delivered_numbers.faults(found)
	if not found:
		faults = [_("There are no numbers in this file. Fill in the template and choose that.")]
	return {"rows": [] if faults else found, "faults": faults}


@frappe.whitelist(methods=["POST"])
def template() -> str:
	"""Return an empty file to fill in, as text: a line per number, those of totals first.

	Raises:
		frappe.PermissionError: the session's user enters no figures.
	"""
	_only_coordinators()
	out = StringIO()
	writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
	meta = frappe.get_meta(CONTEXT)
	writer.writerow(_(meta.get_label(name), context=CONTEXT) for name in COLUMNS)
	counts = _options("counts")
	lines = [(one, "", "") for one in counts]
	lines += [(counts[0], title, "") for title in _categories().values()]
	lines += [(counts[0], "", position) for position in _options("accused_position")]
	for what, category, position in lines:
		told = (_(what, context=CONTEXT), _(category) if category else "")
		writer.writerow((*told, _(position, context=CONTEXT) if position else "", ""))
	return out.getvalue()


def _only_coordinators() -> None:
	if COORDINATOR not in acting_roles(frappe.session.user):
		frappe.throw(_("Delivered figures are entered by a coordinator."), frappe.PermissionError)


def _options(fieldname: str) -> list[str]:
	return [option for option in frappe.get_meta(CONTEXT).get_field(fieldname).options.split("\n") if option]


def _categories() -> dict[str, str]:
	rows = frappe.get_list(
		"SV Category",
		filters={"enabled": 1},
		fields=["name", "title"],
		order_by="display_order asc, name asc",
		limit_page_length=0,
	)
	return {row.name: row.title for row in rows}


def _words() -> dict[str, dict[str, str]]:
	"""Return what may stand in each column, in English and in the language of the session, by what it means."""
	labels = {name: cstr(frappe.get_meta(CONTEXT).get_label(name)) for name in COLUMNS}
	found = {"": _spelled({name: (name, label, _(label, context=CONTEXT)) for name, label in labels.items()})}
	for name in ("counts", "accused_position"):
		found[name] = _spelled({option: (option, _(option, context=CONTEXT)) for option in _options(name)})
	found["category"] = _spelled({name: (name, title, _(title)) for name, title in _categories().items()})
	return found


def _spelled(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
	return {spelling.strip().casefold(): name for name, spellings in words.items() for spelling in spellings}


def _row(line: Mapping[str, object], place: int, words: Mapping) -> tuple[dict, list[str]]:
	row, faults = {}, []
	for name in COLUMNS[:-1]:
		text = cstr(line.get(name)).strip()
		row[name] = words[name].get(text.casefold()) if text else None
		if (text and not row[name]) or (name == "counts" and not text):
			label = _(frappe.get_meta(CONTEXT).get_label(name), context=CONTEXT)
			faults.append(
				_(
					"Row {0}: what stands under {1} isn't known. Choose one of the words of the template."
				).format(place, label)
			)
	number = line["number"]
	text = f"{number:.0f}" if isinstance(number, float) and number.is_integer() else cstr(number).strip()
	if WHOLE_NUMBER.fullmatch(text):
		row["number"] = int(text)
	else:
		faults.append(_("Row {0}: the number isn't a whole number. Write it in digits only.").format(place))
	return row, faults


def _lines(file_name: str, content: bytes) -> Iterator[dict[str, object]]:
	"""Yield the lines below the headings, by the names of the columns."""
	if len(content) > LARGEST:
		frappe.throw(_("This file is too large for a table of numbers. Choose the filled-in template."))
	rows = list(_of_workbook(content) if file_name.lower().endswith(".xlsx") else rows_of_text(content))
	names = _words()[""]
	headings = [names.get(cstr(heading).strip().casefold()) for heading in (rows[0] if rows else ())]
	if not {"counts", "number"} <= set(headings) or len(rows) > MOST_ROWS:
		frappe.throw(_("This file isn't the template. Download the template, fill it in and choose that."))
	for row in rows[1:]:
		yield {name: value for name, value in zip(headings, row, strict=False) if name}


def _decoded(content: str) -> bytes:
	try:
		return b64decode(content)
	except ValueError:
		_refuse_broken()


def _refuse_broken() -> None:
	frappe.throw(_("This file can't be read as a workbook. Save it as XLSX or CSV and try again."))


def rows_of_text(content: bytes) -> list[list[str]]:
	"""Return the rows of a table in a text file, whatever separates its columns.

	Args:
		content: of the file.

	Raises:
		frappe.ValidationError: it is no table.
	"""
	try:
		text = content.decode("utf-8-sig")
	except UnicodeDecodeError:
		# what spreadsheet programs on Windows write
		text = content.decode("cp1252", errors="replace")
	first = text.partition("\n")[0]
	separator = max(SEPARATORS, key=first.count)
	try:
		return list(csv.reader(StringIO(text), delimiter=separator))
	except csv.Error:
		_refuse_broken()


def _of_workbook(content: bytes) -> list[tuple]:
	try:
		with ZipFile(BytesIO(content)) as packed:
			unpacked = sum(part.file_size for part in packed.infolist())
	except BadZipFile:
		_refuse_broken()
	if unpacked > LARGEST_UNPACKED:
		frappe.throw(_("This file is too large for a table of numbers. Choose the filled-in template."))
	try:
		sheet = load_workbook(BytesIO(content), read_only=True, data_only=True).worksheets[0]
		return list(sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 1))
	except Exception:
		# what is wrong inside shows itself in as many ways as there are parts in it
		_refuse_broken()
