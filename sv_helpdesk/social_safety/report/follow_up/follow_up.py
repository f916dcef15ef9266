"""Follow-up: counts reporters by what was done; by the day their report came in."""

from sv_helpdesk.reports.built_in import FiguresReport

REPORT = FiguresReport("follow_up")


def execute(filters: dict | None = None) -> tuple:
	"""Return columns, rows, message and chart."""
	return REPORT.execute(filters)
