"""What one row of a table is, in SQL: which rows there are, and where each classification finds its value.

Only counted.py uses this. It reads past the row rules, because a figure counts every desk's cases; nothing here
may reach a user other than as a figure. Without a reader the system counts: what is published or shown suppressed
is the same for everybody.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import and_

from pypika import Case, Table
from pypika.terms import Criterion, EmptyCriterion, LiteralValue, Term

import frappe
from frappe.query_builder.functions import Count, IfNull

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.permissions import rules
from sv_helpdesk.reports.scope import Scope

# A report is every first contact on somebody's own initiative; a signal is a rumour that nobody came with.
COUNTED_AS_REPORTS = ("Report", "Formal complaint")
ADVICE_REQUEST = "Advice request"
# A draft was never sent; one that was declined or withdrawn took the reporter nowhere.
REFERRED = ("Offered", "Accepted", "Completed")
# a decision table that was never needed
CALLED_OFF = "Called off"

# not asked of the host, which knows no site yet when this is loaded
REPORT, PARTY, REFERRAL = Table("tabSV Report"), Table("tabSV Party"), Table("tabSV Referral")
TABLE, CASE, CASE_REPORT = (
	Table("tabSV Decision Table"),
	Table("tabSV Table Case"),
	Table("tabSV Table Case Report"),
)
CONFIDANT_REPORT = Table("tabSV Confidant Report")

EVERY_ROW = Count("*")


@dataclass(frozen=True)
class Population:
	"""What one row of a table is.

	Attributes:
		rows: the statement without what it selects: from, joins and conditions.
		columns: where each classification finds its value.
		counts: what is counted of the rows.
	"""

	rows: Callable[[Scope], object]
	columns: Callable[[Scope], Mapping[str, Term]]
	counts: Term = EVERY_ROW

	def statement(self, scope: Scope, classifications: Iterable[str]):
		"""Return one statement that counts the rows by what the database has for these classifications."""
		columns = self.columns(scope)
		chosen = [columns[name] for name in classifications]
		return self.rows(scope).select(*chosen, self.counts).groupby(*chosen)

	def counted(self, scope: Scope, classifications: Sequence[str]) -> list[tuple]:
		"""Return how many there are by what the database has for these classifications, the number last."""
		return self.statement(scope, classifications).run()


def _reports(scope: Scope):
	return frappe.qb.from_(REPORT).where(_first_contact(scope))


def _reporters(scope: Scope):
	# from the reports of the period to their parties, by the index on both
	joined = frappe.qb.from_(REPORT).inner_join(PARTY).on(PARTY.report == REPORT.name)
	return joined.where(_all(PARTY.party_role == "Reporter", _first_contact(scope)))


def _advice_requests(scope: Scope):
	of_period = _between(REPORT.received_at, scope)
	return frappe.qb.from_(REPORT).where(_all(REPORT.kind == ADVICE_REQUEST, of_period, _case_of(scope)))


def _referrals(scope: Scope):
	referred = REFERRAL.status.isin(REFERRED) & _between(REFERRAL.referred_on, scope)
	mine = _all(_not_denied(REFERRAL.report, scope), _own("SV Referral", scope))
	joined = frappe.qb.from_(REFERRAL).left_join(REPORT).on(REPORT.name == REFERRAL.report)
	return joined.where(
		_all(referred, mine, _in(REFERRAL.from_desk, scope.desks), _in(REPORT.unit, scope.units))
	)


def _tables(scope: Scope):
	return frappe.qb.from_(TABLE).where(_open_in(scope))


def _table_cases(scope: Scope):
	joined = frappe.qb.from_(CASE).inner_join(TABLE).on(TABLE.name == CASE.decision_table)
	return joined.where(_open_in(scope))


def _confidant_reports(scope: Scope):
	of_period = _between(CONFIDANT_REPORT.received_on, scope)
	return frappe.qb.from_(CONFIDANT_REPORT).where(_all(of_period, _in(CONFIDANT_REPORT.unit, scope.units)))


def _of_report(_scope: Scope) -> dict[str, Term]:
	return {
		"nature": REPORT.main_category,
		"unit": REPORT.unit,
		"first_desk": _first_desk(),
		"accused_position": REPORT.accused_position,
		"leading_position": REPORT.accused_position,
	}


def _of_reporter(scope: Scope) -> dict[str, Term]:
	return {
		**_of_report(scope),
		"staff_group": PARTY.staff_group,
		"contract": PARTY.contract,
		"gender": PARTY.gender,
		"follow_up": REPORT.intervention,
		"criminal_offence": REPORT.criminal_offence,
	}


def _of_advice_request(scope: Scope) -> dict[str, Term]:
	led_to = frappe.qb.from_(TABLE).select(TABLE.advice_request)
	held = (TABLE.status != CALLED_OFF) & TABLE.advice_request.isnotnull()
	led_to = led_to.where(_all(held, _no_case_denied(scope)))
	return {
		"first_desk_type": _first_desk(),
		"asked_by": REPORT.asked_by,
		"advice_topic": REPORT.advice_topic,
		"led_to_table": Case().when(REPORT.name.isin(led_to), 1).else_(0),
	}


def _of_referral(_scope: Scope) -> dict[str, Term]:
	return {
		"from_desk_type": REFERRAL.from_desk,
		"referred_to": REFERRAL.target,
		"referral_type": REFERRAL.referral_type,
		"line": REFERRAL.line,
	}


def _of_table(scope: Scope) -> dict[str, Term]:
	running = TABLE.closed_on.isnull() | (TABLE.closed_on > scope.last)
	several = (
		frappe.qb.from_(CASE)
		.inner_join(CASE_REPORT)
		.on((CASE_REPORT.parent == CASE.name) & (CASE_REPORT.parenttype == "SV Table Case"))
		.select(CASE.decision_table)
		.groupby(CASE.name)
		.having(Count(CASE_REPORT.name) > 1)
	)
	return {
		"outcome": Case().when(running, "Still running").else_(TABLE.outcome),
		"started": Case().when(TABLE.opened_on < scope.first, "earlier").else_("this_year"),
		"several_reports": Case().when(TABLE.name.isin(several), 1).else_(0),
	}


POPULATIONS = {
	"reporters": Population(_reporters, _of_reporter),
	"reports": Population(_reports, _of_report),
	"advice_requests": Population(_advice_requests, _of_advice_request),
	"referrals": Population(_referrals, _of_referral),
	"tables": Population(_tables, _of_table),
	"table_cases": Population(_table_cases, lambda _scope: {"subject": CASE.subject, "kind": CASE.kind}),
	"confidant_reports": Population(_confidant_reports, lambda _scope: {"about": CONFIDANT_REPORT.about}),
	"confidants": Population(
		_confidant_reports, lambda _scope: {}, Count(CONFIDANT_REPORT.confidant).distinct()
	),
}


def _all(*conditions: Criterion) -> Criterion:
	"""Return the condition that all of them hold; an empty one always does."""
	return reduce(
		and_, [one for one in conditions if not isinstance(one, EmptyCriterion)] or [EmptyCriterion()]
	)


def _first_desk() -> Term:
	return Case().when(IfNull(REPORT.first_desk, "") == "", REPORT.desk).else_(REPORT.first_desk)


def _first_contact(scope: Scope) -> Criterion:
	"""A report is counted where it was made; the case of a desk it was handed over to isn't another one."""
	first = REPORT.kind.isin(COUNTED_AS_REPORTS) & (IfNull(REPORT.handed_over_from, "") == "")
	return _all(first, _between(REPORT.received_at, scope), _case_of(scope))


def _case_of(scope: Scope) -> Criterion:
	mine = _all(_not_denied(REPORT.name, scope), _own("SV Report", scope))
	return _all(mine, _in(REPORT.desk, scope.desks), _in(REPORT.unit, scope.units))


def _open_in(scope: Scope) -> Criterion:
	closed = TABLE.closed_on.isnull() | (TABLE.closed_on >= scope.first)
	held = (TABLE.opened_on <= scope.last) & closed & (TABLE.status != CALLED_OFF)
	mine = _all(_no_case_denied(scope), _own("SV Decision Table", scope))
	return _all(held, mine, _in(TABLE.desk, scope.desks))


def _between(column: Term, scope: Scope) -> Criterion:
	"""Moments are kept in the site's time zone, so the day is that of the wall clock there."""
	return (column >= scope.first) & (column < scope.last + timedelta(days=1))


def _in(column: Term, names: frozenset[str] | None) -> Criterion:
	# nothing is in an empty list; the database would take it for an error
	return EmptyCriterion() if names is None else column.isin(sorted(names) or [""])


def _own(doctype: str, scope: Scope) -> Criterion:
	if not scope.own:
		return EmptyCriterion()
	condition = rules.counting_condition(scope.reader, doctype)
	# a sign that the database driver would take for the place of a value is doubled
	return LiteralValue(f"({condition.replace('%', '%%')})")


def _denied_to(reader: str):
	denied = Table("tabSV Denied")
	return (
		frappe.qb.from_(denied)
		.select(denied.report)
		.where(denied.user_index == blind_index("account", reader))
	)


def _not_denied(report: Term, scope: Scope) -> Criterion:
	return report.notin(_denied_to(scope.reader)) if scope.reader else EmptyCriterion()


def _no_case_denied(scope: Scope) -> Criterion:
	"""A table is left out with any of its cases, as in the list of tables."""
	if not scope.reader:
		return EmptyCriterion()
	with_denied = (
		frappe.qb.from_(CASE)
		.inner_join(CASE_REPORT)
		.on((CASE_REPORT.parent == CASE.name) & (CASE_REPORT.parenttype == "SV Table Case"))
		.select(CASE.decision_table)
		.where(CASE_REPORT.report.isin(_denied_to(scope.reader)))
	)
	started = TABLE.advice_request.isnull() | TABLE.advice_request.notin(_denied_to(scope.reader))
	return TABLE.name.notin(with_denied) & started
