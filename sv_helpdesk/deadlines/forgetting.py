"""What people were told long ago is forgotten; what happened to a clock stays in its own history.

Of a clock that hasn't stopped everything is kept: its notices are what keeps it from telling somebody twice.
"""

from datetime import datetime

from dateutil.relativedelta import relativedelta

import frappe
from frappe.utils import now_datetime

from sv_helpdesk.deadlines.clocks import OPEN

KEPT = relativedelta(years=1)
BATCH = 1000


def forget() -> None:
	"""Every day: remove the notices that were told longer ago than they are kept, a batch at a time."""
	while forget_some(now_datetime() - KEPT):
		frappe.db.commit()


def forget_some(before: datetime, size: int = BATCH) -> int:
	"""Remove notices in this transaction and return how many.

	Args:
		before: when they were told at the latest.
		size: how many at most.
	"""
	# read first, so that no clock is locked which somebody works on
	names = frappe.db.sql(
		"select `told`.`name` from `tabSV Deadline Notice` `told`"
		" left join `tabSV Deadline` `clock` on `clock`.`name` = `told`.`deadline` and `clock`.`status` in %s"
		" where `told`.`told_at` < %s and `clock`.`name` is null order by `told`.`told_at` limit %s",
		(OPEN, before, size),
		pluck=True,
	)
	if names:
		frappe.db.delete("SV Deadline Notice", {"name": ["in", names]})
	return len(names)
