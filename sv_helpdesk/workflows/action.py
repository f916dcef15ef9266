"""The steps of an agreed action, followed to its end (UM 4.2)."""

import frappe
from frappe import _

from sv_helpdesk.permissions.capacities import CASE_WORKERS
from sv_helpdesk.workflows.machine import Machine, Step

# whoever carries it out, and the desk that watches over it
WHO = ("owner", *CASE_WORKERS)
UNFINISHED = ("Open", "In progress")


def refuse_unfinished(belonging_to: dict[str, str]) -> None:
	"""Refuse an end as long as something that was agreed is left lying.

	Args:
		belonging_to: the field of SV Action that names the case, table or plan, and its name.

	Raises:
		frappe.ValidationError: an action isn't done or dropped.
	"""
	unfinished = {**belonging_to, "status": ["in", UNFINISHED]}
	# as they are now: one may have been agreed on at the same moment
	if frappe.db.get_value("SV Action", unfinished, for_update=True):
		frappe.throw(_("An agreed action is still open. Finish it, or drop it with a reason."))


def table_has_not_ended(action) -> None:
	"""A table that has ended agreed on nothing that is still to be done."""
	table = action.decision_table
	if table and frappe.db.get_value("SV Decision Table", table, "status", for_update=True) in (
		"Settled",
		"Called off",
	):
		frappe.throw(_("The decision table has ended. Reopen or take up the table first."))


MACHINE = Machine(
	"SV Action",
	"Open",
	(
		Step("begin", "Begin", ("Open",), "In progress", WHO, asks=("progress",)),
		Step(
			"finish",
			"Done",
			UNFINISHED,
			"Done",
			WHO,
			asks=("evidence",),
			needs=("evidence",),
		),
		Step("drop", "Drop", UNFINISHED, "Dropped", WHO, reason=True),
		Step(
			"resume",
			"Take up again",
			("Done", "Dropped"),
			"In progress",
			CASE_WORKERS,
			reason=True,
			clears=("progress",),
			checks=(table_has_not_ended,),
		),
	),
)
