"""The steps of one aftercare contact: held or not, and what the desk does with what came up (A&O 6.1.5, R9)."""

import frappe
from frappe import _

from sv_helpdesk import notices
from sv_helpdesk.permissions.capacities import CASE_WORKERS
from sv_helpdesk.social_safety import checks
from sv_helpdesk.workflows.aftercare import workers
from sv_helpdesk.workflows.machine import Machine, Step
from sv_helpdesk.workflows.moving import follow

# whoever keeps the contact, and the desk that watches over it
WHO = ("holder", *CASE_WORKERS)


def plan_is_running(contact) -> None:
	"""Nobody is contacted before the plan was begun with them."""
	if frappe.db.get_value("SV Aftercare", contact.aftercare, "status") != "Running":
		frappe.throw(_("The aftercare plan isn't running. Begin or resume the plan first."))


def is_still_to_come(contact) -> None:
	"""A contact is put off, not back."""
	checks.not_past(contact, "planned_on")


def raise_what_came_up(contact) -> None:
	"""Disadvantage or repetition waits for the desk, which hears of it at once."""
	if not (contact.disadvantage or contact.repetition):
		return
	follow("SV Aftercare Contact", contact.name, "raise")
	notices.tell(
		workers(contact.report),
		lambda language: _("Something came up in an aftercare contact.", language),
		"SV Aftercare Contact",
		contact.name,
		at_once=True,
	)


def reopen_case(contact) -> None:
	"""The case goes on."""
	follow("SV Report", contact.report, "reopen", settled_at=None, closed_at=None, anonymise_on=None)


def is_linked(contact) -> None:
	"""What happened again is a case of its own, which names this one."""
	if not frappe.db.exists("SV Report", {"repeats": contact.report}):
		frappe.throw(
			_(
				"No case is registered as a repetition of this one. Register it and fill in Repetition of there, then take this step."
			)
		)


MACHINE = Machine(
	"SV Aftercare Contact",
	"Planned",
	(
		Step(
			"hold",
			"Held",
			("Planned",),
			"Held",
			WHO,
			asks=("held_at", "how_it_goes", "disadvantage", "repetition", "needs"),
			needs=("held_by", "how_it_goes"),
			stamps=("held_at",),
			before=(plan_is_running,),
			follows=(raise_what_came_up,),
		),
		Step(
			"put_off",
			"Move to another day",
			("Planned",),
			"Planned",
			WHO,
			asks=("planned_on",),
			needs=("planned_on",),
			aside=True,
			checks=(is_still_to_come,),
		),
		Step("drop", "Not held", ("Planned",), "Not held", WHO, reason=True),
		Step("raise", "Raised", ("Held",), "Raised"),
		Step(
			"reopen",
			"Reopen the case",
			("Raised",),
			"Followed up",
			CASE_WORKERS,
			aside=True,
			follows=(reopen_case,),
		),
		Step(
			"link",
			"Linked to a new case",
			("Raised",),
			"Followed up",
			CASE_WORKERS,
			aside=True,
			checks=(is_linked,),
		),
		Step("settle", "Dealt with", ("Raised",), "Followed up", CASE_WORKERS, reason=True),
	),
)
