"""Open actions: those that the user may read and that aren't finished, by the day they are due."""

from sv_helpdesk.reports.work_lists import WorkList
from sv_helpdesk.workflows.action import UNFINISHED

REPORT = WorkList(
	"SV Action",
	("status", "due_on", "action_owner", "progress", "report", "decision_table"),
	lambda: [["status", "in", UNFINISHED]],
	"due_on",
)


def execute(filters: dict | None = None) -> tuple:
	"""Return columns and rows."""
	return REPORT.execute(filters)
