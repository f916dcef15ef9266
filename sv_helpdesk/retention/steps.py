"""Steps about keeping a case, which leave it in its state: legal hold, and confirming that it goes.

They are steps like others, so that who took one, when and (encrypted) why is kept with the case.
"""

from collections.abc import Iterable
from datetime import date

from dateutil.relativedelta import relativedelta

import frappe
from frappe import _
from frappe.utils import cint, getdate

from sv_helpdesk.moments import this_minute
from sv_helpdesk.permissions.capacities import CASE_WORKERS
from sv_helpdesk.retention.terms import CONFIRMATION, ENDED
from sv_helpdesk.workflows.machine import Step

# who has a case for a while only doesn't decide that it goes
WORKS_HERE = ("desk", "own")
NOTICE_DAYS = 30


def notice_days() -> int:
	"""Return how many days before its day a case is announced, and may be confirmed."""
	return cint(frappe.db.get_single_value("SV Settings", "retention_notice_days")) or NOTICE_DAYS


def announced_until(today: date | None = None) -> date:
	"""Return the last of the days that are announced now.

	Args:
		today: the day; today where not given.
	"""
	return (today or getdate()) + relativedelta(days=notice_days())


def is_to_be_confirmed(case) -> bool:
	"""Tell whether the desk has to say if a case goes.

	Args:
		case: has the fields of an SV Report about keeping.
	"""
	due = case.status in ENDED and case.anonymise_on and getdate(case.anonymise_on) <= announced_until()
	return bool(due) and not case.legal_hold and not case.anonymise_confirmed_at


def is_on_hold(case) -> bool:
	"""Tell whether a case is kept whatever its day is."""
	return bool(case.legal_hold)


def is_not_on_hold(case) -> bool:
	"""Tell whether nothing keeps a case beyond its day."""
	return not is_on_hold(case)


def review_comes(case) -> None:
	"""A hold is looked at again on a day to come."""
	if getdate(case.legal_hold_review_on) <= getdate():
		frappe.throw(_("The day of the review is over. Choose one to come."))


def holds(case) -> None:
	"""The step puts the case on hold."""
	case.legal_hold = 1


def lets_go(case) -> None:
	"""The step lifts the hold."""
	case.legal_hold = 0


def confirms(case) -> None:
	"""The step says who confirmed."""
	case.anonymise_confirmed_by = frappe.session.user
	case.anonymise_confirmed_at = this_minute()


def of_keeping(states: Iterable[str]) -> tuple[Step, ...]:
	"""Return the steps about keeping a case in each of its states.

	Args:
		states: all of a case's.
	"""
	return tuple(step for state in states for step in _in_state(state))


def _in_state(state: str) -> tuple[Step, ...]:
	def step(name: str, label: str, where, who=CASE_WORKERS, **more) -> Step:
		is_for = lambda case: case.status == state and where(case)  # noqa: E731
		return Step(name, label, (state,), state, who, where=is_for, aside=True, **more)

	review = {
		"asks": ("legal_hold_review_on",),
		"needs": ("legal_hold_review_on",),
		"reason": True,
		"clears": CONFIRMATION,
	}
	kept = (
		step(
			"hold",
			"Put on legal hold",
			is_not_on_hold,
			**review,
			sets=("legal_hold",),
			checks=(review_comes, holds),
		),
		step("review_hold", "Legal hold goes on", is_on_hold, **review, checks=(review_comes,)),
		step(
			"lift_hold",
			"Lift legal hold",
			is_on_hold,
			reason=True,
			clears=("legal_hold_review_on", *CONFIRMATION),
			sets=("legal_hold",),
			checks=(lets_go,),
		),
	)
	if state not in ENDED:
		return kept
	confirm = step(
		"confirm_anonymising",
		"Confirm anonymising",
		is_to_be_confirmed,
		WORKS_HERE,
		sets=("anonymise_confirmed_by", "anonymise_confirmed_at"),
		checks=(confirms,),
	)
	return (confirm, *kept)
