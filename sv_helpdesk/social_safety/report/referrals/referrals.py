"""Referrals: counts referrals and hand-overs by the day on which they were offered."""

from sv_helpdesk.reports.built_in import FiguresReport

REPORT = FiguresReport("referred_to", "referral_types", "referral_lines")


def execute(filters: dict | None = None) -> tuple:
	"""Return columns, rows, message and chart."""
	return REPORT.execute(filters)
