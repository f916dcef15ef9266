"""Data quality: cases that the user may read and in which a code is missing or nothing is planned."""

from sv_helpdesk.reports.data_quality import said
from sv_helpdesk.reports.work_lists import WorkList

REPORT = WorkList(
	"SV Report",
	("case_number", "kind", "status", "desk", "handler", "received_at"),
	lambda: [["status", "!=", "Withdrawn"]],
	"received_at",
	("What is missing", said),
)


def execute(filters: dict | None = None) -> tuple:
	"""Return columns and rows."""
	return REPORT.execute(filters)
