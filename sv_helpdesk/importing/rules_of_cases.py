"""What has to fit together in one case and its people: what its forms would refuse later is told before.

A value that couldn't be read is missing from the row, and nothing more is said about it.
"""

from collections.abc import Iterator
from datetime import datetime

import frappe
from frappe import _

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.importing.columns import CASES
from sv_helpdesk.importing.words import OPEN
from sv_helpdesk.permissions import denied_list
from sv_helpdesk.permissions.roles import PRIVACY_OFFICER
from sv_helpdesk.social_safety.interventions import DERIVED_KINDS
from sv_helpdesk.workflows.case import ADVICE_REQUEST, FINISHED

COMPLAINT = "Formal complaint"
ANONYMOUS, REPORTER, ACCUSED = "Anonymous", "Reporter", "Accused"
WITHDRAWN = "Withdrawn"
IDENTITY = ("person_name", "email_address", "phone", "account")
# which days a case has by its status
DAYS = {
	OPEN: (),
	"Settled": ("settled_at",),
	"Closed": ("settled_at", "closed_at"),
	WITHDRAWN: ("closed_at",),
}
NEEDED = {OPEN: (), "Settled": ("settled_at",), "Closed": ("closed_at",), WITHDRAWN: ("closed_at",)}
LATER = ("acknowledged_at", "feedback_given_at", "accused_informed_on", "settled_at", "closed_at")


class Today:
	"""What the site knows of accounts now, looked up once for a whole file."""

	def __init__(self):
		self.accounts = denied_list.accounts()
		self._named: dict[str, set[str]] = {}
		for account, names in self.accounts.items():
			for name in names:
				self._named.setdefault(name, set()).add(account)
		officers = {"role": PRIVACY_OFFICER, "parenttype": "User"}
		self.officers = {
			blind_index("account", name)
			for name in frappe.get_all("Has Role", officers, pluck="parent", order_by="parent asc")
		}

	def people_known_as(self, indexes: set[str]) -> set[str]:
		"""Return the accounts that have one of these addresses or ids, whatever else they are known as."""
		return set().union(*(self._named.get(index, ()) for index in indexes))


def faults(case, today: Today) -> Iterator[tuple[object | None, str, str]]:
	"""Yield what doesn't fit: the row of a person or None for the case itself, the field, a sentence.

	Args:
		case: a checking.Row with its people.
		today: what the site knows.
	"""
	values = case.values
	yield from ((None, *fault) for fault in _of_kind(values))
	yield from ((None, *fault) for fault in _of_status(values))
	yield from ((None, *fault) for fault in _of_days(values))
	yield from ((None, *fault) for fault in _of_nature(values))
	yield from _of_people(case, today)


def _of_kind(values: dict) -> Iterator[tuple[str, str]]:
	kind = values.get("kind")
	if kind == COMPLAINT and values.get("confidentiality") == ANONYMOUS:
		yield (
			"confidentiality",
			_(
				"A formal complaint can't be anonymous. Register it as a report, or choose another confidentiality."
			),
		)
	if kind and kind != COMPLAINT and values.get("accused_informed_on"):
		yield (
			"accused_informed_on",
			_("Only a formal complaint has this day. Empty this cell, or correct the kind."),
		)
	# better empty than made up, as with those that come in a year's file
	if kind and kind != ADVICE_REQUEST and _lacks(values, "channel"):
		yield "channel", _needed_by(CASES.label(CASES.column("kind")))


def _of_status(values: dict) -> Iterator[tuple[str, str]]:
	status, kind = values.get("status"), values.get("kind")
	if not status:
		return
	by_status = _needed_by(CASES.label(CASES.column("status")))
	for name in NEEDED[status]:
		if _lacks(values, name):
			yield name, by_status
	for name in ("settled_at", "closed_at"):
		if values.get(name) and name not in DAYS[status]:
			yield name, _("A case with this status has no such day. Empty this cell, or correct the status.")
	if status == OPEN and _lacks(values, "handler"):
		yield (
			"handler",
			_("An open case is handled by somebody. Fill in the user id of who works at this desk."),
		)
	if status in FINISHED and status != WITHDRAWN and kind:
		for name in ("asked_by", "advice_topic") if kind == ADVICE_REQUEST else ("main_category",):
			if _lacks(values, name):
				yield name, by_status
		if kind in DERIVED_KINDS and _lacks(values, "intervention"):
			yield "intervention", by_status


def _of_days(values: dict) -> Iterator[tuple[str, str]]:
	for name in LATER:
		for earlier in ("received_at", "settled_at") if name == "closed_at" else ("received_at",):
			if values.get(name) and values.get(earlier) and values[name].date() < values[earlier].date():
				yield (
					name,
					_("This day is before {0}. Correct one of the two.").format(
						CASES.label(CASES.column(earlier))
					),
				)
				break


def _of_nature(values: dict) -> Iterator[tuple[str, str]]:
	if values.get("main_category") in (values.get("further_categories") or ()):
		yield (
			"further_categories",
			_(
				"The main category is also among the further categories. Remove it from the further categories."
			),
		)
	if values.get("bad_faith_established") and "outcome" in values and values["outcome"] != "Unfounded":
		yield (
			"bad_faith_established",
			_("Bad faith can only be established when the outcome is unfounded. Correct one of the two."),
		)


def _of_people(case, today: Today) -> Iterator[tuple[object, str, str]]:
	seen: dict[tuple, int] = {}
	for person in case.people:
		values = person.values
		named = [name for name in IDENTITY if values.get(name)]
		anonymous = values.get("anonymous") or (
			values.get("party_role") == REPORTER and case.values.get("confidentiality") == ANONYMOUS
		)
		if anonymous and named:
			yield (
				person,
				named[0],
				_(
					"An anonymous person has no name or contact details. Empty those fields, or take out Anonymous."
				),
			)
		if (
			values.get("anonymous")
			and values.get("party_role") == REPORTER
			and case.values.get("kind") == COMPLAINT
		):
			yield (
				person,
				"anonymous",
				_(
					"A formal complaint can't have an anonymous reporter. Correct the kind of the case, or take out Anonymous."
				),
			)
		if values.get("account") and blind_index("account", values["account"]) not in today.accounts:
			yield (
				person,
				"account",
				_("There is no user with this account. Enter the user id as it stands in the user list."),
			)
		if values.get("party_role") == ACCUSED:
			yield from _of_accused(person, case, today)
		if named:
			same = (values.get("party_role"), *(str(values.get(name)).casefold() for name in IDENTITY))
			if same in seen:
				yield (
					person,
					named[0],
					_("The same person stands in row {0} as well. Take one of the two out.").format(
						seen[same]
					),
				)
			seen.setdefault(same, person.number)


def _of_accused(person, case, today: Today) -> Iterator[tuple[object | None, str, str]]:
	known = {
		blind_index("account", person.values[name]): name
		for name in ("email_address", "account")
		if person.values.get(name)
	}
	meant = today.people_known_as(set(known))
	if blind_index("account", case.values.get("handler") or "") in meant:
		yield None, "handler", _("This person can't handle this case. Choose somebody else.")
	if meant & today.officers:
		yield (
			person,
			next(iter(known.values())),
			_(
				"Whether a case is kept from this person is decided by two people. Take the case out of the file and register it by hand."
			),
		)


def _lacks(values: dict, name: str) -> bool:
	"""Tell whether nothing stands there; what couldn't be read isn't lacking."""
	return name in values and not values[name]


def _needed_by(label: str) -> str:
	return _("This is needed with what stands under {0}. Fill it in.").format(label)


def moment(value: datetime | None, *earlier: datetime | None) -> datetime | None:
	"""Return a moment that isn't before what came earlier on the same day, where only the day is known."""
	same_day = [each for each in earlier if value and each and each.date() == value.date()]
	return max([value, *same_day]) if value else None
