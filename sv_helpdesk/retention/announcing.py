"""Tells the desk in time how many of its cases are to go, and asks again what nobody answered: numbers, no case.

Everybody is told of the cases they handle, and who runs a desk of those that nobody does; whom a case is hidden
from is told of none.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from dateutil.relativedelta import relativedelta

import frappe
from frappe import _

from sv_helpdesk import notices
from sv_helpdesk.permissions import denied_list, desk_people
from sv_helpdesk.permissions.roles import PRIVACY_OFFICER
from sv_helpdesk.retention import due
from sv_helpdesk.retention.steps import announced_until
from sv_helpdesk.retention.terms import until
from sv_helpdesk.two_persons import staff
from sv_helpdesk.two_persons.notices import watchers

# between two tellings of the same case
AGAIN = relativedelta(days=30)


def announce(today: date) -> None:
	"""Tell what is to be confirmed, what wasn't for long, and which legal holds are to be looked at again.

	Args:
		today: the day.
	"""
	_tell_coming(today)
	_tell_overdue(today)
	_tell_reviews(today)


def _tell_coming(today: date) -> None:
	new = _unanswered(announced_until(today), anonymise_announced_on=["is", "not set"])
	for user, number in _numbers(new):
		notices.tell(
			[user],
			lambda language, number=number: _(
				"{0} cases are to be anonymised. Confirm them, or put them on legal hold: the list of cases has them under “To be anonymised”.",
				language,
			).format(number),
		)
	_note_told(new, today)


def _tell_overdue(today: date) -> None:
	long_ago = today - AGAIN
	late = _unanswered(long_ago, anonymise_announced_on=until(long_ago))
	for user, number in _numbers(late):
		notices.tell(
			[user],
			lambda language, number=number: _(
				"{0} cases should have been anonymised. Confirm them, or put them on legal hold: the list of cases has them under “To be anonymised”.",
				language,
			).format(number),
		)
	if late:
		_tell_officers(late)
	_note_told(late, today)


def _tell_reviews(today: date) -> None:
	wanted = {"legal_hold": 1, "legal_hold_review_on": until(today)}
	new = {**wanted, "anonymise_announced_on": ["is", "not set"]}
	again = {**wanted, "anonymise_announced_on": until(today - AGAIN)}
	held = [
		name
		for filters in (new, again)
		for name in frappe.get_all("SV Report", filters, pluck="name", order_by="name asc")
	]
	for user, number in _numbers(held):
		notices.tell(
			[user],
			lambda language, number=number: _(
				"The legal hold of {0} cases is to be looked at again. Say in each that it goes on, or lift it.",
				language,
			).format(number),
		)
	_note_told(held, today)


def _unanswered(last: date, **more) -> list[str]:
	return due.over(last, anonymise_confirmed_at=["is", "not set"], **more)


def _numbers(reports: Iterable[str]) -> list[tuple[str, int]]:
	"""Return who is to be told of these cases, each with how many are theirs."""
	return sorted(Counter(user for report in reports for user in set(_people(report))).items())


def _people(report: str) -> list[str]:
	"""Who handles a case and still works there, or else who runs the desk; nobody from whom it is hidden (R6)."""
	case = frappe.db.get_value("SV Report", report, ["handler", "desk"], as_dict=True)
	# it may have been hidden from the handler's account when that was merged with another one
	hidden = case.handler and denied_list.is_denied(report, case.handler)
	if case.handler and not hidden and desk_people.works_at(case.handler, case.desk):
		return [case.handler]
	return desk_people.running(case.desk, report)


def _tell_officers(late: list[str]) -> None:
	for user in watchers():
		number = len(set(late) - denied_list.denied_among(late, user))
		if number and PRIVACY_OFFICER in staff.roles_of(user):
			notices.tell(
				[user],
				lambda language, number=number: _(
					"{0} cases should have been anonymised for a month or longer, and nobody at their desks has said anything about it.",
					language,
				).format(number),
			)


def _note_told(reports: list[str], today: date) -> None:
	if reports:
		frappe.db.set_value(
			"SV Report", {"name": ["in", reports]}, "anonymise_announced_on", today, update_modified=False
		)
