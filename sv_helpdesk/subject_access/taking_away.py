"""When a case becomes hidden from who answers for it, a colleague answers for it apart, as if it had been so from the start (R6)."""

from collections.abc import Callable

import frappe

from sv_helpdesk.subject_access.lengthening import OPEN
from sv_helpdesk.subject_access.registering import REQUEST


def take_away(report: str, is_denied: Callable[[str | None], bool]) -> None:
	"""Take a case out of the requests of people who were just denied it.

	Their own requests go on without it; one that is released is theirs no longer.

	Args:
		report: name of the SV Report.
		is_denied: tells whether a user is among them.
	"""
	rows = {"report": report, "parenttype": REQUEST}
	names = frappe.get_all("SV Subject Case", rows, pluck="parent", order_by="creation asc")
	for name in dict.fromkeys(names):
		request = frappe.get_doc(REQUEST, name)
		if not is_denied(request.handler):
			continue
		if request.status in OPEN:
			request.pass_on(report)
		else:
			frappe.db.set_value(REQUEST, name, "handler", None)
