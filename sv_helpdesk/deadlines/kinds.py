"""Which clock watches which document, and what starts, pauses, resumes, meets and cancels it: one table.

What happens to a document is a step (its name, see workflows), or one of the events in rule.py. A day without a
time is met until its end.
"""

from sv_helpdesk.deadlines.readings import (
	ACUTE,
	acknowledged,
	by_the_law,
	can_be_appealed,
	decided,
	drafted,
	endangered,
	is_acute,
	is_awaited,
	is_calm,
	is_unwritten,
)
from sv_helpdesk.deadlines.rule import ASKED, FILLED_IN, INSERTED, RECEIVED, TALK, Rule, at, present

ANSWER, APPEAL = "Answer of the reporter", "Appeal"
# how long others have: when it has run out it lapses, and nobody was late
NOBODYS = (ANSWER, APPEAL)
UNSORTED = ("New", "Acknowledged", "Triage")
ON_HAND = (*UNSORTED, "Handling", "Referred", "Decision table")
NOT_WITHDRAWN = (*ON_HAND, "Settled", "Aftercare", "Closed")
RECEIPT = {INSERTED: at("received_at")}
# what is still to be done then is done from that moment on
REOPENED = {**RECEIPT, "reopen": present}
ENDS = ("settle", "withdraw")
WAITING = {"pauses": (ASKED,), "resumes": (RECEIVED,)}
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
		# nobody's promise: how long the others wait for it (answers)
		Rule(ANSWER, ON_HAND, {ASKED: present}, meets=(RECEIVED,), cancels=ENDS, owner="handler"),
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
	# eight weeks and two: together what the general administrative law act gives where a committee advises (9:11)
	"SV Complaint": (
		Rule(
			"Advice of the committee",
			("Handed over", "Admissible", "Heard"),
			{"hand_over": at("handed_over_on")},
			meets=("advise",),
			cancels=("refuse", "withdraw"),
			done="advice_on",
			moves_with=("handed_over_on",),
		),
		Rule(
			"Decision on the complaint",
			("Advice given",),
			{"advise": at("advice_on")},
			meets=("decide",),
			cancels=("withdraw",),
			done="decided_on",
			moves_with=("advice_on",),
		),
		# nobody's promise, either: how long both sides can go against it (6:7 of that act)
		Rule(
			APPEAL,
			("Decided",),
			{"decide": at("decided_on")},
			meets=("appeal",),
			where=can_be_appealed,
			done="appeal_lodged_on",
			moves_with=("decided_on",),
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
