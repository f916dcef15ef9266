"""Sites installed before the access log was a chain get its head, as an install makes it."""

from sv_helpdesk import access_log


def execute() -> None:
	"""Write the head of the log."""
	access_log.begin()
