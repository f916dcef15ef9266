"""The steps of a case, from first contact to closed (DOMAIN, UM 3; A&O 6.1)."""

import frappe
from frappe import _

from sv_helpdesk.deadlines import following
from sv_helpdesk.helpdesk import ticket_status
from sv_helpdesk.moments import this_minute
from sv_helpdesk.permissions.capacities import CASE_WORKERS
from sv_helpdesk.permissions.sides import tables_about
from sv_helpdesk.reporting import codes
from sv_helpdesk.retention import terms
from sv_helpdesk.retention.steps import of_keeping
from sv_helpdesk.social_safety import checks
from sv_helpdesk.workflows.action import refuse_unfinished
from sv_helpdesk.workflows.aftercare_plans import make_plans
from sv_helpdesk.workflows.complaint import refuse_undecided, refuse_under_way
from sv_helpdesk.workflows.machine import Machine, Step
from sv_helpdesk.workflows.moving import follow

ADVICE_REQUEST = "Advice request"
BEFORE_HANDLING = ("New", "Acknowledged", "Triage")
WORKED_ON = ("Handling", "Referred", "Decision table")
ENDED = ("Settled", "Aftercare", "Closed")
FINISHED = (*ENDED, "Withdrawn")
OPEN_REFERRALS = ("Offered",)
UNDER_WAY = ("Decided on", "Convened", "Running")


def is_new(case) -> bool:
	"""Whether nobody has done anything with it yet."""
	return case.status == "New"


def has_outcome(case) -> None:
	"""A report is settled with an outcome; advice has none."""
	if case.kind != ADVICE_REQUEST:
		checks.require(case, "outcome")


def unfounded_is_documented(case) -> None:
	"""How it was investigated and on what it rests is written down before a report is called unfounded (R10)."""
	if case.outcome == "Unfounded" and not case.settlement_text:
		frappe.throw(
			_(
				"An unfounded report is documented. Write how it was investigated, who was heard and on what the outcome rests."
			)
		)


def nobody_waits_elsewhere(case) -> None:
	"""Nobody is left without support in between: what was offered is answered or taken back first (VU 2.3)."""
	waiting = {"report": case.name, "status": ["in", OPEN_REFERRALS]}
	# as they are now: one may have been offered at the same moment
	if frappe.db.get_value("SV Referral", waiting, for_update=True):
		frappe.throw(_("A hand-over or referral waits for an answer. Wait for it, or withdraw it first."))


def no_table_is_running(case) -> None:
	"""A case isn't settled while a decision table deals with it."""
	if tables_of(case.name, UNDER_WAY):
		frappe.throw(_("A decision table still deals with this case. Settle the table or call it off first."))


def aftercare_is_over(case) -> None:
	"""A case is closed after its last aftercare (A&O 6.1.5)."""
	if frappe.db.exists("SV Aftercare", {"report": case.name, "status": ["!=", "Closed"]}):
		frappe.throw(_("An aftercare plan is still open. Close the plan first."))


def actions_are_done(case) -> None:
	"""Nothing that was agreed is left lying."""
	refuse_unfinished({"report": case.name})


def take_back_offers(case) -> None:
	"""What the person withdrew isn't offered to anybody any more."""
	for name in frappe.get_all(
		"SV Referral",
		{"report": case.name, "status": ["in", ("Draft", *OPEN_REFERRALS)]},
		pluck="name",
		order_by="creation asc",
	):
		follow("SV Referral", name, "withdraw")


def end_code(case) -> None:
	"""Who withdrew a report doesn't come back to it on the reporting page: the code leads nowhere any more."""
	codes.end(case.name)


def tables_of(report: str, statuses: tuple[str, ...]) -> list[str]:
	"""Return the decision tables in one of these states that deal with a case or started from it."""
	return frappe.get_all(
		"SV Decision Table",
		{"name": ["in", [*tables_about(report, now=True), ""]], "status": ["in", statuses]},
		pluck="name",
		order_by="creation asc",
	)


def acknowledged(report: str) -> None:
	"""The reporter has been told that the case came in: by the first acknowledgement that was sent.

	Args:
		report: name of the SV Report.
	"""
	if frappe.db.get_value("SV Report", report, "acknowledged_at"):
		return
	follow("SV Report", report, "acknowledge")
	# one that has ended meanwhile takes no such step
	if not frappe.db.get_value("SV Report", report, "acknowledged_at"):
		frappe.db.set_value("SV Report", report, "acknowledged_at", this_minute(), update_modified=False)
		following.changed(frappe.get_doc("SV Report", report))


def later_acknowledged(status: str) -> Step:
	"""Return the step that records the acknowledgement of a case that went on without one, and leaves it where it is.

	Args:
		status: of the case; one that has ended is acknowledged only where the law asks for it.
	"""
	ended = status in ENDED

	def is_unacknowledged(case) -> bool:
		return case.status == status and not case.acknowledged_at and (case.whistleblower_report or not ended)

	return Step(
		"acknowledge",
		"Acknowledge",
		(status,),
		status,
		CASE_WORKERS,
		asks=("acknowledged_at",),
		stamps=("acknowledged_at",),
		where=is_unacknowledged,
		aside=True,
	)


MACHINE = Machine(
	"SV Report",
	"New",
	(
		Step(
			"acknowledge",
			"Acknowledge",
			("New",),
			"Acknowledged",
			CASE_WORKERS,
			asks=("acknowledged_at",),
			stamps=("acknowledged_at",),
			where=is_new,
		),
		Step("triage", "Start triage", ("New", "Acknowledged"), "Triage", CASE_WORKERS),
		Step(
			"handle",
			"Take up",
			BEFORE_HANDLING,
			"Handling",
			CASE_WORKERS,
			asks=("handler",),
			needs=("handler",),
		),
		Step(
			"settle",
			"Settle",
			WORKED_ON,
			"Settled",
			CASE_WORKERS,
			asks=("outcome", "main_category", "settled_at", "settlement_text", "retention_class"),
			stamps=("settled_at",),
			before=(no_table_is_running, refuse_undecided),
			checks=(has_outcome, unfounded_is_documented, nobody_waits_elsewhere),
			follows=(make_plans,),
		),
		Step("aftercare", "Start aftercare", ("Settled",), "Aftercare"),
		Step(
			"close",
			"Close",
			("Settled", "Aftercare"),
			"Closed",
			CASE_WORKERS,
			asks=("closed_at", "retention_class"),
			stamps=("closed_at",),
			before=(aftercare_is_over, refuse_under_way),
			checks=(actions_are_done,),
		),
		Step(
			"withdraw",
			"Withdrawn by the reporter",
			(*BEFORE_HANDLING, *WORKED_ON),
			"Withdrawn",
			CASE_WORKERS,
			asks=("withdrawal_text", "closed_at", "retention_class"),
			needs=("withdrawal_text",),
			stamps=("closed_at",),
			aside=True,
			checks=(no_table_is_running, refuse_under_way),
			follows=(take_back_offers, end_code),
		),
		Step(
			"reopen",
			"Reopen",
			FINISHED,
			"Handling",
			CASE_WORKERS,
			reason=True,
			clears=("settled_at", "closed_at"),
		),
		# what follows from a referral or a decision table
		Step("refer", "Referred", (*BEFORE_HANDLING, "Handling", "Decision table"), "Referred"),
		Step("to_table", "To a decision table", (*BEFORE_HANDLING, "Handling", "Referred"), "Decision table"),
		Step("return", "Back to handling", ("Referred", "Decision table"), "Handling"),
		# the acknowledgement that a case went on without
		*map(later_acknowledged, ("Triage", *WORKED_ON, *ENDED)),
		*of_keeping((*BEFORE_HANDLING, *WORKED_ON, *FINISHED)),
	),
	follows=(ticket_status.show, terms.follow_step),
)
