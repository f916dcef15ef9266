"""The history of a clock: what happened to it, when and why; its rows are only ever added."""

from datetime import datetime

import frappe

from sv_helpdesk.deadlines import working_time
from sv_helpdesk.deadlines.calendars import Calendar

STARTED, PAUSED, RESUMED, CHANGED, MET, CANCELLED = (
	*("Started", "Paused", "Resumed", "Changed"),
	*("Met", "Cancelled"),
)


def note(name: str, event: str, cause: str, at: datetime, due: datetime) -> None:
	"""Add a row to the history of a clock.

	Args:
		name: of the clock.
		event: what it did.
		cause: what it followed from.
		at: when.
		due: when it has to be done from then on.
	"""
	row = frappe.new_doc("SV Deadline Event")
	parent = {"parent": name, "parenttype": "SV Deadline", "parentfield": "history"}
	row.update({**parent, "event": event, "cause": cause, "happened_at": at, "due_at": due})
	row.idx = 1 + frappe.db.count("SV Deadline Event", {"parent": name}) if event != STARTED else 1
	row.set_user_and_timestamp()
	row.set_new_name()
	row.db_insert()


def waited(name: str, calendar: Calendar) -> int:
	"""Return for how many seconds of working time a clock has waited, by its history."""
	rows = {"parent": name, "parenttype": "SV Deadline", "event": ["in", (PAUSED, RESUMED)]}
	events = frappe.get_all("SV Deadline Event", rows, ["event", "due_at"], order_by="idx asc")
	pairs = zip(events[::2], events[1::2], strict=False)
	return sum(working_time.between(calendar, paused.due_at, resumed.due_at) for paused, resumed in pairs)
