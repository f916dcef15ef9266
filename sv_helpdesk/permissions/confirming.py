"""The second person of an emergency: who asked for a case gets it when a coordinator or officer confirms.

Only who confirms learns that a case can't be given, and not why: it may be denied to who asked, or the
number that was written may be no case's.
"""

from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import now_datetime

from sv_helpdesk import access_log, notices
from sv_helpdesk.permissions import denied_list, desk_people, grants, sides
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.roles import CASE_ROLES, COORDINATOR, OMBUDS_OFFICER, PRIVACY_OFFICER

# a request that nobody answered lapses, and what was opened closes
HOURS = 24
CONFIRMING_ROLES = (COORDINATOR, OMBUDS_OFFICER, PRIVACY_OFFICER)


@frappe.whitelist(methods=["POST"])
def requests() -> list[dict]:
	"""Return the requests that the session's user can confirm now; none waits for who confirms none.

	The privacy officer gets them without the explanation, because that may speak of a case.

	Raises:
		frappe.PermissionError: the session's user neither confirms nor works on cases.
	"""
	user = frappe.session.user
	if not (may_confirm(user) or acting_roles(user) & set(CASE_ROLES)):
		grants.refuse_right()
	return [_described(grant, user) for grant in open_requests(user)]


@frappe.whitelist(methods=["POST"])
def confirm(grant: str) -> str:
	"""Open the case for HOURS to who asked for it, as the second person.

	Args:
		grant: name of the SV Access Grant.

	Returns:
		A sentence for the confirming person: it is open, or it can't be given (without why).

	Raises:
		frappe.PermissionError: the session's user can't confirm this one.
	"""
	row = _locked_for_me(grant)
	if not _can_be_given(row):
		access_log.record("Refused", grants.GRANT, row.name, row.report)
		return _("This access can't be given. Nothing else needs to be done.")
	now = now_datetime()
	frappe.db.set_value(
		grants.GRANT,
		row.name,
		{
			"confirmed_by": frappe.session.user,
			"confirmed_at": now,
			"valid_until": now + timedelta(hours=HOURS),
		},
	)
	access_log.record("Granted", grants.GRANT, row.name, row.report)
	_tell_opened(row)
	return _("The case is open to your colleague for {0} hours.").format(HOURS)


@frappe.whitelist(methods=["POST"])
def refuse(grant: str) -> None:
	"""Refuse a request, as the second person; who asked isn't told.

	Args:
		grant: name of the SV Access Grant.

	Raises:
		frappe.PermissionError: the session's user can't confirm or refuse this one.
	"""
	row = _locked_for_me(grant)
	frappe.db.set_value(grants.GRANT, row.name, "refused_at", now_datetime())
	access_log.record("Refused", grants.GRANT, row.name, row.report)


def may_confirm(user: str) -> bool:
	"""Tell whether this person can be the second one: a coordinator, the ombuds or the privacy officer."""
	return bool(acting_roles(user) & set(CONFIRMING_ROLES)) or desk_people.coordinates(user)


def people(report: str | None) -> set[str]:
	"""Return who can confirm, without anybody to whom the case is denied."""
	by_role = frappe.get_all(
		"Has Role",
		filters={"role": ["in", CONFIRMING_ROLES], "parenttype": "User"},
		pluck="parent",
		order_by="creation asc",
	)
	by_desk = frappe.get_all(
		"SV Desk Member",
		filters={"desk_role": desk_people.COORDINATOR},
		pluck="user",
		order_by="creation asc",
	)
	return {
		user
		for user in {*by_role, *by_desk}
		if may_confirm(user) and not (report and denied_list.is_denied(report, user))
	}


def open_requests(user: str) -> list:
	"""Return the requests that wait for this second person, the earliest first.

	Nobody confirms their own request, or one about a case that is denied to them.
	"""
	if not may_confirm(user):
		return []
	waiting = frappe.get_all(
		grants.GRANT,
		filters={
			"kind": grants.BREAK_GLASS,
			"confirmed_at": ["is", "not set"],
			"refused_at": ["is", "not set"],
			"asked_at": [">", now_datetime() - timedelta(hours=HOURS)],
			"user": ["!=", user],
		},
		fields=["name", "report", "user", "asked_number", "reason", "asked_at"],
		order_by="asked_at asc",
	)
	return [row for row in waiting if not (row.report and denied_list.is_denied(row.report, user))]


def _described(grant, user: str) -> dict:
	shown = {
		"name": grant.name,
		"case_number": grant.asked_number,
		"asked_by": frappe.get_cached_value("User", grant.user, "full_name"),
		"reason": grant.reason,
		"asked_at": grant.asked_at,
	}
	if acting_roles(user) & set(CASE_ROLES):
		shown["explanation"] = frappe.get_doc(grants.GRANT, grant.name).explanation_for_confirming()
		access_log.record("Opened", grants.GRANT, grant.name, grant.report)
	return shown


def _locked_for_me(grant: str):
	row = grants.locked(grant)
	if not row or row.name not in {request.name for request in open_requests(frappe.session.user)}:
		grants.refuse_right()
	return row


def _can_be_given(grant) -> bool:
	if not grant.report or grant.ended_at or not acting_roles(grant.user) & set(CASE_ROLES):
		return False
	return not denied_list.is_denied(grant.report, grant.user) and grant.user not in sides.supporters(
		grant.report, sides.ACCUSED
	)


def _tell_opened(grant) -> None:
	"""Tell everybody concerned at once: who handles the case, who runs its desk, the privacy officer."""
	case = frappe.db.get_value("SV Report", grant.report, ["handler", "desk"], as_dict=True)
	officers = {user for user in people(grant.report) if PRIVACY_OFFICER in acting_roles(user)}
	concerned = {case.handler, *desk_people.running(case.desk, grant.report), *officers} - {None, ""}
	notices.tell(
		concerned - {grant.user},
		lambda language: _("Access to a case was given in an emergency, by two persons.", language),
		grants.GRANT,
		grant.name,
		at_once=True,
	)
	notices.tell(
		[grant.user],
		lambda language: _("The case you asked for is open to you for {0} hours.", language).format(HOURS),
		"SV Report",
		grant.report,
	)
