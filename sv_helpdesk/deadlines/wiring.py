"""Doc events by which clocks follow documents; steps say so themselves (workflows.moving)."""

from sv_helpdesk.deadlines.kinds import RULES

_FOLLOWING = "sv_helpdesk.deadlines.following."
_WITH_REPORTER = "sv_helpdesk.deadlines.with_reporter."


def add_doc_events(events: dict[str, dict[str, str | list[str]]]) -> None:
	"""Add the doc events of the clocks to those of the app.

	Args:
		events: doc_events as hooks.py has them; changed in place.
	"""

	def add(doctype: str, event: str, function: str) -> None:
		before = events.setdefault(doctype, {}).get(event, [])
		events[doctype][event] = [*([before] if isinstance(before, str) else before), function]

	for doctype in RULES:
		add(doctype, "after_insert", _FOLLOWING + "inserted")
		add(doctype, "on_update", _FOLLOWING + "updated")
	add("SV Minutes", "after_insert", _FOLLOWING + "minutes_begun")
	add("SV Note", "on_update", _WITH_REPORTER + "talk_held")
	add("SV Party", "on_update", _WITH_REPORTER + "role_corrected")
	add("SV Message", "after_insert", _WITH_REPORTER + "message_came")
