"""Decision tables and their outcome: counts decision tables that were open on any day of the period, and their cases."""

from sv_helpdesk.reports.built_in import FiguresReport

REPORT = FiguresReport("table_subjects", "table_kinds", "table_outcomes", "tables_started", "tables_several")


def execute(filters: dict | None = None) -> tuple:
	"""Return columns, rows, message and chart."""
	return REPORT.execute(filters)
