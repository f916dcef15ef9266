"""Whether deadlines are looked at: a sweep that doesn't run warns nobody, and nothing else would show it."""

from collections.abc import Iterator
from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import now_datetime

from sv_helpdesk.self_check.finding import Finding

# it runs every five minutes
LATE = timedelta(hours=1)


def deadlines() -> Iterator[Finding]:
	"""No clock has waited long to be looked at, and nobody to be told."""
	moment = now_datetime() - LATE
	if frappe.db.exists("SV Deadline", {"next_at": ["<", moment]}):
		yield Finding(
			"deadlines-not-swept",
			_("Deadlines have not been looked at for an hour. See that the scheduler and a worker run."),
		)
	if frappe.db.exists("SV Deadline Notice", {"told_at": ["is", "not set"], "noted_at": ["<", moment]}):
		yield Finding(
			"warnings-not-told",
			_("Warnings of deadlines have waited for an hour. See why the job sv_deadline_sweep fails."),
		)
