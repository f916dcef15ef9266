"""Notices that several reports are about one person or one unit, in numbers and never in people (UM 3.7, CAOP).

Each desk is told of its own case. Of other desks it learns how many cases there are, and which desks only
when reporters on both sides have consented to be joined (R1, R3). A case that is denied to somebody doesn't
count for them (R6), and one reporter with several reports is one reporter.
"""

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import add_years, now_datetime

from sv_helpdesk import notices
from sv_helpdesk.permissions import denied_list, desk_people
from sv_helpdesk.permissions.consent import JOINING, is_in_force
from sv_helpdesk.permissions.decision import rights_on

PERSON, UNIT = "Person", "Unit"
# so many different reporters make a signal
SEVERAL = {PERSON: 2, UNIT: 3}
ADVICE_REQUEST = "Advice request"
ADDRESS, NAME, ACCOUNTS = "address_index", "name_index", ("account_index", "address_account_index")
INDEXES = (ADDRESS, NAME, *ACCOUNTS)


@frappe.whitelist(methods=["POST"])
def numbers(report: str) -> list[dict]:
	"""Return the signals that concern a case, for who handles it or runs its desk; for its other readers none.

	Args:
		report: name of the SV Report.

	Returns:
		For the person and for the unit, where there is a signal: `about`, the number of cases `here` (at the
		desk of this case) and `elsewhere`, of different `reporters`, of cases `waiting` (registered only in
		case it happens again) and `joined` (a reporter consents to be joined); `desks` of the joined cases,
		once this one is among them; `own`: the case numbers at this desk that the user works on.

	Raises:
		frappe.PermissionError: the user doesn't work on this case; in the same words when it isn't there.
	"""
	user = frappe.session.user
	if not rights_on("SV Report", report, user):
		raise frappe.PermissionError(_("You don't work on this case."))
	case = frappe.db.get_value("SV Report", report, ["handler", "desk"], as_dict=True)
	# who else reads the case could find out by it whether somebody is known at another desk
	return signals(report, user) if user == case.handler or desk_people.runs(user, case.desk) else []


def signals(report: str, user: str) -> list[dict]:
	"""Return the signals that concern a case, as `user` may know them; see `numbers`."""
	found = {PERSON: _about_same_person(report), UNIT: _about_same_unit(report)}
	made = (_signal(about, report, _counted({report, *cases}, user), user) for about, cases in found.items())
	return [signal for signal in made if signal]


def follow_party(party) -> None:
	"""After a person was saved: whoever reported the accused before may be found now."""
	before = party.get_doc_before_save()
	known = [party.get(index) for index in INDEXES]
	if party.party_role == "Accused" and any(known):
		if not before or before.party_role != "Accused" or known != [before.get(i) for i in INDEXES]:
			_tell(party.report, PERSON, _about_same_person(party.report))


def follow_case(case) -> None:
	"""After a case was saved: its unit may be one about which several have reported."""
	before = case.get_doc_before_save()
	if case.unit and (not before or before.unit != case.unit):
		_tell(case.name, UNIT, _about_same_unit(case.name))


def _tell(report: str, about: str, others: set[str]) -> None:
	"""Tell who works on the cases concerned, at each desk of one: this one, or its latest."""
	rows = _rows({report, *others}) if others else []
	latest = {row.desk: row for row in sorted(rows, key=lambda row: (row.name == report, row.received_at))}
	for row in latest.values():
		people = {row.handler, *desk_people.running(row.desk, row.name)} - {None, ""}
		told = [user for user in people if rights_on("SV Report", row.name, user)]
		notices.tell(
			[user for user in told if any(s["about"] == about for s in signals(row.name, user))],
			lambda language: _("A signal of repetition waits for you.", language),
			"SV Report",
			row.name,
		)


def _signal(about: str, report: str, rows: list, user: str) -> dict | None:
	case = next((row for row in rows if row.name == report), None)
	if not case or len(rows) < SEVERAL[about]:
		return None
	reporters = _number_of_reporters([row.name for row in rows])
	if reporters < SEVERAL[about]:
		return None
	here = [row for row in rows if row.desk == case.desk]
	names = _joined([row.name for row in rows])
	joined = [row for row in rows if row.name in names]
	return {
		"about": about,
		"here": len(here),
		"elsewhere": len(rows) - len(here),
		"reporters": reporters,
		"waiting": sum(row.only_if_repeated for row in rows),
		"joined": len(joined),
		"desks": _titles({row.desk for row in joined}) if case in joined else [],
		"own": sorted(row.case_number for row in here if rights_on("SV Report", row.name, user)),
	}


def _counted(reports: set[str], user: str) -> list:
	"""Return the cases that count for this user: registered as a report, not withdrawn, not denied to them."""
	rows = _rows(reports)
	denied = denied_list.denied_among([row.name for row in rows], user)
	return [row for row in rows if row.name not in denied]


def _rows(reports: set[str]) -> list:
	"""Return the cases among these that count at all: a receiver's case of a hand-over is none of its own."""
	return frappe.get_all(
		"SV Report",
		{
			"name": ["in", sorted(reports)],
			"kind": ["!=", ADVICE_REQUEST],
			"status": ["!=", "Withdrawn"],
			"handed_over_from": ["is", "not set"],
		},
		["name", "case_number", "desk", "handler", "only_if_repeated", "received_at"],
		order_by="received_at asc, name asc",
	)


def _about_same_person(report: str) -> set[str]:
	known = _parties({"report": report, "party_role": "Accused"})
	found: set[str] = set()
	for fields, values in _marks(known).items():
		for fieldname in fields if values else ():
			alike = {"party_role": "Accused", fieldname: ["in", sorted(values)]}
			found.update(row.report for row in _parties(alike))
	return found - {report}


def _about_same_unit(report: str) -> set[str]:
	unit = frappe.db.get_value("SV Report", report, "unit")
	if not unit:
		return set()
	within = {"unit": unit, "received_at": [">=", add_years(now_datetime(), -1)]}
	names = frappe.get_all("SV Report", within, pluck="name", order_by="received_at asc")
	return set(names) - {report} if report in names else set()


def _number_of_reporters(reports: Iterable[str]) -> int:
	"""Return how many different people reported; one of whom nothing is known is taken for another one."""
	parties = _parties({"report": ["in", sorted(reports)], "party_role": "Reporter"})
	people: list[set] = []
	for party in parties:
		marks = {(fields, value) for fields, values in _marks([party]).items() for value in values}
		same = [person for person in people if person & marks]
		people = [person for person in people if person not in same] + [marks.union(*same)]
	unknown = len(set(reports) - {party.report for party in parties})
	return len(people) + unknown


def _marks(parties: list) -> dict[tuple[str, ...], set[str]]:
	"""Return by what somebody is recognised: an address given as an account is that account."""
	return {
		fields: {party[fieldname] for party in parties for fieldname in fields} - {None, ""}
		for fields in ((ADDRESS,), (NAME,), ACCOUNTS)
	}


def _parties(filters: dict) -> list:
	return frappe.get_all("SV Party", filters, ["report", *INDEXES], order_by="creation asc, name asc")


def _joined(reports: list[str]) -> set[str]:
	"""Return those of these cases of which a reporter consents to be joined."""
	given = {"report": ["in", reports], "scope": JOINING, "withdrawn_at": ["is", "not set"]}
	consents = frappe.get_all("SV Consent", given, ["name", "report"], order_by="given_at asc")
	return {consent.report for consent in consents if is_in_force(consent.name)}


def _titles(desks: set[str]) -> list[str]:
	return frappe.get_all("SV Desk", {"name": ["in", sorted(desks)]}, pluck="title", order_by="title asc")
