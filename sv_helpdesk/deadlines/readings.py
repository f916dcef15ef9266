"""What the rules of clocks read of a document: whether they are for it, and from when they count."""

from datetime import datetime, timedelta

import frappe
from frappe.utils import get_datetime, getdate, now_datetime

from sv_helpdesk.deadlines.calendar_time import END_OF_DAY

ACUTE = "Decision table convened (acute danger)"


def by_the_law(report) -> bool:
	"""Whether the whistleblowers' act holds for a case."""
	return bool(report.whistleblower_report) and report.status != "Withdrawn"


def acknowledged(report) -> datetime:
	"""When the three months begin: with the acknowledgement, or without one after its seven days (directive
	2019/1937, article 9)."""
	if report.acknowledged_at:
		return get_datetime(report.acknowledged_at)
	return get_datetime(report.received_at) + timedelta(days=7)


def last_step(document_type: str, document_name: str, step: str) -> datetime | None:
	"""Return when a step was last taken with a document, if ever."""
	taken = {"document_type": document_type, "document_name": document_name, "step": step}
	return frappe.db.get_value("SV Step", taken, "taken_at", order_by="taken_at desc")


def decided(table) -> datetime:
	"""When it was decided that a table is needed: when it was taken up again, or on the day that it says.

	A day without a time counts from its end, unless the table was registered on it.
	"""
	if taken_up := last_step(table.doctype, table.name, "resume"):
		return taken_up
	registered, day = get_datetime(table.creation), getdate(table.opened_on)
	return registered if day == registered.date() else datetime.combine(day, END_OF_DAY)


def endangered(table) -> datetime:
	"""When acute danger was seen: with the decision, or when the table first became acute after it."""
	decision = decided(table)
	if not table.get_doc_before_save():
		return decision
	first = {"document_name": table.name, "kind": ACUTE, "started_at": [">=", decision]}
	return (
		frappe.db.get_value("SV Deadline", first, "started_at", order_by="started_at asc") or now_datetime()
	)


def is_calm(table) -> bool:
	"""Whether a table that isn't convened yet is not about acute danger."""
	return table.status == "Decided on" and table.urgency != "Acute danger"


def is_acute(table) -> bool:
	"""Whether a table that isn't convened yet is about acute danger."""
	return table.status == "Decided on" and table.urgency == "Acute danger"


def can_be_appealed(complaint) -> bool:
	"""Whether something is open against the decision on a complaint."""
	return complaint.remedy not in (None, "", "Nothing")


def is_unwritten(table) -> bool:
	"""Whether a table has met and nobody has begun its minutes; those have a clock of their own."""
	return table.status == "Running" and not frappe.db.exists("SV Minutes", {"decision_table": table.name})


def is_awaited(minutes) -> bool:
	"""Whether a draft is still to be handed in: its table was not called off."""
	table = frappe.db.get_value("SV Decision Table", minutes.decision_table, "status")
	return minutes.status == "Draft" and table != "Called off"


def drafted(minutes) -> datetime:
	"""When the time to write minutes begins: with the meeting, for a correction when that is begun; anew when they
	come back, and when their table is taken up again."""
	begun = get_datetime(minutes.creation if minutes.corrects else minutes.meeting_at)
	came_back = last_step(minutes.doctype, minutes.name, "send_back")
	taken_up = last_step("SV Decision Table", minutes.decision_table, "resume")
	return max(moment for moment in (begun, came_back, taken_up) if moment)
