"""Cases that had ended before there were terms of retention get the day on which theirs is over."""

from sv_helpdesk.retention import terms


def execute() -> None:
	"""Set the day of each, by the settings as they are now."""
	terms.give_missing()
