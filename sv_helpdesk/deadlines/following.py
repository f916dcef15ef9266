"""Lets clocks follow from what happens to documents, by the table in kinds.py; nobody has to remember them."""

from collections.abc import Iterable
from datetime import datetime

import frappe
from frappe.utils import get_datetime, getdate, now_datetime

from sv_helpdesk.deadlines import clocks, lacking, moves, owners, terms, timing
from sv_helpdesk.deadlines.kinds import RULES
from sv_helpdesk.deadlines.moves import Move
from sv_helpdesk.deadlines.place import Place
from sv_helpdesk.deadlines.rule import ASKED, FILLED_IN, INSERTED, Rule
from sv_helpdesk.deadlines.terms import Term
from sv_helpdesk.deadlines.timing import Timing
from sv_helpdesk.social_safety import checks

WRITTEN = "Minutes written"
REGISTERED, STEP, DETAILS = "Registered", "Step taken", "Details changed"
# a document that begins anywhere else was put in as it once was
BEGINNINGS = ("New", "Decided on", "Draft", "Open", "Planned")


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
	if doc.doctype == "SV Decision Table" and step in ("call_off", "resume"):
		_drafts_follow(doc.name)


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
		if not lacking.is_for(rule, doc):
			for row in mine:
				clocks.cancel(row, cause, now)
			continue
		if rule.done and (before := doc.get_doc_before_save()) and before.get(rule.done):
			_correct(doc, rule, get_datetime(before.get(rule.done)), rows, cause)
		if rule.where and INSERTED in rule.starts and not _had_one(rows, rule):
			mine = start(doc, rule, lacking.since(rule, doc), place, cause)
		if FILLED_IN in rule.meets and doc.get(rule.done):
			for row in mine:
				clocks.meet(row, place.calendar, cause, get_datetime(doc.get(rule.done)))
		elif any(checks.is_changed(doc, fieldname) for fieldname in rule.moves_with):
			for row in mine:
				_move(doc, rule, row, place, cause)
		if rule.owner and any(row.deadline_owner != doc.get(rule.owner) for row in mine):
			owners.give_to(doc.doctype, doc.name, doc.get(rule.owner), rule.kind)
	if doc.doctype == "SV Report" and doc.get_doc_before_save() and checks.is_changed(doc, "handler"):
		owners.give_further_to(doc.name, doc.handler)


def begin_lacking(doc, rules: Iterable[Rule], cause: str) -> list:
	"""Start the clocks that should run for a document as it is now and don't, and return them.

	Args:
		doc: the document as it is stored now.
		rules: of which clocks.
		cause: what they follow from.
	"""
	if doc.get("import_key"):
		return []
	running = {row.kind for row in clocks.of(doc.doctype, doc.name) if row.status in clocks.OPEN}
	place, begun = Place(doc), []
	for rule in rules:
		if rule.kind not in running and ASKED not in rule.starts and lacking.is_to_be_done(rule, doc):
			begun += start(doc, rule, lacking.since(rule, doc), place, cause)
	return begun


def begin_anew(doc, rules: Iterable[Rule], met: list, cause: str) -> None:
	"""Start the clocks that should run because what met them wasn't done after all; those count as met no longer.

	Args:
		doc: the document as it is stored now.
		rules: of which clocks.
		met: rows of the clocks that were met so.
		cause: what they follow from.
	"""
	begun = {clock.kind for clock in begin_lacking(doc, rules, cause)}
	for row in met:
		if row.kind in begun:
			clocks.give_way(row, cause, now_datetime())


def _drafts_follow(table: str) -> None:
	"""Nobody has to write minutes of a table that was called off, until it is taken up again."""
	drafts = {"decision_table": table, "status": "Draft"}
	for name in frappe.get_all("SV Minutes", drafts, pluck="name", order_by="creation asc"):
		minutes = frappe.get_doc("SV Minutes", name)
		changed(minutes, STEP)
		begin_lacking(minutes, RULES["SV Minutes"], STEP)


def minutes_begun(minutes, method: str | None = None) -> None:
	"""Let the clock of a table without minutes give way (doc event of SV Minutes): these have their own."""
	for row in clocks.of("SV Decision Table", minutes.decision_table):
		if row.kind == WRITTEN and row.status in clocks.OPEN:
			clocks.give_way(row, DETAILS, now_datetime())


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
				done = rule.done and doc.get(rule.done)
				clocks.meet(row, place.calendar, cause, get_datetime(done) if done else now)
			elif event in rule.cancels:
				clocks.cancel(row, cause, now)
		# what a new document brings along is met by `changed`
		wanted = lacking.is_for if event == INSERTED else lacking.is_to_be_done
		if event in rule.starts and wanted(rule, doc):
			since = rule.starts[event](doc) if event == INSERTED else lacking.since(rule, doc)
			start(doc, rule, since, place, cause)


def start(doc, rule: Rule, since: datetime, place: Place, cause: str) -> list:
	"""Start a clock and return it, in a list; none without a term or day.

	Args:
		doc: the document as it is stored now.
		rule: of the clock.
		since: from when it counts.
		place: of the document.
		cause: what it follows from.
	"""
	found = _timing(doc, rule, place, since)
	if not found:
		return []
	term, when = found
	belongs = (place.report, place.decision_table, place.desk, place.owner(rule))
	new = clocks.NewClock(rule.kind, doc.doctype, doc.name, *belongs, since, term, when)
	return [clocks.start(new, cause, now_datetime())]


def _correct(doc, rule: Rule, before: datetime, rows: list, cause: str) -> None:
	"""Let a clock that was met follow a corrected moment; what wasn't done after all is still to be done."""
	done = doc.get(rule.done)
	if not done:
		if FILLED_IN in rule.meets:
			begin_anew(doc, [rule], [row for row in rows if row.met_at == before], cause)
	elif get_datetime(done) != before:
		for row in rows:
			if row.kind == rule.kind and row.met_at == before:
				clocks.correct(row, cause, get_datetime(done))


def _move(doc, rule: Rule, row, place: Place, cause: str) -> None:
	since = row.started_at if rule.due else lacking.since(rule, doc)
	found = _timing(doc, rule, place, since, row)
	if found and (since != row.started_at or rule.due):
		term, anew = found
		moves.move([Move(row, place.calendar, anew, since, term)], cause, now_datetime())


def _timing(doc, rule: Rule, place: Place, since: datetime, row=None) -> tuple[str | None, Timing] | None:
	"""Return the term of a clock, which may run already, and its timing; None where there is no term or day."""
	if rule.due:
		day = doc.get(rule.due)
		return (None, timing.by_day(place.calendar, getdate(day), since)) if day else None
	term = _applied_to(row, place) or place.term(rule.kind, since.date())
	if not term:
		return None
	return term.name, timing.by_term(place.calendar, term.length, term.warn_percent, since)


def _applied_to(row, place: Place) -> Term | None:
	"""Return the term that a clock was asked to go by (applying), which didn't hold when it began; it keeps that one."""
	first = place.term(row.kind, row.started_at.date()) if row and row.term else None
	return terms.named(row.term) if first and first.name != row.term else None


def _had_one(rows: list, rule: Rule) -> bool:
	return any(row.kind == rule.kind and row.status != "Cancelled" for row in rows)
