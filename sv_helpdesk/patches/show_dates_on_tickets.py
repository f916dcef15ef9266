"""Queue entries made before show the dates of their cases, and no longer an agreement of Helpdesk's."""

from sv_helpdesk.helpdesk import ticket_dates


def execute() -> None:
	"""Write the dates of every case on its ticket."""
	ticket_dates.show_all()
