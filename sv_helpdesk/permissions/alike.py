"""Finds which cases are perhaps about one person, and which about one unit in a year (UM 3.7, CAOP).

A unit is meant with everything beneath it, and a signal is about the smallest unit that reaches the number
of reporters: first the unit that the case names, then the larger ones around it. The one unit of which all
others are part is the organisation itself; that something is reported there says nothing.
"""

from collections.abc import Iterable
from copy import copy
from datetime import datetime
from itertools import chain
from typing import NamedTuple

import frappe
from frappe.utils import add_years, now_datetime

from sv_helpdesk.social_safety import choices
from sv_helpdesk.social_safety.unit_tree import Units

PERSON, UNIT = "Person", "Unit"
ACCUSED, REPORTER = "Accused", "Reporter"
ADVICE_REQUEST, WITHDRAWN = "Advice request", "Withdrawn"
# an address given as an account is that account
KINDS_OF_MARK = {
	"address": ("address_index",),
	"name": ("name_index",),
	"account": ("account_index", "address_account_index"),
}
INDEXES = (*chain(*KINDS_OF_MARK.values()),)
Mark = tuple[str, str]


class Signal(NamedTuple):
	"""Several cases that are perhaps alike: what they are about, their names and how many people reported."""

	about: str
	unit: str | None
	cases: frozenset[str]
	reporters: int


def marks(party) -> set[Mark]:
	"""Return by what a person of a case is recognised."""
	return {
		(kind, party.get(index))
		for kind, indexes in KINDS_OF_MARK.items()
		for index in indexes
		if party and party.get(index)
	}


def counts(case) -> bool:
	"""Tell whether a case counts: a receiver's case of a hand-over is none of its own."""
	return case.kind != ADVICE_REQUEST and case.status != WITHDRAWN and not case.handed_over_from


def cases_about(known_as: set[Mark], without: str | None = None) -> set[str]:
	"""Return the cases in which somebody with one of these marks is the accused.

	Args:
		known_as: by what they are recognised.
		without: name of an SV Party that is left out.
	"""
	return {party.report for party in _accused_alike(known_as) if party.name != without}


class Cases:
	"""Some cases with all that may be alike, fetched with a number of queries that doesn't grow with them."""

	def __init__(self, asked: Iterable[str]):
		self.asked = set(asked)
		self.needed = choices.reporters_of_a_signal()
		own = _people(ACCUSED, self.asked)
		self.accused = _accused_alike(set(chain(*map(marks, own))))
		rows = _rows({"name": ["in", sorted(self.asked | {party.report for party in self.accused})]})
		self.units = Units()
		around = self.units.around(row.unit for row in rows if row.name in self.asked)
		if around:
			rows += _rows({"unit": ["in", sorted(around)], "received_at": [">=", _a_year_ago()]})
		self.rows = {row.name: row for row in rows}
		self.reporters = _people(REPORTER, self.rows)

	def signals(self, hidden: Iterable[str] = ()) -> list[Signal]:
		"""Return the signals in which one of the cases asked for takes part.

		Args:
			hidden: names of cases that don't count for who asks, nor lead from one case to another.
		"""
		rows = [self.rows[name] for name in self.rows.keys() - set(hidden)]
		return [*self._about_people({row.name for row in rows}), *self._about_units(rows)]

	def with_other_reporter(self, name: str, earlier) -> "Cases":
		"""Return these cases as they were while a reporter had other marks.

		Args:
			name: of the SV Party.
			earlier: the party as it was, or None where it wasn't there.
		"""
		cases = copy(self)
		cases.reporters = [party for party in self.reporters if party.name != name] + [earlier] * bool(
			earlier
		)
		return cases

	def _about_people(self, counted: set[str]) -> list[Signal]:
		people = same_people(party for party in self.accused if party.report in counted)
		found = {frozenset(party.report for party in person) for person in people}
		made = (self._signal(PERSON, None, cases) for cases in found if cases & self.asked)
		return [signal for signal in made if signal]

	def _about_units(self, rows: list) -> list[Signal]:
		recent = [row for row in rows if row.unit and row.received_at >= _a_year_ago()]
		found: dict[str, Signal | None] = {}
		for unit in {row.unit for row in recent if row.name in self.asked}:
			for larger in self.units.upwards(unit):
				if larger not in found:
					within = self.units.within(larger)
					cases = frozenset(row.name for row in recent if row.unit in within)
					found[larger] = self._signal(UNIT, larger, cases)
				if found[larger]:
					break
		return [signal for signal in found.values() if signal]

	def _signal(self, about: str, unit: str | None, cases: frozenset[str]) -> Signal | None:
		reported = [party for party in self.reporters if party.report in cases]
		# a case of whose reporter nothing is known counts for one more
		reporters = len(same_people(reported)) + len(cases - {party.report for party in reported})
		several = len(cases) > 1 and reporters >= self.needed[about]
		return Signal(about, unit, cases, reporters) if several else None


def same_people(parties: Iterable) -> list[list]:
	"""Return these persons of cases, those together who are perhaps one; of whom nothing is known is nobody else."""
	by_mark: dict[Mark, list] = {}
	unknown = []
	for party in parties:
		known_as = marks(party)
		if not known_as:
			unknown.append([party])
			continue
		same = {id(by_mark[mark]): by_mark[mark] for mark in known_as if mark in by_mark}
		person = [party, *chain(*same.values())]
		by_mark.update(dict.fromkeys(set(chain(*map(marks, person))), person))
	return [*{id(person): person for person in by_mark.values()}.values(), *unknown]


def _accused_alike(known_as: set[Mark]) -> list:
	"""Return every accused with one of these marks, and with a mark of one of those, and so on."""
	found, latest = [], set(known_as)
	while latest:
		values = {
			kind: sorted(value for of_kind, value in latest if of_kind == kind) for kind in KINDS_OF_MARK
		}
		alike = {
			index: ["in", values[kind]]
			for kind, indexes in KINDS_OF_MARK.items()
			for index in indexes
			if values[kind]
		}
		found += _people(ACCUSED, or_filters=alike)
		reached = set(chain(*map(marks, found)))
		latest, known_as = reached - known_as, reached | known_as
	return list({party.name: party for party in found}.values())


def _people(role: str, reports: Iterable[str] | None = None, or_filters: dict | None = None) -> list:
	filters = {"party_role": role, **({} if reports is None else {"report": ["in", sorted(reports)]})}
	return frappe.get_all(
		"SV Party",
		filters=filters,
		or_filters=or_filters,
		fields=["name", "report", *INDEXES],
		order_by="creation asc, name asc",
	)


def _rows(filters: dict) -> list:
	"""Return the cases among these that count at all."""
	fields = ["name", "case_number", "desk", "handler", "only_if_repeated", "received_at", "unit"]
	return frappe.get_all(
		"SV Report",
		{
			"kind": ["!=", ADVICE_REQUEST],
			"status": ["!=", WITHDRAWN],
			"handed_over_from": ["is", "not set"],
			**filters,
		},
		fields,
		order_by="received_at asc, name asc",
	)


def _a_year_ago() -> datetime:
	return add_years(now_datetime(), -1)
