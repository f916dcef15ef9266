"""Which clock watches which document, and what starts, pauses, resumes, meets and cancels it: one table.

What happens to a document is a step (its name, see workflows), or one of the events below. A day without a
time is met until its end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import frappe
from frappe.utils import get_datetime, getdate, now_datetime

from sv_helpdesk.deadlines.calendar_time import END_OF_DAY

INSERTED, FILLED_IN, TALK, SENT, RECEIVED = (
	*("inserted", "filled in", "talk held"),
	*("message sent", "message received"),
)
ACUTE = "Decision table convened (acute danger)"
Since = Callable[[object], datetime]


@dataclass(frozen=True)
class Rule:
	"""One kind of clock on one kind of document.

	Attributes:
		kind: what must be done, an option of SV Deadline.
		states: of the document in which it is still to be done, unless it was done already.
		starts: the event or step that starts it, and from which moment of the document it counts.
		meets, cancels, pauses, resumes: events and steps; FILLED_IN: somebody fills in `done`, in whatever way.
		where: the documents it is for. It is followed: a document that comes to fit starts the clock from its
			insertion's moment, one that no longer fits cancels it.
		done: field that holds when it was done, which may be before it is registered; none: when that happens.
		due: field that holds the day until which it runs; none: the term of its kind.
		moves_with: fields by which its start or end is set again when they change.
		owner: field that names who has to be in time; none: whoever handles the case.
	"""

	kind: str
	states: tuple[str, ...]
	starts: dict[str, Since]
	meets: tuple[str, ...] = ()
	cancels: tuple[str, ...] = ()
	pauses: tuple[str, ...] = ()
	resumes: tuple[str, ...] = ()
	where: Callable[[object], bool] | None = None
	done: str | None = None
	due: str | None = None
	moves_with: tuple[str, ...] = ()
	owner: str | None = None


def at(fieldname: str) -> Since:
	"""Return what reads a moment from a field of a document."""
	return lambda doc: get_datetime(doc.get(fieldname))


def present(_doc) -> datetime:
	"""Return the present moment, in site time."""
	return now_datetime()


def by_the_law(report) -> bool:
	"""Whether the whistleblowers' act holds for a case."""
	return bool(report.whistleblower_report) and report.status != "Withdrawn"


def acknowledged(report) -> datetime:
	"""When the three months begin: with the acknowledgement, or without one after its seven days (directive
	2019/1937, article 9)."""
	if report.acknowledged_at:
		return get_datetime(report.acknowledged_at)
	return get_datetime(report.received_at) + timedelta(days=7)


def last_step(document_type: str, document_name: str, step: str) -> datetime | None:
	"""Return when a step was last taken with a document, if ever."""
	taken = {"document_type": document_type, "document_name": document_name, "step": step}
	return frappe.db.get_value("SV Step", taken, "taken_at", order_by="taken_at desc")


def decided(table) -> datetime:
	"""When it was decided that a table is needed: when it was taken up again, or on the day that it says.

	A day without a time counts from its end, unless the table was registered on it.
	"""
	if taken_up := last_step(table.doctype, table.name, "resume"):
		return taken_up
	registered, day = get_datetime(table.creation), getdate(table.opened_on)
	return registered if day == registered.date() else datetime.combine(day, END_OF_DAY)


def endangered(table) -> datetime:
	"""When acute danger was seen: with the decision, or when the table first became acute after it."""
	decision = decided(table)
	if not table.get_doc_before_save():
		return decision
	first = {"document_name": table.name, "kind": ACUTE, "started_at": [">=", decision]}
	return (
		frappe.db.get_value("SV Deadline", first, "started_at", order_by="started_at asc") or now_datetime()
	)


def is_calm(table) -> bool:
	"""Whether a table that isn't convened yet is not about acute danger."""
	return table.status == "Decided on" and table.urgency != "Acute danger"


def is_acute(table) -> bool:
	"""Whether a table that isn't convened yet is about acute danger."""
	return table.status == "Decided on" and table.urgency == "Acute danger"


def is_unwritten(table) -> bool:
	"""Whether a table has met and nobody has begun its minutes; those have a clock of their own."""
	return table.status == "Running" and not frappe.db.exists("SV Minutes", {"decision_table": table.name})


def is_awaited(minutes) -> bool:
	"""Whether a draft is still to be handed in: its table was not called off."""
	table = frappe.db.get_value("SV Decision Table", minutes.decision_table, "status")
	return minutes.status == "Draft" and table != "Called off"


def drafted(minutes) -> datetime:
	"""When the time to write minutes begins: with the meeting, for a correction when that is begun; anew when they
	come back, and when their table is taken up again."""
	begun = get_datetime(minutes.creation if minutes.corrects else minutes.meeting_at)
	came_back = last_step(minutes.doctype, minutes.name, "send_back")
	taken_up = last_step("SV Decision Table", minutes.decision_table, "resume")
	return max(moment for moment in (begun, came_back, taken_up) if moment)


UNSORTED = ("New", "Acknowledged", "Triage")
ON_HAND = (*UNSORTED, "Handling", "Referred", "Decision table")
NOT_WITHDRAWN = (*ON_HAND, "Settled", "Aftercare", "Closed")
RECEIPT = {INSERTED: at("received_at")}
# what is still to be done then is done from that moment on
REOPENED = {**RECEIPT, "reopen": present}
ENDS = ("settle", "withdraw")
WAITING = {"pauses": (SENT,), "resumes": (RECEIVED,)}
TO_CONVENE = ("Decided on",)
AWAY = ("decline", "withdraw")
HANDLED = {"moves_with": ("received_at",), "owner": "handler"}

RULES: dict[str, tuple[Rule, ...]] = {
	"SV Report": (
		Rule(
			"Acknowledgement",
			ON_HAND,
			REOPENED,
			meets=(FILLED_IN, TALK),
			cancels=ENDS,
			done="acknowledged_at",
			**HANDLED,
		),
		Rule("First talk", ON_HAND, REOPENED, meets=(TALK,), cancels=ENDS, **WAITING, **HANDLED),
		Rule(
			"Triage",
			UNSORTED,
			RECEIPT,
			meets=("handle", "refer", "to_table"),
			cancels=ENDS,
			**WAITING,
			**HANDLED,
		),
		# of desks with a term for it: none comes with the app
		Rule(
			"Settlement",
			ON_HAND,
			REOPENED,
			meets=("settle",),
			cancels=("withdraw",),
			done="settled_at",
			**WAITING,
			**HANDLED,
		),
		# the law knows no waiting, and no talk in place of what it asks for
		Rule(
			"Statutory acknowledgement",
			NOT_WITHDRAWN,
			RECEIPT,
			meets=(FILLED_IN,),
			where=by_the_law,
			done="acknowledged_at",
			**HANDLED,
		),
		Rule(
			"Statutory feedback",
			NOT_WITHDRAWN,
			{INSERTED: acknowledged},
			meets=(FILLED_IN,),
			where=by_the_law,
			done="feedback_given_at",
			moves_with=("received_at", "acknowledged_at"),
			owner="handler",
		),
	),
	"SV Referral": (
		Rule("Hand-over accepted", ("Offered",), {"offer": present}, meets=("accept",), cancels=AWAY),
		Rule(
			"Hand-over completed",
			("Offered", "Accepted"),
			{"offer": present},
			meets=("complete",),
			cancels=AWAY,
		),
	),
	"SV Decision Table": (
		Rule(
			"Decision table convened",
			TO_CONVENE,
			{INSERTED: decided, "resume": decided},
			meets=("convene",),
			where=is_calm,
			moves_with=("opened_on",),
			owner="coordinator",
		),
		Rule(
			ACUTE,
			TO_CONVENE,
			{INSERTED: endangered, "resume": endangered},
			meets=("convene",),
			where=is_acute,
			owner="coordinator",
		),
		Rule(
			"Minutes written",
			("Running",),
			{"run": at("first_meeting_at")},
			where=is_unwritten,
			owner="coordinator",
		),
	),
	"SV Minutes": (
		Rule(
			"Minutes written",
			("Draft",),
			{INSERTED: drafted, "send_back": drafted},
			meets=("submit",),
			where=is_awaited,
			moves_with=("meeting_at",),
			owner="writer",
		),
		Rule(
			"Minutes approved",
			("Submitted",),
			{"submit": present},
			meets=("approve",),
			cancels=("send_back",),
			due="approve_by",
			owner="approver",
		),
	),
	"SV Action": (
		Rule(
			"Action",
			("Open", "In progress"),
			{INSERTED: present, "resume": present},
			meets=("finish",),
			cancels=("drop",),
			due="due_on",
			moves_with=("due_on",),
			owner="action_owner",
		),
	),
	"SV Aftercare Contact": (
		Rule(
			"Aftercare contact",
			("Planned",),
			{INSERTED: present},
			meets=("hold",),
			cancels=("drop",),
			done="held_at",
			due="planned_on",
			moves_with=("planned_on",),
			owner="held_by",
		),
	),
}

# what waits, so that it must count in working time
THAT_WAIT = {rule.kind for rules in RULES.values() for rule in rules if rule.pauses}
