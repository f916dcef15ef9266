"""The steps of a decision table, from the day it was decided on until all it agreed is done (UM 3.4, 4.2)."""

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from sv_helpdesk.permissions import sides
from sv_helpdesk.workflows import referral, statements
from sv_helpdesk.workflows.action import refuse_unfinished
from sv_helpdesk.workflows.case import UNDER_WAY, tables_of
from sv_helpdesk.workflows.machine import Machine, Step
from sv_helpdesk.workflows.minutes import DEVIATES
from sv_helpdesk.workflows.moving import follow

# who works at the desk that convenes it
CONVENERS = ("desk",)
AT_A_TABLE = "Decision table"
MEETING = ("Convened", "Running")


def deals_with_something(table) -> None:
	"""A table is on one or more cases, or on an advice request."""
	if not table.advice_request and not frappe.db.exists("SV Table Case", {"decision_table": table.name}):
		frappe.throw(
			_("No case is on this table. Put one on it, or name the advice request it started from.")
		)


def everybody_may_sit(table) -> None:
	"""Nobody decides or sits who may not see a case of it or supports a side, also where that came up later (R5, R6)."""
	sides.check_seats_again(table)


def first_meeting_was_held(table) -> None:
	"""A table runs from its first meeting on."""
	if get_datetime(table.first_meeting_at) > now_datetime():
		frappe.throw(
			_("The first meeting hasn't been yet. Take this step afterwards, or correct its moment.")
		)


def minutes_are_approved(table) -> None:
	"""What was decided is written down and approved."""
	found = frappe.get_all(
		"SV Minutes", {"decision_table": table.name}, pluck="status", order_by="creation asc"
	)
	if not found:
		frappe.throw(_("This table has no minutes. Write them and have them approved first."))
	if any(status != "Approved" for status in found):
		frappe.throw(_("Some minutes of this table aren't approved. Have them approved first."))


def actions_are_finished(table) -> None:
	"""Every agreed action is followed to its end."""
	refuse_unfinished({"decision_table": table.name})


def nothing_was_approved(table) -> None:
	"""A table that agreed on something is settled, so that it is counted."""
	if frappe.db.exists("SV Minutes", {"decision_table": table.name, "status": ["!=", "Draft"]}):
		frappe.throw(
			_("Minutes of this table are handed in or approved, so it took place. Settle the table instead.")
		)


def nothing_was_written(table: str) -> None:
	"""A case that was spoken of stays on the table.

	Args:
		table: name of the SV Decision Table.
	"""
	if was_written(table):
		frappe.throw(
			_(
				"Minutes or actions of this table may be about the case, so it stays on it. Convene another table for what comes next."
			)
		)


def was_written(table: str) -> bool:
	"""Tell whether anything was written at a table that may be about its cases.

	Args:
		table: name of the SV Decision Table.
	"""
	written = ("SV Minutes", "SV Action", "SV Communication Line")
	return any(frappe.db.exists(doctype, {"decision_table": table}) for doctype in written)


def refuse_change_of_deviation(table: str) -> None:
	"""What stands in minutes that others read and approved isn't rewritten; new minutes may deviate anew (UM 4.2).

	Args:
		table: name of the SV Decision Table.
	"""
	rows = frappe.get_all(
		"SV Minutes", {"decision_table": table}, ["status", "follows_advice"], order_by="creation asc"
	)
	handed_in = any(row.status != "Draft" and row.follows_advice == DEVIATES for row in rows)
	if handed_in and not any(row.status == "Draft" for row in rows):
		frappe.throw(
			_(
				"The deviation stands in minutes that were handed in. Begin a correction of them, or new minutes."
			)
		)


def cases_come(table) -> None:
	"""The cases of a convened table wait for what it decides."""
	if table.status in MEETING:
		for report in sorted(sides.reports_of(table.name, now=True)):
			follow("SV Report", report, "to_table")


def cases_go(table) -> None:
	"""The cases of a table that has ended go back to their handlers, unless another table deals with them."""
	let_go(sides.reports_of(table.name, now=True))


def let_go(reports: set[str]) -> None:
	"""Send cases back with which no table deals any more: to handling, or to who has them by a referral.

	Args:
		reports: names of SV Report.
	"""
	for report in sorted(reports):
		waits = frappe.db.get_value("SV Report", report, "status") == AT_A_TABLE
		if waits and not tables_of(report, UNDER_WAY):
			referred = {"report": report, "status": ["in", referral.UNDER_WAY]}
			follow("SV Report", report, "refer" if frappe.db.exists("SV Referral", referred) else "return")


MACHINE = Machine(
	"SV Decision Table",
	"Decided on",
	(
		Step(
			"convene",
			"Convene",
			("Decided on",),
			"Convened",
			CONVENERS,
			asks=("manager", "coordinator", "first_meeting_at"),
			needs=("manager", "coordinator", "first_meeting_at"),
			before=(deals_with_something,),
			checks=(everybody_may_sit,),
			follows=(cases_come,),
		),
		Step(
			"run",
			"First meeting held",
			("Convened",),
			"Running",
			CONVENERS,
			asks=("first_meeting_at", "advice_status"),
			needs=("manager", "coordinator", "first_meeting_at", "advice_status"),
			before=(deals_with_something,),
			checks=(everybody_may_sit, first_meeting_was_held, statements.are_given),
			follows=(cases_come,),
		),
		Step(
			"settle",
			"Settle",
			("Running",),
			"Settled",
			CONVENERS,
			asks=("outcome", "closed_on"),
			needs=("manager", "outcome"),
			stamps=("closed_on",),
			before=(minutes_are_approved,),
			checks=(everybody_may_sit, actions_are_finished),
			follows=(cases_go,),
		),
		Step(
			"reopen",
			"Reopen",
			("Settled",),
			"Running",
			CONVENERS,
			reason=True,
			clears=("outcome", "closed_on"),
			follows=(cases_come,),
		),
		# not needed any more; it isn't counted as a table that was held (reports.populations)
		Step(
			"call_off",
			"Call off",
			UNDER_WAY,
			"Called off",
			CONVENERS,
			asks=("closed_on",),
			stamps=("closed_on",),
			clears=("outcome",),
			reason=True,
			checks=(nothing_was_approved, actions_are_finished),
			follows=(cases_go,),
		),
		Step(
			"resume",
			"Take up again",
			("Called off",),
			"Decided on",
			CONVENERS,
			reason=True,
			clears=("closed_on", "first_meeting_at"),
		),
	),
)
