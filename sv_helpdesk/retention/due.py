"""Which cases are to go now, and what keeps one for a while although its day has come."""

from datetime import date

from dateutil.relativedelta import relativedelta

import frappe
from frappe.utils import getdate

from sv_helpdesk.permissions import same_matter, sides
from sv_helpdesk.retention import terms
from sv_helpdesk.retention.terms import ENDED, until

TABLE_OVER = ("Settled", "Called off")
LOOKED_AT = ("Set aside", "Taken in")
ANSWERED = ("Handed out", "Withdrawn")
REFERRAL_UNDER_WAY = ("Offered", "Accepted")


def confirmed(today: date) -> list[str]:
	"""Return the cases that the desk has confirmed and whose day has come, the longest due first.

	Args:
		today: the day.
	"""
	return over(today, anonymise_confirmed_at=["is", "set"])


def over(last: date, **more) -> list[str]:
	"""Return the cases whose day comes until a day, and that nothing but a confirmation keeps; the longest due first.

	Args:
		last: the last day.
		more: further filters.
	"""
	wanted = {
		"status": ["in", ENDED],
		"anonymise_on": until(last),
		"legal_hold": 0,
		"anonymised_at": ["is", "not set"],
		**more,
	}
	return frappe.get_all("SV Report", wanted, pluck="name", order_by="anonymise_on asc, name asc")


def is_confirmed(case, today: date) -> bool:
	"""Tell whether a case that was just locked is still one of those.

	Args:
		case: the SV Report as it is now.
		today: the day.
	"""
	goes = case.status in ENDED and case.anonymise_confirmed_at and not case.legal_hold
	return bool(goes and not case.anonymised_at and case.anonymise_on and getdate(case.anonymise_on) <= today)


def is_needed_elsewhere(report: str) -> bool:
	"""Tell whether something that began with a case still runs: a table, aftercare, a referral, the receiver's case.

	So does what somebody asked about their own data in it: a right of access isn't answered by destroying what it is about.

	Args:
		report: name of the SV Report.
	"""
	tables, others = sorted(sides.tables_about(report)), sorted(same_matter.handed_over_with(report))
	running = (
		("SV Aftercare", {"report": report, "status": ["!=", "Closed"]}),
		("SV Referral", {"report": report, "status": ["in", REFERRAL_UNDER_WAY]}),
		# for the host nothing is in an empty list, but an empty value
		*([("SV Decision Table", {"name": ["in", tables], "status": ["not in", TABLE_OVER]})] * bool(tables)),
		*([("SV Report", {"name": ["in", others], "status": ["not in", ENDED]})] * bool(others)),
	)
	return any(frappe.db.exists(doctype, filters) for doctype, filters in running) or _is_asked_about(report)


def _is_asked_about(report: str) -> bool:
	found_in = {"report": report, "parenttype": "SV Subject Request"}
	requests = frappe.get_all("SV Subject Case", found_in, pluck="parent", order_by="creation asc")
	# an erasure that was granted is what anonymising carries out
	asked = {"name": ["in", [*requests, ""]], "status": ["not in", ANSWERED], "kind": ["!=", "Erasure"]}
	return bool(frappe.db.exists("SV Subject Request", asked))


def tables_that_go(report: str) -> list[str]:
	"""Return the decision tables of a case whose other cases have all been anonymised.

	Args:
		report: name of the SV Report.
	"""
	return [table for table in sorted(sides.tables_about(report)) if not _others_left(table, report)]


def tables_left(today: date) -> list[str]:
	"""Return the decision tables that no case takes along any more, and whose own term is over.

	Args:
		today: the day.
	"""
	wanted = {
		"status": ["in", TABLE_OVER],
		"closed_on": until(today - _standard_term()),
		"anonymised_at": ["is", "not set"],
	}
	over = frappe.get_all("SV Decision Table", wanted, pluck="name", order_by="closed_on asc, name asc")
	return [table for table in over if not _others_left(table)]


def mails_left(today: date) -> list[str]:
	"""Return the held mails that somebody has looked at, that belong to no case, and whose term is over.

	One that nobody has looked at yet stays: it may be a report.

	Args:
		today: the day.
	"""
	wanted = {
		"status": ["in", LOOKED_AT],
		"report": ["is", "not set"],
		"modified": ["<", today - _standard_term()],
	}
	return frappe.get_all("SV Held Mail", wanted, pluck="name", order_by="modified asc, name asc")


def _standard_term() -> relativedelta:
	return relativedelta(years=terms.years_of(terms.STANDARD))


def _others_left(table: str, report: str = "") -> bool:
	others = sorted(sides.reports_of(table) - {report})
	left = {"name": ["in", others], "anonymised_at": ["is", "not set"]}
	return bool(others and frappe.db.exists("SV Report", left))
