"""Deadlines in sight: the clocks of the documents on somebody's screen, what is due first on top.

A clock is seen by who may see the row of the clock, and one of a document that somebody has to carry out by
who may see that document. Whatever is asked, it is one statement for a whole page.
"""

import json
from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.utils import cstr, get_fullname, getdate, now_datetime

from sv_helpdesk.deadlines import actors
from sv_helpdesk.deadlines.in_words import in_words
from sv_helpdesk.deadlines.kinds import ANSWER, NOBODYS
from sv_helpdesk.permissions.desk_people import looked_after_by
from sv_helpdesk.permissions.recipients import desks_of
from sv_helpdesk.permissions.rules import query_condition

CLOCK = "SV Deadline"
RUNNING = ("Running", "Breached")
WAITING = "Paused"
# a case and a table show the clocks of all that belongs to them, other documents their own
HOLDS = {"SV Report": "report", "SV Decision Table": "decision_table", CLOCK: "name"}
# who carries these out need not see the case or table they belong to
CARRIED_OUT = ("SV Referral", "SV Action", "SV Aftercare Contact")
MOST = 200
# until the end of the week, what is late already with it
QUESTIONS = {
	"late": "kind not in %(nobodys)s and due_at < %(now)s",
	"this week": "kind not in %(nobodys)s and due_at < %(next_week)s",
	"waits for the reporter": "kind = %(answer)s",
}
COLUMNS = (
	*("name", "report", "decision_table", "document_type", "document_name", "kind", "status"),
	*("due_at", "warn_at", "desk", "deadline_owner"),
)
# by their indexes: an agenda reads no clocks that others keep
THEIRS = """inner join (
	select `name` as `clock` from `tabSV Deadline` where `deadline_owner` = %(user)s
	union select `deadline` from `tabSV Deadline Notice` where `user` = %(user)s and `told_at` is not null
	union select `name` from `tabSV Deadline` where (`deadline_owner` is null or `deadline_owner` = '')
		and `desk` in %(desks)s and `status` in %(statuses)s
) `theirs` on `theirs`.`clock` = `tabSV Deadline`.`name`"""


@frappe.whitelist(methods=["POST"])
def of(doctype: str, names: str) -> dict[str, list[dict]]:
	"""Return the clocks of these documents that run or wait, by the names of the documents.

	Args:
		doctype: of the documents.
		names: of the documents, as a JSON list; more than MOST are passed over.

	Returns:
		For each document that has clocks the session's user may see, what `_row` says of each: those that
		run first, what is due first on top.
	"""
	wanted = _named(names)
	if not wanted:
		return {}
	holder = HOLDS.get(doctype, "document_name")
	where = [f"`{holder}` in %(names)s", "status in %(statuses)s", _visible(doctype)]
	if holder == "document_name":
		where.append("document_type = %(doctype)s")
	values = {"names": wanted, "doctype": doctype, "statuses": (*RUNNING, WAITING)}
	found, now = {}, now_datetime()
	for row in _clocks(where, values):
		found.setdefault(row[holder], []).append(_row(row, now))
	return found


@frappe.whitelist(methods=["POST"])
def soonest(doctype: str, question: str = "") -> list[str]:
	"""Return the names of the documents of a doctype of which something is due, the most overdue first.

	Args:
		doctype: of the list.
		question: one of QUESTIONS, for some of them only; any other leaves none out.

	Returns:
		MOST names at most, of documents with a running clock that the session's user may see.
	"""
	holder = HOLDS.get(doctype, "document_name")
	where = ["status in %(statuses)s", f"`{holder}` is not null", _visible(doctype)]
	if holder == "document_name":
		where.append("document_type = %(doctype)s")
	if question in QUESTIONS:
		where.append(QUESTIONS[question])
	today = getdate()
	values = {
		**{
			"doctype": doctype,
			"statuses": RUNNING,
			"answer": ANSWER,
			"nobodys": NOBODYS,
			"now": now_datetime(),
		},
		"next_week": today + timedelta(days=7 - today.weekday()),
	}
	rows = _clocks(where, values, MOST)
	return list(dict.fromkeys(row[holder] for row in rows))


def of_person(user: str) -> list[dict]:
	"""Return the running clocks that the session's user keeps or was told of, the most overdue first.

	What nobody keeps yet is in the agenda of who looks after the desk: else it would be in nobody's until the
	first warning.

	Args:
		user: the session's user.

	Returns:
		What `_row` says of each that they may see now and still have to do with, with `report` and
		`decision_table` that it belongs to, and `whose` it is: empty where they have to act themselves.
	"""
	arms = [_visible(CLOCK), *(_visible_by(doctype) for doctype in CARRIED_OUT)]
	where = ["status in %(statuses)s", f"({' or '.join(arms)})"]
	# no desk is called nothing: a list without anything in it is no SQL
	desks = [*sorted(looked_after_by(user)), ""]
	values, now = {"user": user, "statuses": RUNNING, "desks": desks}, now_datetime()
	rows = _clocks(where, values, MOST, THEIRS, (f"{_visible(CLOCK)} as `is_open`",))
	acting = actors.of(rows, now)
	return [
		{
			**_row(row, now),
			"report": row.report,
			"decision_table": row.decision_table,
			"whose": _whose(row, acting[row.name], user),
		}
		for row in actors.concerning(user, rows, acting)
	]


def _named(names: str) -> list[str]:
	"""Return the names in a JSON list; anything else names nothing."""
	try:
		found = json.loads(names)
	except ValueError:
		return []
	return [cstr(name) for name in found][:MOST] if isinstance(found, list) else []


def _whose(clock, acting: actors.Actors, user: str) -> str:
	"""Return in words who has to act, by name only for who may see the clock itself."""
	if user in (clock.deadline_owner, *acting.people):
		return ""
	if acting.desk in desks_of(user):
		return _("for your desk to do")
	if not clock.is_open:
		return _("of a colleague")
	return (
		_("of {0}").format(get_fullname(clock.deadline_owner)) if clock.deadline_owner else _("of nobody yet")
	)


def _visible(doctype: str) -> str:
	arms = [query_condition(None, CLOCK) or "1=1"]
	if doctype in CARRIED_OUT:
		arms.append(_visible_by(doctype))
	return f"({' or '.join(arms)})"


def _visible_by(doctype: str) -> str:
	allowed = query_condition(None, doctype) or "1=1"
	names = f"select `tab{doctype}`.`name` from `tab{doctype}` where {allowed}"
	return f"(`tab{CLOCK}`.document_type = '{doctype}' and `tab{CLOCK}`.document_name in ({names}))"


def _clocks(
	where: list[str], values: dict, most: int | None = None, joined: str = "", more: tuple[str, ...] = ()
) -> list:
	"""Return clocks, what runs before what waits, what is due first before the rest."""
	# the conditions are made of constants here and of escaped values by the builders of the rules
	return frappe.db.sql(
		f"""
		select {", ".join((*COLUMNS, *more))} from `tab{CLOCK}` {joined} where {" and ".join(where)}
		order by status = %(waiting)s, due_at, name {f"limit {most}" if most else ""}
		""",
		{**values, "waiting": WAITING},
		as_dict=True,
	)


def _row(clock, now: datetime) -> dict:
	"""Return what is shown of one clock.

	Returns:
		`doctype` and `name` of the document it watches, `kind`, `due_at` (a moment as the database has it,
		for the form to show in the reader's format), `words` such as "due in 2 days", and `colour`.
	"""
	return {
		"doctype": clock.document_type,
		"name": clock.document_name,
		"kind": _(clock.kind, context=CLOCK),
		"due_at": str(clock.due_at),
		"words": _("waits") if clock.status == WAITING else in_words(clock.due_at, now),
		"colour": _colour(clock, now),
	}


def _colour(clock, now: datetime) -> str:
	if clock.status == WAITING:
		return "gray"
	if clock.due_at < now:
		return "red"
	return "orange" if clock.warn_at and clock.warn_at <= now else "blue"
