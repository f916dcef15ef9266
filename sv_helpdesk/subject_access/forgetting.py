"""Requests go, too: a year after they were closed, and as far as they tell of a case when that is anonymised."""

from datetime import date

from dateutil.relativedelta import relativedelta

import frappe
from frappe.utils import getdate, now_datetime

from sv_helpdesk import access_log
from sv_helpdesk.crypto import data_keys
from sv_helpdesk.permissions import outliving
from sv_helpdesk.retention import log, traces
from sv_helpdesk.retention.terms import until
from sv_helpdesk.subject_access.registering import REQUEST

ACCESS, CLOSED = "Access", ("Handed out", "Withdrawn")
# how long it can be shown how a request was answered
YEARS = 1
KEPT = relativedelta(years=YEARS)
UNANSWERED = {"status": "Collected", "answer": None, "prepared_by": None, "prepared_at": None}


def forget_closed() -> None:
	"""Destroy the requests that were closed longer ago than they are kept: key, texts and rows; the access log stays."""
	closed = {"status": ["in", CLOSED], "closed_on": until(getdate() - KEPT)}
	for row in frappe.get_all(REQUEST, closed, ["name", "closed_on"], order_by="closed_on asc, name asc"):
		destroy(row.name, row.closed_on + KEPT)


def destroy(name: str, due_on: date) -> None:
	"""Destroy one request, with what the host keeps about it; the retention log tells that one went.

	Args:
		name: name of the SV Subject Request.
		due_on: the day on which its term was over, or its case went.
	"""
	data_keys.destroy(name)
	steps = frappe.get_all(
		"SV Step", {"document_type": REQUEST, "document_name": name}, pluck="name", order_by="name asc"
	)
	traces.forget({REQUEST: [name], "SV Step": steps}, None)
	frappe.db.delete("SV Subject Case", {"parent": name, "parenttype": REQUEST})
	frappe.db.delete("SV Step", {"document_type": REQUEST, "document_name": name})
	frappe.db.delete(REQUEST, {"name": name})
	outliving.let_go([name])
	moment = now_datetime().replace(microsecond=0)
	log.write(log.REQUEST, log.Rule("", YEARS, due_on, ""), moment, 1 + len(steps), 0, [])
	access_log.record("Changed", REQUEST, name)


def case_is_anonymised(report: str) -> list[str]:
	"""Leave nothing of a case in requests: answers that tell of it go with it, or are prepared anew without it.

	Args:
		report: name of the SV Report, which is being anonymised.

	Returns:
		Names of the requests that it was found in and that outlive it.
	"""
	rows, left = {"report": report, "parenttype": REQUEST}, []
	for name in sorted(set(frappe.get_all("SV Subject Case", rows, pluck="parent", order_by="creation asc"))):
		request = frappe.db.get_value(REQUEST, name, ["kind", "status"], as_dict=True)
		frappe.db.delete("SV Subject Case", {"parent": name, **rows})
		if request.kind == ACCESS and request.status in CLOSED:
			destroy(name, getdate())
			continue
		left.append(name)
		# what was chosen names the case, beside the name of who asks
		forgotten = {"choices": None}
		if request.kind == ACCESS and request.status != "Received":
			forgotten |= UNANSWERED
		frappe.db.set_value(REQUEST, name, forgotten)
	return left
