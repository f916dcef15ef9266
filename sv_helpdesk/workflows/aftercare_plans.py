"""The aftercare plans that a settled case gets: one per person and one for the team, with their contacts."""

from datetime import date, timedelta
from typing import NamedTuple

import frappe
from frappe.utils import add_days, add_months, getdate

from sv_helpdesk.social_safety import catalogue, choices
from sv_helpdesk.workflows.moving import follow

ADVICE_REQUEST = "Advice request"
PERSONS = ("Reporter", "Accused", "Witness")
PROPOSED = "Proposed"
REPORTER, ACCUSED, TEAM = "Reporter", "Accused", "Team"
SATURDAY = 5


class Care(NamedTuple):
	"""For whom a plan is."""

	meant_for: str
	party: str | None = None
	unit: str | None = None


def make_plans(case) -> None:
	"""Make the plans of a case that was just settled, and let those of before go on.

	An advice request and a case of a receiving desk have none: the aftercare is with the desk that has the case.

	Args:
		case: the SV Report.
	"""
	if case.kind == ADVICE_REQUEST or case.handed_over_from:
		return
	for care in _wanted(case):
		name = _open_plan(case.name, care)
		plan = frappe.get_doc("SV Aftercare", name) if name else _new_plan(case, care)
		_propose(plan, case)
		plan.save() if name else plan.insert()
		_schedule(plan, case)
	if frappe.db.exists("SV Aftercare", {"report": case.name, "status": ["in", ("Running", "Evaluated")]}):
		follow("SV Report", case.name, "aftercare")


def schedule(settled_on: date) -> list[date]:
	"""Return the days of the contacts after a settlement, as SV Settings has them; one in a weekend moves to Monday."""
	weeks, months = choices.contacts_after()
	days = [getdate(add_days(settled_on, 7 * number)) for number in weeks]
	days += [getdate(add_months(settled_on, number)) for number in months]
	return sorted(
		{day + timedelta(days=7 - day.weekday() if day.weekday() >= SATURDAY else 0) for day in days}
	)


def _wanted(case) -> list[Care]:
	"""Return who gets a plan; of a case that was only registered nobody but the reporter knows."""
	parties = frappe.get_all(
		"SV Party", {"report": case.name}, ["name", "party_role"], order_by="creation asc, name asc"
	)
	persons = [Care(row.party_role, row.name) for row in parties if row.party_role in PERSONS]
	if case.only_if_repeated:
		return [care for care in persons if care.meant_for == REPORTER]
	others = any(row.party_role in (ACCUSED, "Witness", TEAM) for row in parties)
	return [*persons, Care(TEAM, unit=case.unit)] if case.unit or others else persons


def _open_plan(report: str, care: Care) -> str | None:
	same = {"report": report, "meant_for": care.meant_for, "status": ["!=", "Closed"]}
	if care.party:
		same["party"] = care.party
	return frappe.db.get_value("SV Aftercare", same, "name")


def _new_plan(case, care: Care):
	plan = frappe.new_doc("SV Aftercare")
	plan.update(
		{
			"report": case.name,
			"meant_for": care.meant_for,
			"party": care.party,
			"unit": care.unit,
			# whoever handles the case stands beside the reporter, so never beside the accused (R5)
			"responsible": None if care.meant_for == ACCUSED else case.handler,
			"informed": int(care.meant_for == REPORTER),
		}
	)
	return plan


def _propose(plan, case) -> None:
	"""Propose what fits the outcome; what was proposed for another one and nobody has agreed to falls away."""
	plan.unfounded_path = int(case.outcome == catalogue.UNFOUNDED)
	bad_faith = bool(case.bad_faith_established)
	gone = catalogue.out_of_place(case.outcome, bad_faith)
	for row in [row for row in plan.measures if row.state == PROPOSED and row.measure in gone]:
		plan.remove(row)
	known = {row.measure for row in plan.measures}
	for code in catalogue.proposed(plan.meant_for, catalogue.AFTERWARDS, case.outcome, bad_faith):
		if code not in known:
			plan.append("measures", {"measure": code, "state": PROPOSED})


def _schedule(plan, case) -> None:
	"""Plan the contacts, unless some are still to come."""
	if frappe.db.exists("SV Aftercare Contact", {"aftercare": plan.name, "status": "Planned"}):
		return
	for day in schedule(getdate(case.settled_at)):
		contact = frappe.new_doc("SV Aftercare Contact")
		contact.update(
			{
				"aftercare": plan.name,
				"report": case.name,
				"planned_on": day,
				"held_by": plan.responsible,
			}
		)
		contact.insert()
