"""Profile of reporters: counts reporters by staff group, contract and gender; by the day their report came in."""

from sv_helpdesk.reports.built_in import FiguresReport

REPORT = FiguresReport("staff_group", "contract", "gender")


def execute(filters: dict | None = None) -> tuple:
	"""Return columns, rows, message and chart."""
	return REPORT.execute(filters)
