"""What somebody has to do at decision tables: invitations, statements, actions, minutes, tables they convene."""

from sv_helpdesk.minutes.missing_approvals import missing_of
from sv_helpdesk.permissions import seats
from sv_helpdesk.workflows.action import UNFINISHED
from sv_helpdesk.workflows.agenda_rows import find, numbers, row
from sv_helpdesk.workflows.case import UNDER_WAY

TABLE = "SV Decision Table"


def invitations() -> list[dict]:
	"""Return the seats that were offered to the session's user."""
	return [
		{
			"doctype": TABLE,
			"name": offered["decision_table"],
			"number": offered["table_number"],
			"status": "Seat offered",
			"due": None,
		}
		for offered in seats.open_invitations()
	]


def statements(user: str) -> list[dict]:
	"""Return the tables at which they decide or that they convene, and have to state their confidentiality."""
	found = {}
	for part, moment in seats.STATEMENTS.items():
		asked = {part: user, moment: ["is", "not set"], "status": ["in", UNDER_WAY]}
		found |= {table.name: table for table in find(TABLE, asked, ["table_number"])}
	return [row(TABLE, table, table.table_number, "Statement asked") for table in found.values()]


def actions(user: str) -> list[dict]:
	"""Return the actions that they carry out."""
	found = find(
		"SV Action",
		{"action_owner": user, "status": ["in", UNFINISHED]},
		["status", "due_on", "decision_table"],
	)
	of_tables = numbers(TABLE, "table_number", [action.decision_table for action in found])
	return [
		row("SV Action", action, of_tables.get(action.decision_table, ""), action.status, action.due_on)
		for action in found
	]


def minutes(user: str) -> list[dict]:
	"""Return the minutes that they write, and those that wait for their approval."""
	fields = ["decision_table", "status", "approve_by"]
	waiting = [
		*find("SV Minutes", {"writer": user, "status": "Draft"}, fields),
		*_to_approve(user, find("SV Minutes", {"status": "Submitted"}, fields)),
	]
	of_tables = numbers(TABLE, "table_number", [found.decision_table for found in waiting])
	return [
		row("SV Minutes", found, of_tables.get(found.decision_table, ""), found.status, found.approve_by)
		for found in waiting
	]


def convened(user: str) -> list[dict]:
	"""Return the tables under way that they convene."""
	mine = {"coordinator": user, "status": ["in", UNDER_WAY]}
	found = find(TABLE, mine, ["table_number", "status"])
	return [row(TABLE, table, table.table_number, table.status) for table in found]


def _to_approve(user: str, submitted: list) -> list:
	"""Return of minutes that they see those that lack their approval."""
	missing = missing_of([found.name for found in submitted])
	return [found for found in submitted if user in missing[found.name]]
