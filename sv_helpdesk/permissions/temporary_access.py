"""Access that somebody of the desk gives a colleague for a time: to stand in, or for a second opinion."""

from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import cint, cstr, now_datetime

from sv_helpdesk import access_log, notices
from sv_helpdesk.permissions import consent, denied_list, desk_people, grants, rules, sides
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.grants import GRANT
from sv_helpdesk.permissions.roles import CASE_ROLES, PRIVACY_OFFICER

DEFAULT_DAYS, MOST_DAYS = 14, 90
# the rights of somebody of the desk, as permissions.rules names them
OF_THE_DESK = ("desk", "own")


@frappe.whitelist(methods=["POST"])
def give(report: str, user: str, reason: str, explanation: str = "", days: int = DEFAULT_DAYS) -> str:
	"""Give a colleague access to a case for a time; it ends by itself.

	A colleague of the same desk needs nothing more. Between desks nothing is shared without the
	reporter's consent (R1, R3): somebody of another desk needs an open consent to share the dossier
	with them or with their desk, and has access no longer than it holds.

	Args:
		report: name of the case.
		user: who gets access; somebody with a case role.
		reason: one of the coded reasons of SV Access Grant.
		explanation: in words; kept sealed.
		days: for how long, at most MOST_DAYS.

	Returns:
		The name of the SV Access Grant.

	Raises:
		frappe.PermissionError: the session's user doesn't work the case at its desk or run that desk.
		frappe.ValidationError: this person or time can't be chosen.
	"""
	giver = frappe.session.user
	if not may_give(report, giver):
		grants.refuse_right()
	grants.check_reason(reason)
	if not 1 <= cint(days) <= MOST_DAYS:
		frappe.throw(
			_("Access is given for at least 1 and at most {0} days. Choose a number of days.").format(
				MOST_DAYS
			)
		)
	given_by_consent = _check_colleague(report, user)
	now = now_datetime()
	name = grants.write(
		report=report,
		user=user,
		kind=grants.TEMPORARY,
		reason=reason,
		explanation=cstr(explanation).strip(),
		consent=given_by_consent,
		confirmed_by=giver,
		confirmed_at=now,
		valid_until=now + timedelta(days=cint(days)),
	)
	access_log.record("Granted", GRANT, name, report)
	notices.tell(
		[user], lambda language: _("A colleague gave you access to a case.", language), "SV Report", report
	)
	return name


@frappe.whitelist(methods=["POST"])
def colleagues(report: str) -> list[str]:
	"""Return who can be chosen to get access: everybody else who works on cases.

	Also those who are refused later: leaving out who a case is denied to would tell it.

	Args:
		report: name of the case.

	Raises:
		frappe.PermissionError: the session's user can't give access to it.
	"""
	giver = frappe.session.user
	if not may_give(report, giver):
		grants.refuse_right()
	found = frappe.get_all(
		"Has Role",
		filters={"role": ["in", CASE_ROLES], "parenttype": "User"},
		pluck="parent",
		order_by="parent asc",
		distinct=True,
	)
	return [user for user in found if user != giver and acting_roles(user) & set(CASE_ROLES)]


@frappe.whitelist(methods=["POST"])
def end(grant: str) -> None:
	"""End an access at once, also for a session that is open.

	Args:
		grant: name of the SV Access Grant.

	Raises:
		frappe.PermissionError: the session's user could not have given it, doesn't have it and
			isn't the privacy officer.
	"""
	row, user = grants.locked(grant), frappe.session.user
	if not row or not (
		row.user == user or may_give(row.report, user) or PRIVACY_OFFICER in acting_roles(user)
	):
		grants.refuse_right()
	if row.ended_at:
		return
	frappe.db.set_value(GRANT, row.name, {"ended_at": now_datetime(), "ended_by": user})
	access_log.record("Revoked", GRANT, row.name, row.report)


def may_give(report: str | None, user: str) -> bool:
	"""Tell whether this person works the case at its desk, or runs that desk (reading it or not)."""
	if not report or not frappe.db.exists("SV Report", report):
		return False
	if rules.by_what_right(frappe.get_doc("SV Report", report), user) in OF_THE_DESK:
		return True
	return not denied_list.is_denied(report, user) and desk_people.runs(
		user, frappe.db.get_value("SV Report", report, "desk")
	)


def _check_colleague(report: str, user: str) -> str | None:
	if user == frappe.session.user:
		frappe.throw(_("You can't give access to yourself. Ask a colleague of the desk to give it."))
	if not acting_roles(user) & set(CASE_ROLES):
		frappe.throw(_("Only a colleague who works on cases can get access. Choose another colleague."))
	sides.check_chosen(user, [report])
	if user in sides.supporters(report, sides.ACCUSED):
		sides.refuse()
	if desk_people.works_at(user, frappe.db.get_value("SV Report", report, "desk")):
		return None
	shared = _consent_for(report, user)
	if not shared:
		frappe.throw(
			_(
				"This colleague works at another desk, and the reporter's consent to share the dossier with them is missing. Record it first."
			)
		)
	return shared


def _consent_for(report: str, user: str) -> str | None:
	"""Return an open consent to share the dossier of a case with this person or a desk of theirs."""
	consents = frappe.get_all(
		"SV Consent",
		filters={"report": report, "scope": "Dossier"},
		fields=["name", "to_user", "to_desk"],
		order_by="creation desc",
	)
	for row in consents:
		to_them = row.to_user == user or (row.to_desk and desk_people.works_at(user, row.to_desk))
		if to_them and consent.is_open(row.name):
			return row.name
	return None
