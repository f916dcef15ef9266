"""The parts of the board: what each counts, in one statement under the rules of the session's user."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from sv_helpdesk.deadlines.kinds import ANSWER, NOBODYS
from sv_helpdesk.permissions import repetition
from sv_helpdesk.permissions.recipients import desks_of
from sv_helpdesk.permissions.rules import query_condition
from sv_helpdesk.reports import counted
from sv_helpdesk.reports.definitions import BY_CODE, row_in_words
from sv_helpdesk.reports.records import Records
from sv_helpdesk.reports.scope import of_year
from sv_helpdesk.retention import confirming
from sv_helpdesk.workflows.agenda import FINISHED_CASES

CASE, CLOCK, ACTION = "SV Report", "SV Deadline", "SV Action"
TABLE, CONTACT = "SV Decision Table", "SV Aftercare Contact"
HELD_MAIL, PERSON = "SV Held Mail", "SV Party"
APPROVAL, LOG, GRANT = "SV Approval", "SV Access Log", "SV Access Grant"
RUNNING_CLOCKS = ("Running", "Breached")
OPEN_ACTIONS = ("Open", "In progress")
OPEN_TABLES = ("Decided on", "Convened", "Running")
PLANNED = "Planned"
NATURE = BY_CODE["nature_of_reports"]
RED, ORANGE, BLUE = "red", "orange", "blue"


def cases_by_state() -> list[tuple[str, int]]:
	"""Return the states of open cases in their order, each with how many cases are in it."""
	found = dict(
		_rows(CASE, "status, count(*)", "status not in %(finished)s group by status", finished=FINISHED_CASES)
	)
	states = frappe.get_meta(CASE).get_field("status").options.split("\n")
	return [(_(state, context=CASE), found.get(state, 0)) for state in states if state not in FINISHED_CASES]


def open_cases(states: list[tuple[str, int]]) -> dict:
	"""Return the number of open cases.

	Args:
		states: as `cases_by_state`.
	"""
	number = sum(count for _state, count in states)
	return _number(_("Open cases"), number, CASE, {"status": ["not in", list(FINISHED_CASES)]})


def without_handler() -> dict:
	"""Return how many open cases nobody handles."""
	where = "coalesce(handler, '') = '' and status not in %(finished)s"
	[(number,)] = _rows(CASE, "count(*)", where, finished=FINISHED_CASES)
	filters = {"handler": ["is", "not set"], "status": ["not in", list(FINISHED_CASES)]}
	return _number(_("Without a handler"), number, CASE, filters, ORANGE)


def held_mails() -> dict:
	"""Return how many mails wait for somebody to say what is to be done with them."""
	[(number,)] = _rows(HELD_MAIL, "count(*)", "status = 'Held'")
	return _number(_("Held mails"), number, HELD_MAIL, {"status": "Held"}, ORANGE)


def deadlines() -> list[dict]:
	"""Return how many clocks are late, end today, and wait for an answer of the reporter."""
	now = now_datetime()
	today = now.date()
	columns = """
		coalesce(sum(kind not in %(nobodys)s and due_at < %(now)s), 0),
		coalesce(sum(kind not in %(nobodys)s and date(due_at) = %(today)s), 0),
		coalesce(sum(kind = %(answer)s), 0)
	"""
	values = {"running": RUNNING_CLOCKS, "answer": ANSWER, "nobodys": NOBODYS, "now": now, "today": today}
	[(late, ending, waiting)] = _rows(CLOCK, columns, "status in %(running)s", **values)
	running = {"status": ["in", list(RUNNING_CLOCKS)]}
	promised = {**running, "kind": ["not in", list(NOBODYS)]}
	until, day = ["<", str(now)], ["between", [str(today), str(today)]]
	return [
		_number(_("Late now"), late, CLOCK, {**promised, "due_at": until}, RED),
		_number(_("Due today"), ending, CLOCK, {**promised, "due_at": day}, ORANGE),
		_number(_("Waiting for the reporter"), waiting, CLOCK, {**running, "kind": ANSWER}),
	]


def own_actions(user: str) -> dict:
	"""Return how many actions this user has to carry out."""
	where = "action_owner = %(user)s and status in %(open)s"
	[(number,)] = _rows(ACTION, "count(*)", where, user=user, open=OPEN_ACTIONS)
	# a plain value would go into the host's field above the list, which not everybody may fill with people
	filters = {"action_owner": ["in", [user]], "status": ["in", list(OPEN_ACTIONS)]}
	return _number(_("My actions"), number, ACTION, filters)


def tables_running() -> dict:
	"""Return how many decision tables are under way."""
	[(number,)] = _rows(TABLE, "count(*)", "status in %(open)s", open=OPEN_TABLES)
	return _number(_("Decision tables under way"), number, TABLE, {"status": ["in", list(OPEN_TABLES)]})


def contacts_due() -> dict:
	"""Return how many contacts of aftercare are due today, or were before."""
	today = getdate()
	where = "status = %(planned)s and planned_on <= %(today)s"
	[(number,)] = _rows(CONTACT, "count(*)", where, planned=PLANNED, today=today)
	filters = {"status": PLANNED, "planned_on": ["<=", str(today)]}
	return _number(_("Aftercare contacts due"), number, CONTACT, filters, ORANGE)


def own_contacts(user: str) -> dict:
	"""Return how many planned contacts of aftercare this user holds."""
	where = "held_by = %(user)s and status = %(planned)s"
	[(number,)] = _rows(CONTACT, "count(*)", where, user=user, planned=PLANNED)
	return _number(
		_("My aftercare contacts"), number, CONTACT, {"held_by": ["in", [user]], "status": PLANNED}
	)


def supported() -> dict:
	"""Return how many people this companion supports."""
	[(number,)] = _rows(PERSON, "count(*)", "1=1")
	return _number(_("People I support"), number, PERSON, {})


def approvals_waiting() -> dict:
	"""Return how many askings wait for a second person."""
	[(number,)] = _rows(APPROVAL, "count(*)", "status = 'Asked'")
	return _number(_("Approvals that wait"), number, APPROVAL, {"status": "Asked"}, ORANGE)


def refused_this_week() -> dict:
	"""Return how often somebody was refused in the last seven days; the log keeps universal time."""
	since = datetime.now(timezone.utc).replace(tzinfo=None, microsecond=0) - timedelta(days=7)
	where = "action = 'Refused' and logged_at > %(since)s"
	[(number,)] = _rows(LOG, "count(*)", where, since=since)
	filters = {"action": "Refused", "logged_at": [">", str(since)]}
	return _number(_("Refused in seven days"), number, LOG, filters, ORANGE)


def access_given() -> dict:
	"""Return how many times access to a case is open beyond its desk."""
	now = now_datetime().replace(microsecond=0)
	where = "confirmed_at is not null and ended_at is null and valid_until > %(now)s"
	[(number,)] = _rows(GRANT, "count(*)", where, now=now)
	filters = {"confirmed_at": ["is", "set"], "ended_at": ["is", "not set"], "valid_until": [">", str(now)]}
	return _number(_("Temporary access now"), number, GRANT, filters)


def to_be_anonymised() -> dict:
	"""Return how many cases the desk has to confirm the end of, or to put on legal hold."""
	filters = confirming.filters()
	where = (
		"status in %(ended)s and anonymise_on <= %(until)s and anonymise_confirmed_at is null"
		" and legal_hold = 0"
	)
	values = {"ended": tuple(filters["status"][1]), "until": filters["anonymise_on"][1][1]}
	[(number,)] = _rows(CASE, "count(*)", where, **values)
	return _number(_("To be anonymised"), number, CASE, filters, ORANGE)


def signals(user: str) -> dict:
	"""Return how many signals of repetition stand at the desks that this user runs."""
	number = len(repetition.standing(user))
	return {**_number(_("Signals of repetition"), number, colour=ORANGE), "page": "agenda"}


def reports_by_nature(user: str) -> tuple[str, list[tuple[str, int]]]:
	"""Return this year's reports so far by nature, exact, of the cases that the user may see at their own desks.

	Of all desks they would tell of each new case elsewhere on the day it comes (R3).

	Args:
		user: a coordinator.
	"""
	year, records = getdate().year, Records()
	scope = replace(of_year(year, user), own=True, desks=frozenset(desks_of(user)))
	cells = counted.count(scope, records, [NATURE])
	rows = [
		(
			row_in_words("nature", code, records.title_of("nature", code)),
			cells[counted.key(NATURE.population, f"nature={code}")],
		)
		for code in records.values("nature")
	]
	return _("Reports of {0} by nature").format(year), rows


def _rows(doctype: str, columns: str, where: str, **values) -> tuple:
	# columns and condition stand above, the rules are made of escaped values by their builder
	allowed = query_condition(None, doctype) or "1=1"
	return frappe.db.sql(f"select {columns} from `tab{doctype}` where ({allowed}) and {where}", values)


def _number(
	label: str, value: int, doctype: str | None = None, filters: dict | None = None, colour: str = BLUE
) -> dict:
	"""Return a number as it is shown; nothing to worry about is never red."""
	shown = colour if value else BLUE
	return {"label": label, "value": int(value), "doctype": doctype, "filters": filters, "colour": shown}
