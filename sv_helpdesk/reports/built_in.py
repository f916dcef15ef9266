"""The built-in reports of figures: tables of a version as the columns, rows, message and chart of the host's reports."""

from dataclasses import replace

import frappe
from frappe import _
from frappe.utils import add_years

from sv_helpdesk.annual_report.words import Words
from sv_helpdesk.reports import earlier
from sv_helpdesk.reports.asked_for import Asked, asked, version_for
from sv_helpdesk.reports.counted import key
from sv_helpdesk.reports.definitions import BARS, BY_CODE, DOUGHNUT, EXPLAINS, PERCENT, STACKED
from sv_helpdesk.reports.records import Records
from sv_helpdesk.reports.version import PUBLISHED, SHOWN, UNKNOWN, WORKING, Cell, Number, Table, Version

CHARTS = {BARS: "bar", DOUGHNUT: "donut", STACKED: "percentage"}
YEARS = 3
# also keeps a title that begins with = from being a formula in an export
INDENT = "\u2003"


class FiguresReport:
	"""Some tables of the figures, one below the other."""

	def __init__(self, *codes: str):
		"""Name the tables, by their codes."""
		self.codes = codes

	def execute(self, filters: dict | None = None) -> tuple:
		"""Return columns, rows, message and chart.

		Raises:
			frappe.PermissionError: the session's user has no right to the figures asked for.
		"""
		found = version_for(asked(filters), self.codes)
		words = Words(_language())
		tables = [table for code in self.codes if (table := found.table(code))]
		rows = [row for table in tables for row in _rows(table, words)]
		return _columns(found), [*_mark(found), *rows], _message(found, self.codes), _chart(tables, words)


class YearsReport:
	"""One table of counts, the period and the same one of the years before side by side."""

	def __init__(self, code: str):
		"""Name the table, by its code."""
		self.code = code

	def execute(self, filters: dict | None = None) -> tuple:
		"""As FiguresReport.execute; a year before of which the reader has nothing isn't there."""
		wanted, words = asked(filters), Words(_language())
		latest = version_for(wanted, (self.code,))
		found = {wanted.first.year: latest}
		for back in range(1, YEARS):
			if before := self._before(wanted, back, latest):
				found[wanted.first.year - back] = before
		# one year that isn't published makes the whole a working version
		strictest = next((one for one in found.values() if one.name == WORKING), latest)
		table = latest.table(self.code)
		lines = {row.code: row for one in found.values() for row in one.table(self.code).rows}
		rows = [
			{"value": INDENT + words.row(table, row), **_by_year(found, self.code, code, words)}
			for code, row in lines.items()
		]
		numbers = {str(year): _count(one.table(self.code).base, words) for year, one in found.items()}
		rows.append({"value": _("Total"), **numbers})
		columns = [_column("value", _headed(strictest, words.say(BY_CODE[self.code].title)), 320)]
		columns += [_column(str(year), str(year), 100) for year in found]
		chart = _chart([table], words, always=True)
		return columns, [*_mark(strictest), *rows], _message(strictest, (self.code,)), chart

	def _before(self, wanted: Asked, back: int, latest: Version) -> Version | None:
		"""Return the version of so many years before; None if the reader has nothing of it."""
		period = replace(wanted, first=add_years(wanted.first, -back), last=add_years(wanted.last, -back))
		found = None
		try:
			found = version_for(period, (self.code,))
		except frappe.ValidationError:
			frappe.clear_last_message()
		# without a case, a working version of all desks is of a year before the first one here
		empty = not found or (found.name == WORKING and not found.table(self.code).base.count)
		if not (wanted.all_desks and empty):
			return found
		made = _taken_over(latest.table(self.code), period.first.year)
		return made and replace(latest, name=PUBLISHED, tables=(made,))


def _taken_over(latest: Table, year: int) -> Table | None:
	"""Return what was published elsewhere about a year in the lines of a later table; None if there is nothing."""
	definition, told = BY_CODE[latest.code], earlier.published(year, Records()).counts
	base = key(definition.population)
	cells = [told.get(key(definition.population, f"{definition.by[0]}={row.code}")) for row in latest.rows]
	if told.get(base) is None and not any(count is not None for count in cells):
		return None
	rows = tuple(replace(row, cells=(_told(count),)) for row, count in zip(latest.rows, cells, strict=True))
	return replace(latest, rows=rows, base=_told(told.get(base)))


def _told(count: Number | None) -> Cell:
	return Cell(UNKNOWN) if count is None else Cell(SHOWN, count)


def _language() -> str:
	return "nl" if (frappe.local.lang or "").startswith("nl") else "en"


def _by_year(found: dict[int, Version], code: str, value: str, words: Words) -> dict[str, str]:
	result = {}
	for year, one in found.items():
		rows = [row for row in one.table(code).rows if row.code == value]
		result[str(year)] = _count(rows[0].cells[0], words) if rows else ""
	return result


def _rows(table: Table, words: Words) -> list[dict]:
	title = {"value": words.say(BY_CODE[table.code].title), "count": _count(table.base, words), "bold": 1}
	return [title, *(_row(table, row, words) for row in table.rows)]


def _row(table: Table, row, words: Words) -> dict:
	cell = row.cells[0]
	return {
		"value": INDENT * (row.level + 1) + words.row(table, row),
		"count": _count(cell, words),
		"percent": words.cell(cell, cell.percent, words.percentage) if _is_share(table) else "",
		"change": words.difference(cell.change) if cell.change is not None else "",
	}


def _count(cell: Cell, words: Words) -> str:
	# of a share alone there is no number to show
	return "" if cell.state == SHOWN and cell.count is None else words.cell(cell, cell.count, words.number)


def _is_share(table: Table) -> bool:
	return BY_CODE[table.code].shows == PERCENT


def _columns(found: Version) -> list[dict]:
	return [
		_column("value", _headed(found, _("Figure")), 380),
		_column("count", _("Number", context="SV Figures"), 110),
		_column("percent", _("Percentage", context="SV Figures"), 110),
		_column("change", _("Change", context="SV Figures"), 110),
	]


def _column(fieldname: str, label: str, width: int) -> dict:
	return {"fieldname": fieldname, "label": label, "fieldtype": "Data", "width": width, "align": "left"}


def _mark(found: Version) -> list[dict]:
	"""Return the row that goes along when a working version is exported: an export has no message."""
	return [{"value": _marked(), "bold": 1}] if found.name == WORKING else []


def _headed(found: Version, label: str) -> str:
	"""Return a heading with the mark: an export has no rows but those that a filter left on the screen."""
	return f"{label} ({_marked()})" if found.name == WORKING else label


def _marked() -> str:
	return _("Working version – not for circulation")


def _message(found: Version, codes: tuple[str, ...]) -> str:
	populations = dict.fromkeys(BY_CODE[code].population for code in codes)
	sentences = [_(EXPLAINS[name], context="SV Figures") for name in populations]
	if found.name == WORKING:
		return " ".join([_marked() + ".", *sentences])
	shown = _("Numbers from which a person could be found out aren't shown.")
	return " ".join([*sentences, shown])


def _chart(tables: list[Table], words: Words, always: bool = False) -> dict | None:
	table = next((one for one in tables if BY_CODE[one.code].chart or always), None)
	if not table:
		return None
	values = [(row.cells[0].percent if _is_share(table) else row.cells[0].count) or 0 for row in table.rows]
	labels = [words.row(table, row) for row in table.rows]
	kind = CHARTS.get(BY_CODE[table.code].chart, "bar")
	return {"data": {"labels": labels, "datasets": [{"values": values}]}, "type": kind}
