"""Tells who works on the cases that a signal of repetition waits, once for each time that it grows.

A signal grows when one more case takes part in it: a case gets a unit, counts again after it was withdrawn,
or its accused turns out to be somebody already reported. It arises, too, when a further reporter of a case
makes them enough. Saving what changes none of this tells nobody anything, and who has not yet looked at what
they were told about a case isn't told of it again. How large a signal was is stored nowhere, so it is worked
out from what was saved before.
"""

import frappe
from frappe import _

from sv_helpdesk import notices
from sv_helpdesk.permissions import alike, denied_list, desk_people
from sv_helpdesk.permissions.alike import ACCUSED, PERSON, REPORTER, UNIT
from sv_helpdesk.permissions.decision import rights_on


def follow_case(case) -> None:
	"""After a case was saved: one more about a unit, or one that counts again.

	Args:
		case: the SV Report.
	"""
	before = case.get_doc_before_save()
	if before and not alike.counts(before):
		_tell(case.name, PERSON, UNIT)
	elif case.unit and (not before or before.unit != case.unit):
		_tell(case.name, UNIT)


def follow_party(party) -> None:
	"""After a person was saved: the accused may be somebody already reported, or there is one more reporter.

	Args:
		party: the SV Party.
	"""
	before = party.get_doc_before_save()
	earlier = before if before and before.party_role == party.party_role else None
	if earlier and alike.marks(earlier) == alike.marks(party):
		return
	if party.party_role == ACCUSED:
		known = alike.cases_about(alike.marks(party), party.name)
		if known - alike.cases_about(alike.marks(earlier), party.name) - {party.report}:
			_tell(party.report, PERSON)
	elif party.party_role == REPORTER and _has_further_reporters(party):
		_tell(party.report, PERSON, UNIT, arisen_by=(party.name, earlier))


def _has_further_reporters(party) -> bool:
	"""The first reporter of a case stands for the unknown one that it counted for before."""
	others = {"report": party.report, "party_role": REPORTER, "name": ["!=", party.name]}
	return bool(frappe.db.exists("SV Party", others))


def _tell(report: str, *about: str, arisen_by: tuple | None = None) -> None:
	"""Tell who works on the cases concerned, at each desk of one: this one, or its latest."""
	cases = alike.Cases({report})
	before = cases.with_other_reporter(*arisen_by) if arisen_by else None

	def grown(user: str | None = None) -> set[str]:
		hidden = denied_list.denied_among(sorted(cases.rows), user) if user else ()
		earlier = {(signal.about, signal.cases) for signal in before.signals(hidden)} if before else ()
		return set().union(
			*(
				signal.cases
				for signal in cases.signals(hidden)
				if signal.about in about and (signal.about, signal.cases) not in earlier
			)
		)

	rows = sorted(
		(cases.rows[name] for name in grown()),
		key=lambda row: (row.name == report, row.received_at, row.name),
	)
	for row in {row.desk: row for row in rows}.values():
		people = {row.handler, *desk_people.running(row.desk, row.name)} - {None, ""}
		people = {user for user in people if desk_people.knows_of_repetition(user, row)}
		told = [user for user in people if rights_on("SV Report", row.name, user) and row.name in grown(user)]
		notices.tell(
			told,
			lambda language: _("A signal of repetition waits for you.", language),
			"SV Report",
			row.name,
			unless_unread=True,
		)
