"""What somebody has at a desk, and the cases that each part of it belongs to."""

from typing import NamedTuple

import frappe

from sv_helpdesk.leaving.kinds import CASES, KINDS, Kind
from sv_helpdesk.permissions import sides

# what tells of a row where it belongs
BELONGS_BY = {
	"SV Party": ("report", "support_desk"),
	"SV Referral": ("report",),
	"SV Aftercare": ("report",),
	"SV Aftercare Contact": ("report",),
	"SV Action": ("report", "decision_table"),
	"SV Minutes": ("decision_table",),
}


class Part(NamedTuple):
	"""One thing that somebody has.

	Attributes:
		kind: one of KINDS.
		name: of the document.
		holder: user id of who has it.
		reports: names of the cases that it belongs to.
		row: name of the row of the document in which they stand, if any.
	"""

	kind: str
	name: str
	holder: str
	reports: frozenset[str] = frozenset()
	row: str | None = None

	@property
	def doctype(self) -> str:
		"""Of the document."""
		return KINDS[self.kind].doctype

	@property
	def hidden_with(self) -> frozenset[str]:
		"""What it is hidden with: its cases, and itself where one of them was anonymised (permissions.outliving)."""
		return self.reports | {self.name}


def at_desk(desk: str, holder: str | None = None, kinds: tuple[str, ...] = tuple(KINDS)) -> list[Part]:
	"""Return what somebody has at a desk, the earliest first within each kind.

	Args:
		desk: name of the desk.
		holder: user id; None: whoever has it.
		kinds: of which kinds.
	"""
	place = _Place(desk)
	return [part for kind in kinds for part in place.parts(kind, holder)]


class _Place:
	"""A desk, whose cases and tables are asked for once."""

	def __init__(self, desk: str):
		self.desk = desk
		self.cases = _names("SV Report", {"desk": desk, **KINDS[CASES].open})
		self.tables = _names("SV Decision Table", {"desk": desk})
		self.find = {
			"SV Report": lambda row: {row.name},
			"SV Party": self._of_supported,
			"SV Referral": lambda row: {row.report},
			"SV Action": self._of_action,
			"SV Decision Table": lambda row: sides.reports_of(row.name),
			"SV Minutes": self._of_minutes,
			"SV Desk": lambda row: set(),
			"SV Subject Request": self._of_request,
		}

	def parts(self, kind: str, holder: str | None) -> list[Part]:
		"""Return what this person, or anybody, has of a kind."""
		found = []
		for row in self._rows(kind, KINDS[kind], holder or ["is", "set"]):
			reports = self.find.get(row.doctype, self._of_case)(row)
			if reports is not None:
				found.append(Part(kind, row.name, row.holder, frozenset(reports), row.get("row")))
		return found

	def _rows(self, kind: str, wanted: Kind, holder: object) -> list:
		if wanted.rows:
			return self._rows_of_tables(wanted, holder)
		where = {"SV Report": {"desk": self.desk}, "SV Referral": {"target_desk": self.desk}}
		where |= {doctype: {"desk": self.desk} for doctype in ("SV Decision Table", "SV Subject Request")}
		rows = frappe.get_all(
			wanted.doctype,
			filters={**where.get(wanted.doctype, {}), **wanted.open, wanted.fieldname: holder},
			fields=["name", wanted.fieldname, *BELONGS_BY.get(wanted.doctype, ())],
			order_by="received_at asc" if wanted.doctype == "SV Report" else "creation asc",
		)
		return [frappe._dict(row, doctype=wanted.doctype, holder=row[wanted.fieldname]) for row in rows]

	def _rows_of_tables(self, wanted: Kind, holder: object) -> list:
		is_desk = wanted.doctype == "SV Desk"
		parents = {self.desk} if is_desk else _names(wanted.doctype, {"desk": self.desk, **wanted.open})
		if not parents:
			return []
		rows = frappe.get_all(
			wanted.rows,
			filters={"parent": ["in", parents], "parenttype": wanted.doctype, wanted.fieldname: holder},
			fields=["name", "parent", wanted.fieldname],
			order_by="parent asc, idx asc",
		)
		return [
			frappe._dict(doctype=wanted.doctype, name=row.parent, holder=row[wanted.fieldname], row=row.name)
			for row in rows
		]

	def _of_case(self, row) -> set[str] | None:
		return {row.report} if row.report in self.cases else None

	def _of_request(self, row) -> set[str]:
		rows = {"parent": row.name, "parenttype": row.doctype}
		return set(frappe.get_all("SV Subject Case", rows, pluck="report", order_by="idx asc"))

	def _of_minutes(self, row) -> set[str] | None:
		return sides.reports_of(row.decision_table) if row.decision_table in self.tables else None

	def _of_action(self, row) -> set[str] | None:
		if row.report:
			return self._of_case(row)
		return self._of_minutes(row)

	def _of_supported(self, row) -> set[str] | None:
		"""People whom the desk supports: named as its own, or in its own case without another desk."""
		if row.support_desk and row.support_desk == self.desk:
			is_open = frappe.db.exists("SV Report", {"name": row.report, **KINDS[CASES].open})
			return {row.report} if is_open else None
		return None if row.support_desk else self._of_case(row)


def _names(doctype: str, filters: dict) -> set[str]:
	return set(frappe.get_all(doctype, filters=filters, pluck="name", order_by="name asc"))
