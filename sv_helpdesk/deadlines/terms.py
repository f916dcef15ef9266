"""How long things may take: the terms that people keep in SV Term, per desk and with days of validity.

A term of a desk goes before one for all desks. Which one holds is looked up when a clock starts, so a change
never moves a clock that runs. Where no term is valid there is no deadline.
"""

from datetime import date, datetime
from typing import NamedTuple

import frappe
from frappe.query_builder.functions import Coalesce

from sv_helpdesk.deadlines import timing
from sv_helpdesk.deadlines.calendars import Calendar
from sv_helpdesk.deadlines.desk_calendars import calendar_of
from sv_helpdesk.deadlines.length import Length


class Term(NamedTuple):
	"""A term as it holds on a day.

	Attributes:
		name: of the SV Term.
		length: how long it is.
		warn_percent: which part of it has passed when the owner is warned.
	"""

	name: str
	length: Length
	warn_percent: int


def term_of(kind: str, desk: str | None, day: date) -> Term | None:
	"""Return the term for something that begins on a day, or None if there is none.

	Args:
		kind: what must be done, an option of SV Term.
		desk: name of the SV Desk.
		day: local day on which it begins.
	"""
	return terms_of(desk, day).get(kind)


def terms_of(desk: str | None, day: date) -> dict[str, Term]:
	"""Return all terms for what begins at a desk on a day, by kind.

	Args:
		desk: name of the SV Desk.
		day: local day on which it begins.
	"""
	row = frappe.qb.DocType("SV Term")
	its_desk = Coalesce(row.desk, "")
	query = frappe.qb.from_(row).select(row.name, row.kind, row.amount, row.unit, row.moves, row.warn_percent)
	query = query.where(its_desk.isin([desk or "", ""]) & (row.valid_from <= day))
	query = query.where(row.valid_until.isnull() | (row.valid_until >= day))
	# two for the same desk can't be valid on one day; its own come after the common ones and replace them
	return {
		found.kind: Term(found.name, Length(found.amount, found.unit, bool(found.moves)), found.warn_percent)
		for found in query.orderby(its_desk).run(as_dict=True)
	}


def named(name: str) -> Term:
	"""Return a term by its name, whenever it is valid."""
	fields = ["amount", "unit", "moves", "warn_percent"]
	row = frappe.db.get_value("SV Term", name, fields, as_dict=True)
	return Term(name, Length(row.amount, row.unit, bool(row.moves)), row.warn_percent)


def due_of(kind: str, desk: str | None, start: datetime, calendar: Calendar | None = None) -> datetime | None:
	"""Return when something that begins at `start` must be done, or None if no term says so.

	Args:
		kind: what must be done, an option of SV Term.
		desk: name of the SV Desk.
		start: local time.
		calendar: of that desk, if it is known already.
	"""
	term = term_of(kind, desk, start.date())
	if not term:
		return None
	return timing.by_term(calendar or calendar_of(desk), term.length, term.warn_percent, start).due_at
