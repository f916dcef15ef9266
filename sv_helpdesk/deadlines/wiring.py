"""Doc events by which clocks follow documents; steps say so themselves (workflows.moving)."""

from sv_helpdesk.deadlines.kinds import RULES

_FOLLOWING = "sv_helpdesk.deadlines.following."


def add_doc_events(events: dict[str, dict[str, str | list[str]]]) -> None:
	"""Add the doc events of the clocks to those of the app.

	Args:
		events: doc_events as hooks.py has them; changed in place.
	"""

	def add(doctype: str, event: str, function: str) -> None:
		before = events.setdefault(doctype, {}).get(event, [])
		events[doctype][event] = [*([before] if isinstance(before, str) else before), _FOLLOWING + function]

	for doctype in RULES:
		add(doctype, "after_insert", "inserted")
		add(doctype, "on_update", "updated")
	add("SV Minutes", "after_insert", "minutes_begun")
	add("SV Note", "on_update", "talk_held")
	add("SV Message", "after_insert", "message_came")
