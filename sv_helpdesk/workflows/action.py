"""The steps of an agreed action, followed to its end (UM 4.2)."""

import frappe
from frappe import _

from sv_helpdesk.workflows.case import CASE_WORKERS
from sv_helpdesk.workflows.machine import Machine, Step

# whoever carries it out, and the desk that watches over it
WHO = ("owner", *CASE_WORKERS)


def table_is_not_settled(action) -> None:
	"""A settled table agreed on nothing that is still to be done."""
	table = action.decision_table
	if table and frappe.db.get_value("SV Decision Table", table, "status") == "Settled":
		frappe.throw(_("The decision table is settled. Reopen the table first."))


MACHINE = Machine(
	"SV Action",
	"Open",
	(
		Step("begin", "Begin", ("Open",), "In progress", WHO, asks=("progress",)),
		Step(
			"finish",
			"Done",
			("Open", "In progress"),
			"Done",
			WHO,
			asks=("evidence",),
			needs=("evidence",),
		),
		Step("drop", "Drop", ("Open", "In progress"), "Dropped", WHO, reason=True),
		Step(
			"resume",
			"Take up again",
			("Done", "Dropped"),
			"In progress",
			CASE_WORKERS,
			reason=True,
			clears=("progress",),
			checks=(table_is_not_settled,),
		),
	),
)
