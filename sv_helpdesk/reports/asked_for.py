"""Which figures a built-in report shows to the session's user, by what they ask for.

At one's own desks: exact, of any period, of the cases one may read. Of all desks together: whole years only, so that
two periods can't be subtracted; what was published, and until then the working version for a coordinator to whom
nothing of the year is denied: exact numbers without what is, beside the published ones with it, whether these are read
today or next year, would tell what it is (R3, R6, R8).
"""

from dataclasses import dataclass
from datetime import date

import frappe
from frappe import _
from frappe.utils import cint, cstr, getdate, now_datetime

from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.recipients import desks_of
from sv_helpdesk.permissions.roles import CASE_ROLES
from sv_helpdesk.reports import counted, version_rights, year_figures
from sv_helpdesk.reports.definitions import BY_CODE
from sv_helpdesk.reports.making import Shown, Year, make
from sv_helpdesk.reports.records import Records
from sv_helpdesk.reports.scope import Scope
from sv_helpdesk.reports.version import INTERNAL, PUBLISHED, WORKING, Version
from sv_helpdesk.social_safety.unit_tree import Units

YEARS = range(1900, 3000)
# one table may be about people of several
OF_NO_UNIT = {"tables", "table_cases"}


@dataclass(frozen=True)
class Asked:
	"""What the filters of a report ask for.

	Attributes:
		first: the first day of the period.
		last: its last day.
		all_desks: whether all desks are counted together; else those of the user.
		desk: one of these desks.
		unit: a unit, with all that is part of it.
	"""

	first: date
	last: date
	all_desks: bool = False
	desk: str | None = None
	unit: str | None = None


def asked(filters: dict | None) -> Asked:
	"""Return what filters ask for, whatever a request put into them.

	Raises:
		frappe.ValidationError: there is no period.
	"""
	found = frappe._dict(filters or {})
	all_desks = bool(cint(found.all_desks))
	return Asked(*period(found), all_desks, cstr(found.desk) or None, cstr(found.unit) or None)


def period(filters: dict) -> tuple[date, date]:
	"""Return the first and the last day that filters ask for.

	Raises:
		frappe.ValidationError: one of them is no day.
	"""
	values = [filters.get(name) for name in ("from_date", "to_date")]
	days = [getdate(value) if value and isinstance(value, str | date) else None for value in values]
	if not all(day and day.year in YEARS for day in days):
		frappe.throw(_("Choose from which day until which day."))
	return tuple(days)


def version_for(wanted: Asked, codes: tuple[str, ...]) -> Version:
	"""Return these tables of the figures that the session's user may have of what they ask for.

	Args:
		wanted: the filters.
		codes: of the tables.

	Raises:
		frappe.PermissionError: the user has no right to such figures.
		frappe.ValidationError: says what to ask for instead.
	"""
	user = frappe.session.user
	if wanted.all_desks:
		return _of_all_desks(wanted, user)
	if not acting_roles(user) & set(CASE_ROLES):
		frappe.throw(_("You work at no desk. Choose the figures of all desks."), frappe.PermissionError)
	return _of_own_desks(wanted, user, codes)


def _of_all_desks(wanted: Asked, user: str) -> Version:
	year = wanted.first.year
	if (wanted.first, wanted.last) != (date(year, 1, 1), date(year, 12, 31)) or wanted.desk or wanted.unit:
		frappe.throw(
			_("Figures of all desks are of a whole calendar year, without a desk or unit. Choose one.")
		)
	published = frappe.get_list(
		"SV Figures",
		{"year": year, "status": "Published", "origin": "Counted here"},
		pluck="name",
		order_by="creation asc",
	)
	if not published and version_rights.may_read_exact(user, year):
		return year_figures.working(year, user)
	if not published:
		frappe.throw(_("No figures of {0} have been published yet. Choose an earlier year.").format(year))
	figures = frappe.get_doc("SV Figures", published[0])
	name = INTERNAL if version_rights.may_read_version(user, figures, INTERNAL) else PUBLISHED
	return version_rights.version_for(figures, name)


def _of_own_desks(wanted: Asked, user: str, codes: tuple[str, ...]) -> Version:
	desks = desks_of(user)
	if wanted.desk and wanted.desk not in desks:
		frappe.throw(_("You don't work at this desk. Choose one of yours."), frappe.PermissionError)
	tables = tuple(BY_CODE[code] for code in codes)
	if wanted.unit and {table.population for table in tables} & OF_NO_UNIT:
		frappe.throw(_("Decision tables aren't counted by unit. Leave the unit empty."))
	scope = Scope(
		wanted.first,
		wanted.last,
		reader=user,
		own=True,
		desks=frozenset([wanted.desk] if wanted.desk else desks),
		units=frozenset(Units().within(wanted.unit)) if wanted.unit else None,
	)
	records = Records()
	year = Year(
		year=wanted.first.year,
		counted_at=str(now_datetime().replace(microsecond=0)),
		institution="",
		cells=counted.count(scope, records, tables),
		employees={},
		records=records,
		earlier={},
		tables=tables,
	)
	return make(year, Shown(WORKING))
