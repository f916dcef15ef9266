"""The steps of minutes: written together, handed in, approved by everybody at the table, locked (UM 4.2)."""

import frappe
from frappe import _

from sv_helpdesk import notices
from sv_helpdesk.minutes import approvals
from sv_helpdesk.permissions import sides
from sv_helpdesk.permissions.capacities import capacities
from sv_helpdesk.permissions.consent import FOLLOW_UP, is_in_force
from sv_helpdesk.workflows.machine import Machine, Step
from sv_helpdesk.workflows.moving import follow

AT_THE_TABLE = ("seat", "decides", "desk")
ADVICE_REQUEST = "Advice request"
DEVIATES = "Deviates from the advice"


def both_were_heard(minutes) -> None:
	"""Nothing is decided before both sides were heard, or it says why not (R7)."""
	if not (minutes.reporter_heard and minutes.accused_heard) and not minutes.not_heard_reason:
		frappe.throw(
			_("Not both sides were heard. Write down what each of them said, or why one wasn't heard.")
		)


def reporters_agree(minutes) -> None:
	"""Follow-up towards the accused has the reporter's consent, or it says why it is decided without (R7)."""
	if _lacks_consent(minutes):
		frappe.throw(
			_(
				"A reporter hasn't consented to follow-up towards the accused. Have the consent recorded in the case, or write down why it is decided without."
			)
		)


def follow_up_ended(report: str) -> None:
	"""Minutes that wait for approval go back to their writer when a reporter takes back the consent they rest on (R7).

	Args:
		report: name of the SV Report.
	"""
	submitted = {"decision_table": ["in", sorted(sides.tables_about(report))], "status": "Submitted"}
	for name in frappe.get_all("SV Minutes", submitted, pluck="name", order_by="creation asc"):
		if _lacks_consent(frappe.get_doc("SV Minutes", name)):
			follow("SV Minutes", name, "send_back", submitted_at=None, approve_by=None)


def _lacks_consent(minutes) -> bool:
	if minutes.not_heard_reason:
		return False
	reports = sides.reports_of(minutes.decision_table, now=True)
	return any(
		frappe.db.get_value("SV Report", report, "kind") != ADVICE_REQUEST and not _reporters_consent(report)
		for report in reports
	)


def _reporters_consent(report: str) -> bool:
	"""Tell whether every reporter of a case consents to follow-up; an exception (R2) needs no reporter."""
	rows = {"report": report, "scope": FOLLOW_UP}
	given = frappe.get_all("SV Consent", rows, ["name", "party"], order_by="creation asc")
	in_force = {consent.party for consent in given if is_in_force(consent.name)}
	of_case = {"report": report, "party_role": "Reporter"}
	reporters = frappe.get_all("SV Party", of_case, pluck="name", order_by="creation asc")
	return bool(in_force) and (None in in_force or in_force >= set(reporters))


def advice_has_its_status(minutes) -> None:
	"""Whether an advice binds was agreed beforehand; who deviates says with which authority and why (UM 4.2)."""
	table = frappe.get_doc("SV Decision Table", minutes.decision_table)
	if not table.advice_status:
		frappe.throw(
			_("It isn't said whether the advice binds. Fill in the status of the advice at the table.")
		)
	if minutes.follows_advice == DEVIATES and not table.deviates:
		frappe.throw(
			_("The decision deviates. Record at the table who decided so, with which authority and why.")
		)


def chair_sits_at_the_table(minutes) -> None:
	"""The chair is one of those who approve."""
	if minutes.approver not in approvals.people(minutes):
		frappe.throw(_("The chair isn't at this table, or is the writer. Choose somebody else at the table."))


def tell_who_approves(minutes) -> None:
	"""Who has to approve is told that there is something."""
	_tell(minutes, approvals.missing(minutes))


def tell_who_writes(minutes) -> None:
	"""Who wrote it is told that it came back."""
	_tell(minutes, {minutes.writer})


def copies_go_out(minutes) -> None:
	"""Who is on the distribution list gets a copy (it needs the machines, so it is loaded now)."""
	from sv_helpdesk.minutes import copies

	copies.give_out(minutes)


def _tell(minutes, users: set[str]) -> None:
	# who turned out to be the accused doesn't hear of it any more (R6)
	notices.tell(
		[user for user in users - {frappe.session.user} if capacities(minutes, user)],
		lambda language: _("Something at a decision table waits for you.", language),
		"SV Minutes",
		minutes.name,
	)


MACHINE = Machine(
	"SV Minutes",
	"Draft",
	(
		Step(
			"submit",
			"Hand in for approval",
			("Draft",),
			"Submitted",
			("writer", "desk"),
			asks=("approver", "approve_by"),
			needs=(
				*("writer", "approver", "facts", "options_weighed", "advice", "decision", "reasons"),
				*("proportionality", "subsidiarity", "follows_advice"),
			),
			stamps=("submitted_at",),
			before=(both_were_heard, advice_has_its_status),
			checks=(reporters_agree, chair_sits_at_the_table),
			follows=(tell_who_approves,),
		),
		# the last approval, or the chair after the term (minutes.approvals)
		Step(
			"approve",
			"Approved",
			("Submitted",),
			"Approved",
			stamps=("approved_at",),
			follows=(copies_go_out,),
		),
		Step(
			"send_back",
			"Back to draft",
			("Submitted",),
			"Draft",
			AT_THE_TABLE,
			reason=True,
			clears=("submitted_at", "approve_by"),
			follows=(tell_who_writes,),
		),
	),
)
