"""Lets clocks follow from what happens to documents, by the table in kinds.py; nobody has to remember them."""

from datetime import datetime

import frappe
from frappe.utils import get_datetime, getdate, now_datetime

from sv_helpdesk.deadlines import clocks, kinds, owners, timing
from sv_helpdesk.deadlines.desk_calendars import calendar_of
from sv_helpdesk.deadlines.kinds import INSERTED, NO_TALK, RECEIVED, RULES, SENT, TALK, Rule
from sv_helpdesk.deadlines.place import Place
from sv_helpdesk.deadlines.timing import Timing
from sv_helpdesk.social_safety import checks

REGISTERED, STEP, DETAILS = "Registered", "Step taken", "Details changed"
CAUSES = {TALK: "Talk held", SENT: "Message sent", RECEIVED: "Message received"}
# a document that begins anywhere else was put in as it once was
BEGINNINGS = ("New", "Decided on", "Draft", "Open", "Planned")
FINISHED = ("Settled", "Aftercare", "Closed", "Withdrawn")


def inserted(doc, method: str | None = None) -> None:
	"""Start the clocks of a new document (doc event)."""
	if doc.status in BEGINNINGS and not doc.get("import_key"):
		_happened(doc, INSERTED, REGISTERED)


def updated(doc, method: str | None = None) -> None:
	"""Let clocks follow the fields of a saved document (doc event); a step says so itself when it was taken."""
	if not doc.flags.step:
		changed(doc)


def step_taken(doc, step: str) -> None:
	"""Let clocks follow a step.

	Args:
		doc: the document after it.
		step: its name.
	"""
	if doc.doctype in RULES:
		_happened(doc, step, STEP)
		changed(doc, STEP)


def changed(doc, cause: str = DETAILS) -> None:
	"""Let the clocks of a document follow its fields.

	Args:
		doc: the document as it is stored now.
		cause: what they follow from.
	"""
	if doc.get("import_key"):
		return
	rows, place, now = clocks.of(doc.doctype, doc.name), Place(doc), now_datetime()
	for rule in RULES[doc.doctype]:
		mine = [row for row in rows if row.kind == rule.kind and row.status in clocks.OPEN]
		if rule.where and not rule.where(doc):
			for row in mine:
				clocks.cancel(row, cause, now)
			continue
		if rule.where and INSERTED in rule.starts and not _had_one(rows, rule):
			mine = _start(doc, rule, INSERTED, place, cause)
		if rule.done and doc.get(rule.done):
			for row in mine:
				clocks.meet(row, place.calendar, cause, get_datetime(doc.get(rule.done)))
		elif any(checks.is_changed(doc, fieldname) for fieldname in rule.moves_with):
			for row in mine:
				_move(doc, rule, row, place, cause)
		if rule.owner and any(row.deadline_owner != doc.get(rule.owner) for row in mine):
			owners.give_to(doc.doctype, doc.name, doc.get(rule.owner), rule.kind)
	if doc.doctype == "SV Report" and doc.get_doc_before_save() and checks.is_changed(doc, "handler"):
		owners.give_referrals_to(doc.name, doc.handler)


def minutes_begun(minutes, method: str | None = None) -> None:
	"""End the clock of a table that had none of its minutes (doc event of SV Minutes): these have their own."""
	changed(frappe.get_doc("SV Decision Table", minutes.decision_table))


def talk_held(note, method: str | None = None) -> None:
	"""Let the clocks of a case follow a talk that was registered or retracted (doc event of SV Note)."""
	if note.note_type != "Talk":
		return
	if note.retracted and checks.is_changed(note, "retracted"):
		_talk_retracted(note.report)
	elif not note.retracted and checks.is_changed(note, "note_type"):
		_of_case(note.report, TALK, get_datetime(note.talk_at))


def message_came(message, method: str | None = None) -> None:
	"""Let the clocks of a case go on when its reporter writes (doc event of SV Message)."""
	if message.direction == "Incoming" and not message.automatic:
		_of_case(message.report, RECEIVED, now_datetime())


def message_went(message) -> None:
	"""Let the clocks of a case wait when a message of the desk has left for its reporter.

	Args:
		message: the SV Message.
	"""
	if not message.acknowledgement and not message.automatic:
		_of_case(message.report, SENT, now_datetime())


def _talk_retracted(report: str) -> None:
	"""The first talk is still to be held when there was none after all."""
	case = frappe.get_doc("SV Report", report)
	talks = {"report": report, "note_type": "Talk", "retracted": 0}
	if case.status not in FINISHED and not frappe.db.exists("SV Note", talks):
		_happened(case, NO_TALK, DETAILS)


def _happened(doc, event: str, cause: str) -> None:
	rules = [rule for rule in RULES[doc.doctype] if event in (*rule.starts, *rule.meets, *rule.cancels)]
	if not rules:
		return
	rows = clocks.of(doc.doctype, doc.name) if event != INSERTED else []
	place, now = Place(doc), now_datetime()
	for rule in rules:
		mine = [row for row in rows if row.kind == rule.kind and row.status in clocks.OPEN]
		for row in mine:
			if event in rule.meets:
				clocks.meet(row, place.calendar, cause, now)
			elif event in rule.cancels:
				clocks.cancel(row, cause, now)
		if event in rule.starts and (not rule.where or rule.where(doc)):
			_start(doc, rule, event, place, cause)


def _of_case(report: str, event: str, at: datetime) -> None:
	"""Let the clocks of a case follow something that isn't a change of the case itself."""
	rows = [row for row in clocks.of("SV Report", report) if row.status in clocks.OPEN]
	for rule in RULES["SV Report"]:
		if event not in (*rule.meets, *rule.pauses, *rule.resumes):
			continue
		for row in (row for row in rows if row.kind == rule.kind):
			calendar = calendar_of(row.desk)
			if event in rule.meets:
				clocks.meet(row, calendar, CAUSES[event], at)
			elif event in rule.pauses:
				clocks.pause(row, calendar, CAUSES[event], at)
			elif event in rule.resumes:
				clocks.resume(row, calendar, CAUSES[event], at)


def _start(doc, rule: Rule, event: str, place: Place, cause: str) -> list:
	"""Start a clock and return it, in a list; none without a term or day."""
	since = rule.starts[event](doc)
	found = _timing(doc, rule, place, since)
	if not found:
		return []
	term, when = found
	belongs = (place.report, place.decision_table, place.desk, place.owner(rule))
	new = clocks.NewClock(rule.kind, doc.doctype, doc.name, *belongs, since, term, when)
	return [clocks.start(new, cause, now_datetime())]


def _move(doc, rule: Rule, row, place: Place, cause: str) -> None:
	since = row.started_at if rule.due else rule.starts.get(INSERTED, kinds.present)(doc)
	found = _timing(doc, rule, place, since)
	if found and (since != row.started_at or rule.due):
		clocks.move(row, place.calendar, found[1], since, cause, now_datetime())


def _timing(doc, rule: Rule, place: Place, since: datetime) -> tuple[str | None, Timing] | None:
	"""Return the term of a clock and its timing; None where there is no term or day."""
	if rule.due:
		day = doc.get(rule.due)
		return (None, timing.by_day(place.calendar, getdate(day), since)) if day else None
	term = place.term(rule.kind, since.date())
	if not term:
		return None
	return term.name, timing.by_term(place.calendar, term.length, term.warn_percent, since)


def _had_one(rows: list, rule: Rule) -> bool:
	return any(row.kind == rule.kind and row.status != "Cancelled" for row in rows)
