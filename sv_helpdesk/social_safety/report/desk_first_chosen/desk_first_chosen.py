"""Desk first chosen: counts reporters by the desk they chose first; by the day their report came in."""

from sv_helpdesk.reports.built_in import FiguresReport

REPORT = FiguresReport("first_desk")


def execute(filters: dict | None = None) -> tuple:
	"""Return columns, rows, message and chart."""
	return REPORT.execute(filters)
