"""Who is told what of clocks that came to a new stage: rows that a second job puts in front of people.

Rights and the denied list are asked for all clocks and people at once. Nobody is told of a matter that they have
no right to, whoever coordinates or stands in.
"""

from datetime import datetime
from hashlib import blake2b

import frappe

from sv_helpdesk.deadlines import actors, stages
from sv_helpdesk.deadlines.actors import Actors
from sv_helpdesk.deadlines.levels import Desks
from sv_helpdesk.permissions.readable import readable

STATUTORY = "Statutory"
ACUTE = "Acute danger"
# name, user, deadline, stage, urgent
Notice = tuple[str, str, str, int, int]


def notices_of(clocks: list, reached: dict[str, int], now: datetime) -> list[Notice]:
	"""Return a row for each person who is told of each clock, in the order of the clocks.

	Args:
		clocks: rows of SV Deadline that came to a new stage.
		reached: that stage by the clock's name.
		now: the moment.
	"""
	if not clocks:
		return []
	desks, acting = Desks(now.date()), actors.of(clocks, now)
	rights, acute = _rights(clocks, acting, desks), _acute(clocks)
	made: list[Notice] = []
	for clock in clocks:
		document, stage = document_of(clock), reached[clock.name]
		at_once = clock.kind.startswith(STATUTORY) or clock.decision_table in acute
		people = desks.audience(
			clock, acting[clock.name], stages.reached(stage), lambda user, of=document: (user, *of) in rights
		)
		for user, level in people.items():
			urgent = at_once or stages.is_urgent(stage, level)
			made.append((_key(clock, stage, user), user, clock.name, stage, int(urgent)))
	return made


def write(notices: list[Notice], now: datetime) -> None:
	"""Write notices by one statement; one that is there already has been told or will be."""
	if not notices:
		return
	moment = frappe.db.escape(str(now))
	row = f"(%s, %s, %s, %s, %s, {moment}, {moment}, {moment}, 'Administrator', 'Administrator')"
	frappe.db.sql(
		"insert ignore into `tabSV Deadline Notice` (`name`, `user`, `deadline`, `stage`, `urgent`, `noted_at`,"
		f" `creation`, `modified`, `owner`, `modified_by`) values {', '.join([row] * len(notices))}",
		[value for notice in notices for value in notice],
	)


def _rights(clocks: list, acting: dict[str, Actors], desks: Desks) -> set[tuple[str, str, str]]:
	wanted: dict[str, dict[str, set[str]]] = {}
	for clock in clocks:
		doctype, name = document_of(clock)
		for user in desks.known(clock, acting[clock.name]):
			wanted.setdefault(doctype, {}).setdefault(user, set()).add(name)
	return readable(wanted)


def document_of(clock) -> tuple[str, str]:
	"""Return what a clock watches; without it, the case or table that it belongs to."""
	if clock.document_type and clock.document_name:
		return clock.document_type, clock.document_name
	if clock.report:
		return "SV Report", clock.report
	return "SV Decision Table", clock.decision_table


def _acute(clocks: list) -> set[str]:
	"""Return the decision tables of these clocks that were convened in acute danger."""
	tables = {clock.decision_table for clock in clocks if clock.decision_table}
	wanted = {"name": ["in", [*tables, ""]], "urgency": ACUTE}
	return set(frappe.get_all("SV Decision Table", wanted, pluck="name", order_by="name asc"))


def _key(clock, stage: int, user: str) -> str:
	"""Return the name of a notice: the same person is told of a stage of a clock once for each due moment."""
	told = f"{clock.name}|{clock.due_at}|{stage}|{user}"
	return blake2b(told.encode(), digest_size=16).hexdigest()
