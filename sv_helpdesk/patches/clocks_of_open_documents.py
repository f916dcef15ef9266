"""Cases and all that was open before there were clocks get those that should run now, from when they began."""

from collections.abc import Iterator
from itertools import islice

import frappe
from frappe.utils import now_datetime

from sv_helpdesk.deadlines import clocks, following, with_reporter
from sv_helpdesk.deadlines.kinds import ANSWER, NOBODYS, RULES
from sv_helpdesk.deadlines.place import Place
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
	for clock in (*following.begin_lacking(doc, rules, CAUSE), *_answer(doc)):
		if clock.due_at <= now and clock.kind not in NOBODYS:
			clocks.tell_with_others(clock, now)


def _answer(doc) -> list:
	"""Start the clock of an answer that clocks wait for from before there was a term for it."""
	rows = clocks.of(doc.doctype, doc.name)
	waiting = [row.paused_at for row in rows if row.status == "Paused"]
	if not waiting or any(row.kind == ANSWER and row.status in clocks.OPEN for row in rows):
		return []
	return following.start(doc, with_reporter.ANSWERED, min(waiting), Place(doc), CAUSE)


def _batches(doctype: str) -> Iterator[list[str]]:
	"""Yield the names of the documents that may still have something to do, oldest first."""
	states = {state for rule in RULES[doctype] for state in rule.states}
	names = iter(
		frappe.get_all(doctype, {"status": ["in", sorted(states)]}, pluck="name", order_by="creation asc")
	)
	while batch := list(islice(names, AT_ONCE)):
		yield batch
