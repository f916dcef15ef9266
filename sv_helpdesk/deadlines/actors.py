"""Who has to act for a clock to be met: its owner, or others, without whom the owner can't; for many clocks at once.

Minutes are approved by everybody whose approval is missing, a hand-over is accepted by the desk that is asked and
completed by who took the person over. Who sent them keeps the clock, so that nobody is left alone.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

import frappe

from sv_helpdesk.minutes.missing_approvals import missing_of
from sv_helpdesk.permissions import desk_people

APPROVAL = "Minutes approved"
HAND_OVER = ("Hand-over accepted", "Hand-over completed")


class Actors(NamedTuple):
	"""Who has to act: each of these people, and a desk of which anybody can.

	Attributes:
		people: user ids.
		desk: name of an SV Desk beside them, or None.
	"""

	people: tuple[str, ...]
	desk: str | None = None


def of(clocks: Collection, now: datetime) -> dict[str, Actors]:
	"""Return who has to act for each of these clocks, by the clock's name.

	Args:
		clocks: have name, kind, document_name, deadline_owner and due_at.
		now: the moment: once the term for approval is over, the chair can conclude it.
	"""
	missing = missing_of({clock.document_name for clock in clocks if clock.kind == APPROVAL})
	asked = _asked({clock.document_name for clock in clocks if clock.kind in HAND_OVER})
	found = {}
	for clock in clocks:
		owner, desk = {clock.deadline_owner}, None
		if clock.kind == APPROVAL and clock.document_name in missing:
			owner = (owner if clock.due_at <= now else set()) | missing[clock.document_name]
		elif clock.kind in HAND_OVER and clock.document_name in asked:
			receiver, desk = asked[clock.document_name]
			owner = owner | {receiver}
		found[clock.name] = Actors(tuple(sorted(owner - {None, ""})), desk)
	return found


def concerning(user: str, clocks: Collection, acting: dict[str, Actors]) -> list:
	"""Return of clocks that somebody keeps or was told of those that they still have to do with.

	Minutes that they have approved since are none, unless they chair or run the desk.

	Args:
		user: user id.
		clocks: as for `of`, with desk.
		acting: what `of` said of them.
	"""
	approved = [
		clock.name
		for clock in clocks
		if clock.kind == APPROVAL and user not in (clock.deadline_owner, *acting[clock.name].people)
	]
	run = desk_people.run_by(user) if approved else set()
	return [clock for clock in clocks if clock.name not in approved or clock.desk in run]


def _asked(referrals: set[str]) -> dict[str, tuple[str | None, str | None]]:
	"""Return who of a desk took the person over, and the desk while nobody has; nothing of who has no account."""
	wanted = {"name": ["in", [*referrals, ""]], "target_desk": ["is", "set"]}
	fields = ["name", "target_desk", "accepted_by"]
	rows = frappe.get_all("SV Referral", wanted, fields, order_by="name asc")
	return {row.name: (row.accepted_by, None if row.accepted_by else row.target_desk) for row in rows}
