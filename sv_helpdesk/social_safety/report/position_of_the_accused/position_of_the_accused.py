"""Position of the accused: counts reports by the position of the accused; by the day they came in."""

from sv_helpdesk.reports.built_in import FiguresReport

REPORT = FiguresReport("accused_position", "leading_position", "conflict_position")


def execute(filters: dict | None = None) -> tuple:
	"""Return columns, rows, message and chart."""
	return REPORT.execute(filters)
