"""Looks up anew in which cases somebody is named; what the handler may not use goes to colleagues, as at the start."""

from collections.abc import Iterable

import frappe
from frappe import _

from sv_helpdesk.permissions import outliving
from sv_helpdesk.permissions.capacities import CASE_WORKERS, theirs
from sv_helpdesk.subject_access.registering import REQUEST, make
from sv_helpdesk.subject_access.searching import Known, found
from sv_helpdesk.subject_access.sharing_out import keep_from_its_person, may_use, shared_out

SAME = ("kind", "received_on", "language", "registration")
KNOWN_BY = ("person_name", "other_names", "addresses")
SAME_TEXTS = (*KNOWN_BY, "asked")
WITHDRAWN = "Withdrawn"


def collect(request) -> None:
	"""Bring the cases of a request up to date.

	Args:
		request: the SV Subject Request while a step is taken with it.

	Raises:
		frappe.PermissionError: somebody else handles it.
	"""
	only_its_handler(request)
	known = Known.of(request)
	keep_from_its_person(request.name, request.handler, known)
	rows = found(known, request.desk)
	mine = {row.report for row in rows if may_use(row.report, request.handler)}
	for report in {row.report for row in request.cases} - mine:
		outliving.keep_request_hidden(report, request.name)
	request.list_cases([row for row in rows if row.report in mine])
	answered = mine | _answered_by_colleagues(request)
	texts = {name: request.opened(name) for name in SAME_TEXTS}
	give_to_colleagues(request, texts, [row for row in rows if row.report not in answered])


def give_to_colleagues(request, texts: dict[str, str], rows: list) -> None:
	"""Make a request for each colleague who can answer for these cases.

	Args:
		request: the SV Subject Request from which they go.
		texts: SAME_TEXTS of it, in clear.
		rows: what was found, as sv_helpdesk.subject_access.searching.Found or as rows of the request.
	"""
	known = Known.by(*(texts[name] for name in KNOWN_BY))
	values = {**{name: request.get(name) for name in SAME}, **texts}
	for handler, reports in shared_out(request.desk, {row.report for row in rows}, None, known).items():
		make(request.desk, handler, [row for row in rows if row.report in reports], values, known)


def request_of(name: str, who: Iterable[str] = CASE_WORKERS, for_update: bool = False):
	"""Return a request that the session's user works on, or has to do with in another of these capacities.

	Args, Raises:
		As capacities.theirs.
	"""
	return theirs(REQUEST, name, who, _("There is no request for you here. Reload the form."), for_update)


def only_its_handler(request) -> None:
	"""Refuse everybody else: what is opened for an answer is opened by the handler's right.

	Raises:
		frappe.PermissionError: the session's user doesn't handle it.
	"""
	if request.handler != frappe.session.user:
		frappe.throw(
			_("Only its handler works on a request. Let them hand it over to you."), frappe.PermissionError
		)


def _answered_by_colleagues(request) -> set[str]:
	same = {
		"registration": request.registration,
		"name": ["!=", request.name],
		"status": ["!=", WITHDRAWN],
	}
	others = frappe.get_all(REQUEST, same, pluck="name", order_by="creation asc")
	if not others:
		return set()
	rows = {"parent": ["in", others], "parenttype": REQUEST}
	return set(frappe.get_all("SV Subject Case", rows, pluck="report", order_by="idx asc"))
