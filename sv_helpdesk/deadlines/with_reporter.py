"""Lets the clocks of a case follow what passes between the desk and its reporter: talks and messages."""

from datetime import datetime

import frappe
from frappe.utils import now_datetime

from sv_helpdesk.deadlines import clocks
from sv_helpdesk.deadlines.desk_calendars import calendar_of
from sv_helpdesk.deadlines.following import DETAILS, begin_lacking
from sv_helpdesk.deadlines.kinds import RULES
from sv_helpdesk.deadlines.rule import RECEIVED, SENT, TALK
from sv_helpdesk.social_safety import checks, reporters

CAUSES = {TALK: "Talk held", SENT: "Message sent", RECEIVED: "Message received"}


def talk_held(note, method: str | None = None) -> None:
	"""Let the clocks of a case follow a talk that was registered, changed or retracted (doc event of SV Note)."""
	before = note.get_doc_before_save()
	if "Talk" not in (note.note_type, before and before.note_type):
		return
	if any(checks.is_changed(note, fieldname) for fieldname in ("note_type", "party", "retracted")):
		_follow_talks(note.report)


def role_corrected(party, method: str | None = None) -> None:
	"""Let the clocks of a case follow who its reporter turns out to be (doc event of SV Party)."""
	if party.get_doc_before_save() and checks.is_changed(party, "party_role"):
		_follow_talks(party.report)


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


def _follow_talks(report: str) -> None:
	"""The first talk is the first one with the reporter; where there was none after all, it is still to be held."""
	if talk_at := reporters.first_talk(report):
		_of_case(report, TALK, talk_at)
		return
	had = {row.kind for row in clocks.of("SV Report", report) if row.status == "Met"}
	rules = [rule for rule in RULES["SV Report"] if TALK in rule.meets and rule.kind in had]
	begin_lacking(frappe.get_doc("SV Report", report), rules, DETAILS)


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
