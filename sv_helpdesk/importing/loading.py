"""Makes the cases of a checked file, all or none: nothing here commits."""

import json
from datetime import datetime

import frappe

from sv_helpdesk import access_log
from sv_helpdesk.helpdesk import from_outside
from sv_helpdesk.importing.checking import Row, key_on_site, taken_over
from sv_helpdesk.importing.columns import CASES, KEY
from sv_helpdesk.importing.rules_of_cases import LATER, moment
from sv_helpdesk.permissions import denied_list
from sv_helpdesk.permissions.relations import COORDINATES

TAKEN_OVER = "Taken over"


class RowRefused(Exception):
	"""A case was refused after all; says in which row it stands and what kind of error it was, and no more."""


def pack(cases: list[Row]) -> bytes:
	"""Return the rows of a file without faults, as `load` takes them.

	Args:
		cases: with their people.
	"""
	rows = [
		{
			"row": case.number,
			"case": case.values,
			"people": [person.values for person in case.people],
		}
		for case in cases
	]
	return json.dumps(rows, default=str).encode()


def load(packed: bytes, desk: str, by: str) -> int:
	"""Make the cases and return how many; the access log says who took them over.

	Args:
		packed: see `pack`.
		desk: the SV Desk whose cases they become.
		by: user id of who asked for it.

	Raises:
		RowRefused: nothing may be committed then.
	"""
	rows = json.loads(packed)
	for row in rows:
		try:
			name = _make(row, desk, by)
		except frappe.ValidationError as error:
			raise RowRefused(f"{type(error).__name__}, {row['row']}") from None
		access_log.record("Imported", CASES.doctype, name, name, COORDINATES, user=by)
	denied_list.follow_all()
	return len(rows)


def _make(row: dict, desk: str, by: str) -> str:
	case = row["case"]
	if taken_over(desk, [case[KEY]], by):
		raise frappe.UniqueValidationError
	people = [_person(person, case) for person in row["people"]]
	values = _case(case, desk) | {KEY: key_on_site(desk, case[KEY])}
	return from_outside.make_case(values, *people, taken_over=True).name


def _case(case: dict, desk: str) -> dict:
	values = {name: value for name, value in case.items() if value is not None}
	values |= _moments(values)
	values |= {"desk": desk, "first_desk": values.get("first_desk") or desk}
	values["further_categories"] = [
		{"category": category} for category in values.get("further_categories", ())
	]
	if values.get("intervention"):
		# how many talks there were isn't in the file, only what they came to
		values |= {"intervention_overruled": 1, "intervention_reason": TAKEN_OVER}
	return values


def _moments(values: dict) -> dict[str, datetime]:
	"""Return the days of a case, each not before what came earlier on the same day."""
	found = {
		name: datetime.fromisoformat(values[name]) for name in ("received_at", *LATER) if values.get(name)
	}
	received = found["received_at"]
	for name in LATER:
		if name in found:
			before = (found.get("settled_at"),) if name == "closed_at" else ()
			found[name] = moment(found[name], received, *before)
	if "accused_informed_on" in found:
		found["accused_informed_on"] = found["accused_informed_on"].date()
	return found


def _person(person: dict, case: dict) -> dict:
	values = {name: value for name, value in person.items() if name != KEY and value is not None}
	if values["party_role"] == "Reporter" and case["confidentiality"] == "Anonymous":
		values["anonymous"] = 1
	return values
