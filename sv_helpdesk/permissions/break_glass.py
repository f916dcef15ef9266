"""A case opened in an emergency, by two persons: one asks with a reason, another one confirms (confirming.py).

Asking looks the same for everybody: for a case that is denied to who asks, for a number that no case has.
"""

from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import cstr, now_datetime

from sv_helpdesk import notices
from sv_helpdesk.permissions import confirming, grants, rules
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.roles import CASE_ROLES
from sv_helpdesk.social_safety.case_number import PATTERN

DAYS_SHOWN = 30


@frappe.whitelist(methods=["POST"])
def ask(case_number: str, reason: str, explanation: str) -> None:
	"""Ask for a case that the session's user can't see.

	Args:
		case_number: the number of the case, as people know it.
		reason: one of the coded reasons of SV Access Grant.
		explanation: in words; kept sealed.

	Raises:
		frappe.PermissionError: the session's user has no case role.
		frappe.ValidationError: no such reason, no explanation, no case number at all, or a case that
			the user sees already.
	"""
	user, number = frappe.session.user, cstr(case_number).strip().upper()
	if not acting_roles(user) & set(CASE_ROLES):
		grants.refuse_right()
	if not PATTERN.fullmatch(number):
		frappe.throw(_("This is not a case number. Write it as SV-7KQ2-M9XD."))
	grants.check_reason(reason)
	if not cstr(explanation).strip():
		frappe.throw(_("The explanation is missing. Write why you need this case now."))
	report = frappe.db.get_value("SV Report", {"case_number": number})
	if report and rules.may_use_report(report, user):
		frappe.throw(_("You see this case already. Open it in the list of cases."))
	grants.write(
		report=report,
		asked_number=number,
		user=user,
		kind=grants.BREAK_GLASS,
		reason=reason,
		explanation=explanation.strip(),
	)
	notices.tell(
		confirming.people(report) - {user},
		lambda language: _("Somebody asks for access to a case in an emergency.", language),
		at_once=True,
	)


@frappe.whitelist(methods=["POST"])
def my_requests() -> list[dict]:
	"""Return what the session's user asked for lately; whether it was refused or lapsed is not said."""
	if not acting_roles(frappe.session.user):
		return []
	return frappe.get_all(
		grants.GRANT,
		filters={
			"user": frappe.session.user,
			"kind": grants.BREAK_GLASS,
			"asked_at": [">", now_datetime() - timedelta(days=DAYS_SHOWN)],
		},
		fields=["asked_number", "reason", "asked_at", "confirmed_at", "valid_until"],
		order_by="asked_at desc",
	)
