"""Which clocks should run for a document as it is now, and since when: the one answer for what starts them again."""

from datetime import datetime

import frappe
from frappe.utils import get_datetime, now_datetime

from sv_helpdesk.deadlines.rule import FILLED_IN, INSERTED, TALK, Rule, present
from sv_helpdesk.social_safety import reporters


def is_for(rule: Rule, doc) -> bool:
	"""Tell whether a clock is meant for this document at all."""
	return not rule.where or rule.where(doc)


def is_to_be_done(rule: Rule, doc) -> bool:
	"""Tell whether what a clock is for is still to be done with a document.

	Args:
		rule: of the clock.
		doc: the document as it is stored now.
	"""
	if doc.status not in rule.states or not is_for(rule, doc):
		return False
	if FILLED_IN in rule.meets and doc.get(rule.done):
		return False
	return TALK not in rule.meets or not reporters.first_talk(doc.name)


def since(rule: Rule, doc) -> datetime:
	"""Return from when a clock counts: from the last step that starts it, or from when the document began.

	Args:
		rule: of the clock.
		doc: the document as it is stored now; where nobody knows when it came so far, the clock counts from now.
	"""
	taken = {"document_type": doc.doctype, "document_name": doc.name, "step": ["in", list(rule.starts)]}
	last = frappe.db.get_value("SV Step", taken, ["step", "taken_at"], order_by="taken_at desc", as_dict=True)
	if not last and INSERTED not in rule.starts:
		return now_datetime()
	starts = rule.starts[last.step if last else INSERTED]
	if starts is not present:
		return starts(doc)
	return get_datetime(last.taken_at if last else doc.creation)
