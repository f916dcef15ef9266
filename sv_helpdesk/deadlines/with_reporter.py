"""Lets the clocks of a case follow what passes between the desk and its reporter: talks and messages."""

from datetime import datetime

import frappe
from frappe.utils import now_datetime

from sv_helpdesk.deadlines import clocks, following, lacking
from sv_helpdesk.deadlines.desk_calendars import calendar_of
from sv_helpdesk.deadlines.kinds import ANSWER, RULES
from sv_helpdesk.deadlines.place import Place
from sv_helpdesk.deadlines.rule import ASKED, RECEIVED, TALK
from sv_helpdesk.social_safety import checks, reporters

ANSWERED = next(rule for rule in RULES["SV Report"] if rule.kind == ANSWER)
CAUSES = {TALK: "Talk held", ASKED: "Message sent", RECEIVED: "Message received"}


def talk_held(note, method: str | None = None) -> None:
	"""Let the clocks of a case follow a talk that was registered, changed or retracted (doc event of SV Note)."""
	before = note.get_doc_before_save()
	if "Talk" not in (note.note_type, before and before.note_type):
		return
	if any(
		checks.is_changed(note, fieldname) for fieldname in ("note_type", "party", "retracted", "talk_at")
	):
		_follow_talks(note.report, before and before.talk_at)


def role_corrected(party, method: str | None = None) -> None:
	"""Let the clocks of a case follow who its reporter turns out to be (doc event of SV Party)."""
	if party.get_doc_before_save() and checks.is_changed(party, "party_role"):
		_follow_talks(party.report)


def message_came(message, method: str | None = None) -> None:
	"""Let the clocks of a case go on when its reporter writes (doc event of SV Message)."""
	if not message.flags.taken_over and reporters.wrote(message):
		_of_case(message.report, RECEIVED, now_datetime())


def message_went(message) -> None:
	"""Let the clocks of a case wait when a question has left for its reporter; without a term for the answer none waits.

	Args:
		message: the SV Message.
	"""
	if not message.asks_reporter:
		return
	# as it is now: the mail server took its time
	case = frappe.get_doc("SV Report", message.report, for_update=True)
	if not lacking.is_to_be_done(ANSWERED, case):
		return
	for row in clocks.of("SV Report", case.name):
		if row.kind == ANSWERED.kind and row.status in clocks.OPEN:
			# each question is given the whole time
			clocks.give_way(row, CAUSES[ASKED], now_datetime())
	if following.start(case, ANSWERED, now_datetime(), Place(case), CAUSES[ASKED]):
		_of_case(case.name, ASKED, now_datetime())


def _follow_talks(report: str, corrected: datetime | None = None) -> None:
	"""The first talk is the first one with the reporter; where there was none after all, it is still to be held.

	Args:
		report: name of the SV Report.
		corrected: when a talk was said to have been that was changed.
	"""
	if talk_at := reporters.first_talk(report):
		_of_case(report, TALK, talk_at)
		_correct_talk(report, corrected, talk_at)
		return
	case = frappe.get_doc("SV Report", report, for_update=True)
	met = [row for row in clocks.of("SV Report", report) if row.status == "Met"]
	had = {row.kind for row in met}
	rules = [rule for rule in RULES["SV Report"] if TALK in rule.meets and rule.kind in had]
	following.begin_anew(case, rules, met, following.DETAILS)


def _correct_talk(report: str, before: datetime | None, talk_at: datetime) -> None:
	"""Let what was met by a talk follow when the first one really was."""
	kinds = {rule.kind for rule in RULES["SV Report"] if TALK in rule.meets}
	for row in clocks.of("SV Report", report) if before else []:
		if row.kind in kinds and row.met_at == before != talk_at:
			clocks.correct(row, following.DETAILS, talk_at)


def _of_case(report: str, event: str, at: datetime) -> None:
	"""Let the clocks of a case follow something that isn't a change of the case itself."""
	# before its clocks, as a step does, so that the two don't wait for each other crosswise
	frappe.db.get_value("SV Report", report, "name", for_update=True)
	rows = [row for row in clocks.of("SV Report", report) if row.status in clocks.OPEN]
	calendars = {desk: calendar_of(desk) for desk in {row.desk for row in rows}}
	for rule in RULES["SV Report"]:
		if event not in (*rule.meets, *rule.pauses, *rule.resumes):
			continue
		for row in (row for row in rows if row.kind == rule.kind):
			calendar = calendars[row.desk]
			if event in rule.meets:
				clocks.meet(row, calendar, CAUSES[event], at)
			elif event in rule.pauses:
				clocks.pause(row, calendar, CAUSES[event], at)
			elif event in rule.resumes:
				clocks.resume(row, calendar, CAUSES[event], at)
