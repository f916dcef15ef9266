"""Who can release an answer: somebody else of the desk, from whom nothing in it is kept and who stands on no other side."""

import frappe
from frappe import _

from sv_helpdesk.permissions import denied_list, desk_people, sides
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.roles import CASE_ROLES
from sv_helpdesk.subject_access.searching import Known


def check(request) -> None:
	"""Refuse a second person who can't be one, in one sentence for all reasons (R5, R6).

	Raises:
		frappe.ValidationError: this person can't be chosen.
	"""
	if not _can_be(request, request.second_person):
		frappe.throw(
			_(
				"This person can't be the second one. Choose somebody else who works at this desk; where nobody else works there, somebody who works on cases."
			)
		)


def _can_be(request, user: str) -> bool:
	colleagues = {row.user for row in desk_people.members(request.desk)} - {request.handler}
	if user in (request.handler, frappe.session.user) or not acting_roles(user) & set(CASE_ROLES):
		return False
	if (colleagues and user not in colleagues) or Known.of(request).is_user(user):
		return False
	reports = {row.report for row in request.cases}
	# by its own name, for a case that was anonymised since (permissions.outliving)
	if any(denied_list.is_denied(record, user) for record in (request.name, *reports)):
		return False
	reported = {row.report for row in request.cases if row.role == sides.REPORTER}
	return not any(user in sides.supporters(report, sides.ACCUSED) for report in reported)
