"""Units: counts reporters by unit, larger ones with all their parts; by the day their report came in."""

from sv_helpdesk.reports.built_in import FiguresReport

REPORT = FiguresReport("units")


def execute(filters: dict | None = None) -> tuple:
	"""Return columns, rows, message and chart."""
	return REPORT.execute(filters)
