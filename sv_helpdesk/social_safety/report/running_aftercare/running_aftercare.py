"""Running aftercare: the plans that the user may read and that aren't closed, the oldest first."""

from sv_helpdesk.reports.work_lists import WorkList

REPORT = WorkList(
	"SV Aftercare",
	("plan_number", "meant_for", "status", "responsible", "report"),
	lambda: [["status", "in", ("Planned", "Running", "Evaluated")]],
	"creation",
)


def execute(filters: dict | None = None) -> tuple:
	"""Return columns and rows."""
	return REPORT.execute(filters)
