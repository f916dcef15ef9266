"""Cases and all that was open before there were clocks get those that should run now, from when they began."""

from collections.abc import Iterator
from itertools import islice

import frappe
from frappe.utils import now_datetime

from sv_helpdesk.deadlines import clocks, following
from sv_helpdesk.deadlines.kinds import RULES
from sv_helpdesk.social_safety import masters

CAUSE = "Deadlines introduced"
AT_ONCE = 200


def execute() -> None:
	"""Start what doesn't run; what is late already is told in one digest, not each as if it had just happened."""
	# otherwise they come after the patches
	masters.sync_masters()
	for doctype, rules in RULES.items():
		for names in _batches(doctype):
			for name in names:
				_begin(frappe.get_doc(doctype, name), rules)
			frappe.db.commit()


def _begin(doc, rules: tuple) -> None:
	now = now_datetime()
	for clock in following.begin_lacking(doc, rules, CAUSE):
		if clock.due_at <= now:
			clocks.tell_with_others(clock, now)


def _batches(doctype: str) -> Iterator[list[str]]:
	"""Yield the names of the documents that may still have something to do, oldest first."""
	states = {state for rule in RULES[doctype] for state in rule.states}
	names = iter(
		frappe.get_all(doctype, {"status": ["in", sorted(states)]}, pluck="name", order_by="creation asc")
	)
	while batch := list(islice(names, AT_ONCE)):
		yield batch
