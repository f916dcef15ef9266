"""Queue entries made before show whether their cases are open, settled or closed."""

from sv_helpdesk.helpdesk import ticket_status


def execute() -> None:
	"""Write the state of every case on its ticket."""
	ticket_status.show_all()
