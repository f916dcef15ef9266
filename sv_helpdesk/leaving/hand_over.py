"""What a colleague leaves behind goes to another one of the desk, without whoever arranges it reading it.

What is denied to who arranges it is passed over without a trace in the answer (R6); those to whom it isn't
are told of it (`unattended`, and the daily self-check).
"""

from collections.abc import Collection, Iterable

import frappe
from frappe import _
from frappe.utils import now_datetime

from sv_helpdesk import access_log, notices
from sv_helpdesk.forms import titles
from sv_helpdesk.leaving import fits, held
from sv_helpdesk.leaving.kinds import CLOSED_CASES, KINDS, label_of
from sv_helpdesk.permissions import denied_list, desk_people, grants
from sv_helpdesk.two_persons import approvals

USUAL = tuple(kind for kind in KINDS if kind != CLOSED_CASES)


@frappe.whitelist(methods=["POST"])
def hand_over(desk: str, leaver: str, successor: str, kinds: list | str | None = None) -> dict:
	"""Give what one colleague has at a desk to another person.

	Whoever runs the desk needs no right to read any of it and gets none by it. What the successor can't
	be chosen for (R5, R6) stays where it is.

	Args:
		desk: name of the desk.
		leaver: who leaves or is away; somebody of the desk, or who sits at its decision tables.
		successor: who takes over; a member of the desk today, save for seats, decisions and actions.
		kinds: which kinds of `leaving.kinds.KINDS`; all but closed cases where not given.

	Returns:
		`cases`: how many cases went over, wholly; `stayed`: how many need another colleague.

	Raises:
		frappe.PermissionError: the session's user doesn't run the desk, or a second person has to agree.
		frappe.ValidationError: the successor isn't a member, or is who hands over while this desk's
			cases are for their handlers only.
	"""
	user = frappe.session.user
	if not desk_people.runs(user, desk):
		grants.refuse_right()
	wanted = _kinds_of(kinds)
	_check_successor(desk, leaver, successor, wanted)
	moved, stayed = set(), set()
	for part in held_for(user, desk, leaver, wanted):
		# the case behind a hand-over is another desk's; who answers for a case may have it already
		about = frozenset() if part.kind in ("referrals", "requests") else part.reports
		if fits.give(part, desk, successor):
			moved |= about
			_log(part)
		else:
			stayed |= about
	for report in sorted(moved):
		_record(report, successor)
	if moved:
		notices.tell(
			[successor], lambda language: _("Cases of a colleague were handed over to you.", language)
		)
	return {"cases": len(moved - stayed), "stayed": len(stayed)}


@frappe.whitelist(methods=["POST"])
def overview(desk: str, leaver: str) -> list[dict]:
	"""Return what somebody has at a desk, for who runs it.

	Args:
		desk: name of the desk.
		leaver: user id.

	Returns:
		Of each kind that there is any of: `kind`, `label`, `number`, and as `records` doctype,
		name and title of each that the session's user may see. What is denied to them is in none of it (R6).

	Raises:
		frappe.PermissionError: the session's user doesn't run the desk.
	"""
	user = frappe.session.user
	if not desk_people.runs(user, desk):
		grants.refuse_right()
	found: dict[str, list[held.Part]] = {}
	names: dict[str, set[str]] = {}
	for part in held_for(user, desk, leaver):
		found.setdefault(part.kind, []).append(part)
		names.setdefault(part.doctype, set()).add(part.name)
	shown = titles.titles({doctype: sorted(of_it) for doctype, of_it in names.items()})
	return [
		{
			"kind": kind,
			"label": label_of(kind),
			"number": len(parts),
			"records": [
				{"doctype": part.doctype, "name": part.name, "title": shown[part.doctype][part.name]}
				for part in parts
				if part.name in shown.get(part.doctype, {})
			],
		}
		for kind, parts in found.items()
	]


def held_for(
	reader: str, desk: str, holder: str | None = None, kinds: Collection[str] = tuple(KINDS)
) -> list[held.Part]:
	"""Return what somebody has at a desk, without what is denied to a reader.

	Args:
		reader: user id.
		desk, holder, kinds: as for `held.at_desk`.
	"""
	return not_denied(held.at_desk(desk, holder, tuple(kinds)), reader)


def not_denied(parts: Iterable[held.Part], reader: str) -> list[held.Part]:
	"""Return those of these that belong to no case that is denied to a reader."""
	parts = list(parts)
	records = sorted({record for part in parts for record in part.hidden_with})
	hidden = denied_list.denied_among(records, reader) if records else set()
	return [part for part in parts if not part.hidden_with & hidden]


def _kinds_of(asked: list | str | None) -> tuple[str, ...]:
	if asked is None:
		return USUAL
	names = frappe.parse_json(asked)
	if not names or not isinstance(names, list) or any(name not in list(KINDS) for name in names):
		frappe.throw(_("Nothing was chosen that could be handed over. Tick what goes to the successor."))
	# in the order in which one makes the next possible
	return tuple(kind for kind in KINDS if kind in names)


def _check_successor(desk: str, leaver: str, successor: str, kinds: tuple[str, ...]) -> None:
	at_desk = desk_people.works_at(successor, desk)
	if successor == leaver or (not at_desk and any(KINDS[kind].of_the_desk for kind in kinds)):
		frappe.throw(_("Cases go to another member of the same desk. Choose a colleague who works there."))
	handlers_only = frappe.db.get_value("SV Desk", desk, "visibility") == desk_people.HANDLER_ONLY
	if successor == frappe.session.user and handlers_only:
		_check_taking_over(desk, leaver, successor)


def _check_taking_over(desk: str, leaver: str, successor: str) -> None:
	"""Where only handlers read, who hands over takes nothing, unless nobody else is left: that takes two persons."""
	if {row.user for row in desk_people.members(desk)} - {leaver, successor}:
		frappe.throw(
			_(
				"You can't hand over cases to yourself, because at this desk only handlers read. Choose a colleague."
			)
		)
	taken = approvals.fingerprint_of({"desk": desk, "leaver": leaver, "successor": successor})
	approvals.require("Cases taken over", "SV Desk", desk, taken, summary=leaver)


def _log(part: held.Part) -> None:
	report = next(iter(part.reports)) if len(part.reports) == 1 else None
	access_log.record("Granted", part.doctype, part.name, report)


def _record(report: str, successor: str) -> None:
	now = now_datetime()
	grants.write(
		report=report,
		user=successor,
		kind=grants.HAND_OVER,
		reason="Colleague left",
		confirmed_by=frappe.session.user,
		confirmed_at=now,
		# it opens nothing: whoever handles a case sees it
		ended_at=now,
		ended_by=frappe.session.user,
	)
