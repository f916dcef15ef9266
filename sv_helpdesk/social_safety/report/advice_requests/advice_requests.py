"""Advice requests: counts advice requests by the day they came in."""

from sv_helpdesk.reports.built_in import FiguresReport

REPORT = FiguresReport("advice_desks", "asked_by", "advice_topics", "led_to_table")


def execute(filters: dict | None = None) -> tuple:
	"""Return columns, rows, message and chart."""
	return REPORT.execute(filters)
