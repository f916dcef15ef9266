"""Open work queue: the cases that the user may read and that aren't settled, the oldest first."""

from sv_helpdesk.reports.work_lists import WorkList

OPEN = ("New", "Acknowledged", "Triage", "Handling", "Referred", "Decision table")
REPORT = WorkList(
	"SV Report",
	("case_number", "kind", "status", "desk", "handler", "received_at"),
	lambda: [["status", "in", OPEN]],
	"received_at",
)


def execute(filters: dict | None = None) -> tuple:
	"""Return columns and rows."""
	return REPORT.execute(filters)
