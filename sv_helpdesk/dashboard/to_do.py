"""What is to be done now, for a workspace: parts of the agenda of the session's user, each with what to do if empty."""

from frappe import _

from sv_helpdesk.workflows import agenda
from sv_helpdesk.workflows.agenda_rows import find, row
from sv_helpdesk.workflows.case import UNDER_WAY

TABLE, MINUTES, FIGURES = "SV Decision Table", "SV Minutes", "SV Figures"
OF_TASKS = ("SV Action", "SV Aftercare", "SV Aftercare Contact")


def no_cases(works_somewhere: bool) -> dict:
	"""Return what somebody without an open case reads.

	Args:
		works_somewhere: whether there is a desk at which they work today.
	"""
	if not works_somewhere:
		return _list(
			_("Open cases"), [], _("You work at no desk today. Ask who runs your desk to add you to it.")
		)
	return _list(
		_("Open cases"),
		[],
		_(
			"No open cases. New mail comes in by itself; register a telephone call or a talk with “New case” above."
		),
	)


def everything() -> list[dict]:
	"""Return what is due and what waits for them, of all kinds."""
	mine = agenda.mine()
	return [_due(mine["deadlines"]), _waiting(mine["for_me"])]


def at_tables() -> list[dict]:
	"""Return what waits for them at decision tables, and the tables under way that they see."""
	mine = agenda.mine()
	under_way = find(TABLE, {"status": ["in", UNDER_WAY]}, ["table_number", "status"])
	tables = [row(TABLE, one, one.table_number, one.status) for one in under_way]
	return [
		_waiting([one for one in mine["for_me"] if one["doctype"] in (TABLE, MINUTES)]),
		_list(
			_("Decision tables under way"),
			tables,
			_(
				"No decision table is under way. Who is invited to one finds it above; the desk opens one from a case."
			),
		),
	]


def tasks() -> list[dict]:
	"""Return the actions and the aftercare that wait for them, and what is due of it."""
	mine = agenda.mine()
	return [
		_due([clock for clock in mine["deadlines"] if clock["doctype"] in OF_TASKS]),
		_list(
			_("Waits for you"),
			[one for one in mine["for_me"] if one["doctype"] in OF_TASKS],
			_(
				"You have nothing to carry out. What a decision table or a plan gives you appears here by itself."
			),
		),
	]


def published() -> dict:
	"""Return the years whose figures are published."""
	found = find(FIGURES, {"status": "Published"}, ["year", "status"])
	rows = [row(FIGURES, one, str(one.year), one.status) for one in sorted(found, key=lambda one: -one.year)]
	return _list(
		_("Published years"), rows, _("No year is published yet. The annual report appears here once it is.")
	)


def _due(clocks: list[dict]) -> dict:
	return _list(
		_("What is due"),
		clocks,
		_("Nothing is due for you. Deadlines of your cases and tasks appear here by themselves."),
	)


def _waiting(rows: list[dict]) -> dict:
	return _list(
		_("Waits for you"),
		rows,
		_("Nothing waits for you. What somebody asks of you appears here by itself."),
	)


def _list(title: str, rows: list[dict], empty: str) -> dict:
	"""Return a list as it is shown: rows as the agenda has them, and what to read where there are none."""
	return {"title": title, "rows": rows, "empty": empty}
