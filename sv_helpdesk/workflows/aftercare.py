"""The steps of an aftercare plan, from planned to closed (A&O 6.1.3, 6.1.5; CAOP for the learning conversation)."""

import frappe
from frappe import _

from sv_helpdesk import notices
from sv_helpdesk.deadlines import owners
from sv_helpdesk.permissions import desk_people, sides
from sv_helpdesk.permissions.capacities import CASE_WORKERS
from sv_helpdesk.workflows.action import refuse_unfinished
from sv_helpdesk.workflows.machine import Machine, Step
from sv_helpdesk.workflows.moving import follow

WANTED, HELD = "Wanted", "Held"
UNDECIDED = ("Proposed", "Agreed")
FINISHED_CASE = ("Closed", "Withdrawn")


def knows_of_the_case(plan) -> None:
	"""Nobody learns through aftercare that something was reported (R1)."""
	if plan.meant_for != "Reporter" and not plan.informed:
		frappe.throw(
			_(
				"This person or team doesn't know of the case yet. Tick that they do, or take the step Not needed."
			)
		)


def is_cared_for_by_one_side(plan) -> None:
	"""Who keeps contact with one side doesn't support the other, also where that came up later (R5)."""
	sides.check_carer(plan.responsible, plan.report, plan.meant_for)


def contacts_are_over(plan) -> None:
	"""What was planned was done, or it is said why not."""
	if frappe.db.exists("SV Aftercare Contact", {"aftercare": plan.name, "status": "Planned"}):
		frappe.throw(_("A contact is still planned. Hold it, or say why it isn't held."))


def nothing_waits_for_the_desk(plan) -> None:
	"""Disadvantage or repetition that came up isn't left lying (R9)."""
	if frappe.db.exists("SV Aftercare Contact", {"aftercare": plan.name, "status": "Raised"}):
		frappe.throw(
			_(
				"In a contact disadvantage or repetition came up, and nothing has been done with it. Do that first."
			)
		)


def measures_are_decided(plan) -> None:
	"""The plan shows of every measure what became of it."""
	if any(row.state in UNDECIDED for row in plan.measures):
		frappe.throw(_("Of some measures it isn't said what became of them. Set each to Done or Not wanted."))


def actions_are_done(plan) -> None:
	"""What somebody was to carry out for it is done or dropped."""
	refuse_unfinished({"aftercare": plan.name})


def was_learned_from(plan) -> None:
	"""A learning conversation that somebody wants is held."""
	if plan.learning_conversation == WANTED:
		frappe.throw(
			_("A learning conversation is wanted. Hold it first, or set Learning conversation to Not wanted.")
		)


def case_is_open(document) -> None:
	"""Nothing new begins in a case that is closed or was withdrawn."""
	report = document.report
	if report and frappe.db.get_value("SV Report", report, "status", for_update=True) in FINISHED_CASE:
		frappe.throw(_("The case is closed. Reopen the case first."))


def conversation_was_held(plan) -> None:
	"""The step says that it was."""
	plan.learning_conversation = HELD


def contacts_get_a_holder(plan) -> None:
	"""Contacts that are nobody's are held by who is responsible."""
	for name in _planned(plan, {"held_by": ["is", "not set"]}):
		frappe.db.set_value("SV Aftercare Contact", name, "held_by", plan.responsible)
		owners.give_to("SV Aftercare Contact", name, plan.responsible)


def case_goes_along(plan) -> None:
	"""A settled case is in aftercare from its first plan that runs."""
	follow("SV Report", plan.report, "aftercare")


def contacts_fall_away(plan) -> None:
	"""Nobody is contacted any more."""
	for name in _planned(plan):
		follow("SV Aftercare Contact", name, "drop")


def tell_when_all_is_over(plan) -> None:
	"""Who handles the case hears that it can be closed."""
	if frappe.db.exists("SV Aftercare", {"report": plan.report, "status": ["!=", "Closed"]}):
		return
	notices.tell(
		workers(plan.report),
		lambda language: _("All aftercare of a case has ended.", language),
		"SV Report",
		plan.report,
	)


def workers(report: str) -> list[str]:
	"""Return who is told about a case: its handler, or who runs the desk.

	Args:
		report: name of the SV Report.
	"""
	case = frappe.db.get_value("SV Report", report, ["handler", "desk"], as_dict=True)
	return [case.handler] if case.handler else desk_people.running(case.desk, report)


def _planned(plan, more: dict | None = None) -> list[str]:
	rows = {"aftercare": plan.name, "status": "Planned", **(more or {})}
	return frappe.get_all("SV Aftercare Contact", rows, pluck="name", order_by="planned_on asc")


MACHINE = Machine(
	"SV Aftercare",
	"Planned",
	(
		Step(
			"begin",
			"Begin",
			("Planned",),
			"Running",
			CASE_WORKERS,
			asks=("responsible", "informed"),
			needs=("responsible",),
			checks=(case_is_open, knows_of_the_case, is_cared_for_by_one_side),
			follows=(contacts_get_a_holder, case_goes_along),
		),
		Step(
			"evaluate",
			"Evaluate",
			("Running",),
			"Evaluated",
			CASE_WORKERS,
			asks=("evaluation", "learning_conversation", "evaluated_on"),
			needs=("evaluation", "learning_conversation"),
			stamps=("evaluated_on",),
			before=(contacts_are_over, nothing_waits_for_the_desk, measures_are_decided),
			checks=(actions_are_done,),
		),
		Step(
			"learn",
			"Learning conversation held",
			("Evaluated",),
			"Evaluated",
			CASE_WORKERS,
			asks=("learned", "learned_on"),
			needs=("learned",),
			stamps=("learned_on",),
			sets=("learning_conversation",),
			where=lambda plan: plan.learning_conversation == WANTED,
			checks=(conversation_was_held,),
		),
		Step(
			"close",
			"Close",
			("Evaluated",),
			"Closed",
			CASE_WORKERS,
			asks=("closed_on",),
			stamps=("closed_on",),
			# a case that was settled again has added contacts and measures since the evaluation
			before=(was_learned_from, contacts_are_over, measures_are_decided, nothing_waits_for_the_desk),
			checks=(actions_are_done,),
			follows=(tell_when_all_is_over,),
		),
		Step(
			"drop",
			"Not needed",
			("Planned", "Running"),
			"Closed",
			CASE_WORKERS,
			reason=True,
			stamps=("closed_on",),
			checks=(nothing_waits_for_the_desk, actions_are_done),
			follows=(contacts_fall_away, tell_when_all_is_over),
		),
		Step(
			"resume",
			"Resume",
			("Evaluated", "Closed"),
			"Running",
			CASE_WORKERS,
			reason=True,
			clears=("evaluated_on", "closed_on"),
			needs=("responsible",),
			checks=(case_is_open, knows_of_the_case, is_cared_for_by_one_side),
			follows=(case_goes_along,),
		),
	),
)
