"""Numbers that people were told before something was hidden from them: larger than what they find, they would
tell of it (R6). A mail that has left can't be called back; it says no more than a number of that day.
"""

from datetime import datetime

import frappe

from sv_helpdesk import notices
from sv_helpdesk.deadlines import delivery
from sv_helpdesk.permissions import sides


def told_of(report: str) -> dict[str, set[str]]:
	"""Return who was told of deadlines of a case or of a decision table about it, and by which notices.

	Args:
		report: name of the SV Report.
	"""
	rows = frappe.db.sql(
		"select distinct `told`.`user`, `told`.`told_in` from `tabSV Deadline Notice` `told`"
		" inner join `tabSV Deadline` `clock` on `clock`.`name` = `told`.`deadline`"
		" where `told`.`told_in` is not null and (`clock`.`report` = %s or `clock`.`decision_table` in %s)",
		(report, (*sides.tables_about(report), "")),
	)
	found: dict[str, set[str]] = {}
	for user, told_in in rows:
		found.setdefault(user, set()).add(told_in)
	return found


def recount(user: str, told_in: set[str], now: datetime) -> None:
	"""Let notices count only what somebody may still see; one that counts nothing goes.

	Args:
		user: user id.
		told_in: the notices; no others change, so that nothing else shows that something became hidden.
		now: the moment.
	"""
	rows = frappe.db.sql(
		"select `told_in`, `urgent`, `deadline` from `tabSV Deadline Notice`"
		" where `user` = %s and `told_in` in %s",
		(user, (*told_in, "")),
	)
	left = delivery.in_sight(user, {deadline for *_notice, deadline in rows}, now)
	told: dict[tuple[str, int], set[str]] = {}
	for notice, urgent, deadline in rows:
		told.setdefault((notice, urgent), set()).add(deadline)
	for (notice, urgent), deadlines in told.items():
		notices.correct_number(notice, user, len(deadlines & left), urgent=bool(urgent))
