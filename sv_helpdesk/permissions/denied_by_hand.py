"""The denied list by hand: who works a case keeps it from a colleague, and takes that back.

What comes from the accused of the case stays whatever is done here. Nobody can read the list; the answers
here are the same whoever stands on it, and each use is in the access log.
"""

import frappe
from frappe import _

from sv_helpdesk import access_log
from sv_helpdesk.crypto import blind_index
from sv_helpdesk.permissions import becoming_denied, denied_list, desk_people, grants, rules
from sv_helpdesk.permissions.roles import PRIVACY_OFFICER
from sv_helpdesk.permissions.same_matter import cases_made_from
from sv_helpdesk.two_persons import fingerprint_of, require, staff

WHOLE_DESK = "Whole desk"
OVERSIGHT = "Case kept from a privacy officer"


@frappe.whitelist(methods=["POST"])
def deny(report: str, user: str) -> None:
	"""Keep a case from somebody, whatever rights they have or get; they aren't told.

	From another who is a privacy officer it takes two persons: nobody hides from oversight alone.

	Args:
		report: name of the case.
		user: the user id; oneself is allowed, as in a conflict of interest.

	Raises:
		frappe.PermissionError: the session's user may not write this case, or has it for a time only;
			or it takes a second person, who is asked.
		frappe.ValidationError: no such account, or nobody would be left to work the case.
	"""
	_check_writer(report)
	# as it is stored: the database takes any spelling
	user = frappe.db.get_value("User", user, "name")
	if not user:
		frappe.throw(
			_("There is no user with this account. Enter the user id as it stands in the user list.")
		)
	if not _others_left(report, user):
		frappe.throw(_("Nobody would be left to work on this case. Let a colleague of the desk join first."))
	if user != frappe.session.user and PRIVACY_OFFICER in staff.roles_of(user):
		require_second_person(report, user)
	index = blind_index("account", user)
	if not frappe.db.exists(
		"SV Denied", {"report": report, "user_index": index, "origin": denied_list.BY_HAND}
	):
		for case in (report, *cases_made_from(report)):
			denied_list.add(case, index, denied_list.BY_HAND)
			becoming_denied.take_away(case, {index})
	access_log.record("Revoked", "SV Report", report, report)


@frappe.whitelist(methods=["POST"])
def allow_again(report: str, user: str) -> None:
	"""Take back that a case is kept from somebody by hand; an accused stays denied (R6).

	Args:
		report: name of the case.
		user: the user id.

	Raises:
		frappe.PermissionError: the session's user may not write this case.
	"""
	_check_writer(report)
	frappe.db.delete(
		"SV Denied",
		{"report": report, "user_index": blind_index("account", user), "origin": denied_list.BY_HAND},
	)
	access_log.record("Granted", "SV Report", report, report)


@frappe.whitelist(methods=["POST"])
def entries(report: str) -> int:
	"""Return how many entries the denied list of a case has, to somebody who may write the case.

	Args:
		report: name of the case.

	Raises:
		frappe.PermissionError: the session's user may not write this case.
	"""
	_check_writer(report)
	return frappe.db.count("SV Denied", {"report": report})


def require_second_person(report: str, user: str) -> None:
	"""Ask by the number of the case alone: whom it is kept from would say who is accused, perhaps.

	Args:
		report: name of the case.
		user: the privacy officer.

	Raises:
		frappe.PermissionError: nobody has approved it yet.
	"""
	require(
		OVERSIGHT,
		"SV Report",
		report,
		fingerprint_of({"report": report, "kept_from": user}),
		concerns=denied_list.unnamed(user),
		summary=frappe.db.get_value("SV Report", report, "case_number"),
	)


def _check_writer(report: str) -> None:
	if not rules.may_use_report(report, frappe.session.user, "write") or grants.only_granted(report):
		grants.refuse_right()


def _others_left(report: str, user: str) -> bool:
	"""Tell whether somebody else of the desk can work the case without this person."""
	case = frappe.db.get_value("SV Report", report, ["desk", "handler"], as_dict=True)
	whole_desk = frappe.db.get_value("SV Desk", case.desk, "visibility") == WHOLE_DESK
	running = (desk_people.COORDINATOR, desk_people.STAND_IN)
	return any(
		row.user != user
		and (whole_desk or row.user == case.handler or row.desk_role in running)
		and not denied_list.is_denied(report, row.user)
		for row in desk_people.members(case.desk)
	)
