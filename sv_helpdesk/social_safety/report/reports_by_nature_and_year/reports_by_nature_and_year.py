"""Reports by nature and year: counts reports by nature, the period beside the same of the years before; reports by the day they came in."""

from sv_helpdesk.reports.built_in import YearsReport

REPORT = YearsReport("nature_of_reports")


def execute(filters: dict | None = None) -> tuple:
	"""Return columns, rows, message and chart."""
	return REPORT.execute(filters)
