"""The dates of a case on its queue entry: Helpdesk's SLA fields show our clocks, so that its queue sorts right.

A sealed ticket has no agreement of Helpdesk's: whatever recounts tickets by their agreement (an hourly job,
a changed holiday list) passes over it, and what a save works out by the default one is replaced here.
No more of a case shows than when the first response and the settlement, or the next step of handling it, are due
and whether that was kept: a term of the law, an action or aftercare would tell what case it is.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from pypika import Case

import frappe
from frappe.utils import cstr, now_datetime

from sv_helpdesk.helpdesk import sealed_ticket

TICKET = "HD Ticket"
FIELDS = ("sla", "response_by", "first_responded_on", "resolution_by", "resolution_date", "agreement_status")
AGREEMENT = "sla"
FIRST_RESPONSE = "Acknowledgement"
SETTLEMENT = "Settlement"
SHOWN = (FIRST_RESPONSE, "First talk", "Triage", SETTLEMENT)
RUNNING = ("Running", "Breached")
AT_ONCE = 200


def show(reports: Iterable[str]) -> None:
	"""Write the dates of these cases on their tickets; called after clocks have changed.

	The tickets' `modified` stays, so that a form somebody has open can still be saved.

	Args:
		reports: names of SV Report; those without a ticket are passed over.
	"""
	names = iter(dict.fromkeys(reports))
	while batch := list(islice(names, AT_ONCE)):
		tickets = _tickets_of(batch)
		if tickets:
			clocks = _clocks_of(list(tickets))
			_write({ticket: _dates(clocks.get(report, [])) for report, ticket in tickets.items()})


def show_all() -> None:
	"""Write the dates of every case on its ticket; for sites that had cases before."""
	show(frappe.get_all("SV Report", filters={"ticket": ["is", "set"]}, pluck="name", order_by="name"))


def forget_agreement(doc, method: str | None = None) -> None:
	"""HD Ticket.before_validate: an agreement chosen for a sealed ticket is no change worth a line of history."""
	before = doc.get_doc_before_save()
	if before and sealed_ticket.is_sealed(doc.name):
		before.set(AGREEMENT, doc.get(AGREEMENT))


def keep(doc, method: str | None = None) -> None:
	"""HD Ticket.before_save: the dates of our clocks replace what Helpdesk has just worked out."""
	if doc.is_new():
		if doc.flags.sealed:
			_set(doc, _dates([]))
	elif sealed_ticket.is_sealed(doc.name):
		report = frappe.db.get_value("SV Report", {"ticket": cstr(doc.name)}, "name")
		_set(doc, _dates(_clocks_of([report]).get(report, [])))


def _set(doc, dates: dict) -> None:
	for field in _known_fields():
		doc.set(field, dates[field])


def _tickets_of(reports: list[str]) -> dict[str, str]:
	filters = {"name": ["in", reports], "ticket": ["is", "set"]}
	found = frappe.get_all("SV Report", filters=filters, fields=["name", "ticket"], order_by="name")
	return {row.name: row.ticket for row in found}


def _clocks_of(reports: list[str]) -> dict[str, list]:
	found = frappe.get_all(
		"SV Deadline",
		filters={
			"document_type": "SV Report",
			"document_name": ["in", reports],
			"kind": ["in", SHOWN],
			"status": ["!=", "Cancelled"],
		},
		fields=["report", "kind", "status", "due_at", "met_at"],
		order_by="due_at asc",
	)
	clocks = {}
	for row in found:
		clocks.setdefault(row.report, []).append(row)
	return clocks


def _dates(clocks: list) -> dict:
	"""Return what Helpdesk's fields say of the clocks of one case, the soonest first."""
	unfinished = [clock for clock in clocks if clock.status != "Met"]
	settlements = [clock for clock in clocks if clock.kind == SETTLEMENT]
	first = _foremost([clock for clock in clocks if clock.kind == FIRST_RESPONSE])
	settlement = (
		_foremost([clock for clock in settlements if clock in unfinished])
		or _foremost(unfinished)
		or _foremost(settlements)
		# Helpdesk's list shows a ticket without a date as long overdue
		or _foremost([clock for clock in clocks if clock is not first])
	)
	return {
		AGREEMENT: None,
		"response_by": first and first.due_at,
		"first_responded_on": first and first.met_at,
		"resolution_by": settlement and settlement.due_at,
		"resolution_date": settlement and settlement.met_at,
		"agreement_status": _agreement_status(first, settlement),
	}


def _foremost(clocks: list):
	"""Return the first that runs, else the first that waits, else the last that was met."""
	for statuses in (RUNNING, ("Paused",)):
		for clock in clocks:
			if clock.status in statuses:
				return clock
	return clocks[-1] if clocks else None


def _agreement_status(first, settlement) -> str | None:
	"""Name the state in Helpdesk's words, by Helpdesk's rules: what was late once has failed."""
	now = now_datetime()
	shown = [clock for clock in (first, settlement) if clock]
	if any(_late(clock, now) for clock in shown):
		return "Failed"
	if first and first.status == "Running":
		return "First Response Due"
	if settlement and settlement.status != "Met":
		return "Paused" if settlement.status == "Paused" else "Resolution Due"
	return "Fulfilled" if shown else None


def _late(clock, now: datetime) -> bool:
	if clock.status in ("Paused", "Breached"):
		return clock.status == "Breached"
	return clock.due_at < (clock.met_at or now)


def _known_fields() -> Iterator[str]:
	"""Yield those of the fields that this Helpdesk has."""
	meta = frappe.get_meta(TICKET)
	return (field for field in FIELDS if meta.has_field(field))


def _write(dates: dict[str, dict]) -> None:
	"""Write the fields of several tickets in one statement."""
	ticket = frappe.qb.DocType(TICKET)
	query = frappe.qb.update(ticket).where(ticket.name.isin(list(dates)))
	for field in _known_fields():
		values = Case()
		for name, of_ticket in dates.items():
			values = values.when(ticket.name == name, of_ticket[field])
		query = query.set(ticket[field], values)
	query.run()
	for name in dates:
		frappe.clear_document_cache(TICKET, name)
