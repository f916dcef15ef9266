"""Every day: who has to answer soon is told."""

from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import getdate

from sv_helpdesk import notices
from sv_helpdesk.permissions import desk_people
from sv_helpdesk.permissions.decision import rights_on
from sv_helpdesk.retention.terms import until
from sv_helpdesk.subject_access.lengthening import OPEN
from sv_helpdesk.subject_access.registering import REQUEST

WARNED = timedelta(days=7)


def remind() -> None:
	"""Tell handlers of requests that are due within a week, or who runs the desk where nobody handles one."""
	due_soon = {"status": ["in", (*OPEN, "Released")], "due_on": until(getdate() + WARNED)}
	for row in frappe.get_all(
		REQUEST, due_soon, ["name", "handler", "desk"], order_by="due_on asc, name asc"
	):
		notices.tell(
			_people(row),
			lambda language: _("The answer to somebody who asks about their own data is due.", language),
			REQUEST,
			row.name,
			unless_unread=True,
		)


def _people(request) -> list[str]:
	"""Who answers, or else who runs the desk; nobody from whom a case of the request is hidden (R6)."""
	cases = {"parent": request.name, "parenttype": REQUEST}
	reports = frappe.get_all("SV Subject Case", cases, pluck="report", order_by="idx asc")
	people = (
		[request.handler] if request.handler else desk_people.running(request.desk, request.name, *reports)
	)
	return [user for user in people if rights_on(REQUEST, request.name, user)]
