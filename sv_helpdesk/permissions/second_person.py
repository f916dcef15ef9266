"""Who confirms an exception of R2: somebody else who works on the case, or else who leads its desk."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from sv_helpdesk import notices
from sv_helpdesk.permissions import desk_people
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.consent import EXCEPTIONS
from sv_helpdesk.permissions.denied_list import is_denied
from sv_helpdesk.permissions.relations import Relations
from sv_helpdesk.permissions.roles import CASE_ROLES
from sv_helpdesk.permissions.rules import may_use_report

LEADING = ("Coordinator", "Stand-in")


def waits_for_confirmation(consent) -> bool:
	"""Tell whether this SV Consent is an exception that nobody has confirmed or withdrawn yet."""
	return consent.basis in EXCEPTIONS and not consent.confirmed_at and not consent.withdrawn_at


def has_lapsed(report: str) -> bool:
	"""Tell whether something opened in acute danger in this case closed because nobody confirmed it.

	Otherwise one person alone could open it again each day.

	Args:
	        report: name of the SV Report.
	"""
	lapsed = {
		"report": report,
		"acute": 1,
		"confirmed_at": ("is", "not set"),
		"confirm_by": ("<", now_datetime()),
	}
	return bool(frappe.db.exists("SV Consent", lapsed))


def may_confirm(consent, user: str) -> bool:
	"""Tell whether `user` can be the second person of an exception (R2).

	Never who decided on it, and never somebody from whom the case is hidden. Where nobody else at
	the desk has a right to the case, the desk's coordinator or stand-in can.

	Args:
	        consent: the SV Consent as it is stored.
	        user: the user id.
	"""
	if user == consent.decided_by:
		return False
	if may_use_report(consent.report, user):
		return True
	desk = frappe.db.get_value("SV Report", consent.report, "desk")
	return (
		_leads(desk, user)
		and not is_denied(consent.report, user)
		and not any(
			may_use_report(consent.report, member) for member in _colleagues(desk, consent.decided_by)
		)
	)


def to_confirm(user: str) -> list:
	"""Return the exceptions that this user can confirm now, the most urgent first.

	Args:
	        user: the user id.
	"""
	names = frappe.get_all(
		"SV Consent",
		filters={
			"basis": ("in", EXCEPTIONS),
			"confirmed_at": ("is", "not set"),
			"withdrawn_at": ("is", "not set"),
		},
		pluck="name",
		order_by="acute desc, given_at asc",
	)
	waiting = (frappe.get_doc("SV Consent", name) for name in names)
	return [consent for consent in waiting if may_confirm(consent, user)]


def tell_people(consent) -> None:
	"""Tell those who may confirm an exception that one waits; not which, because notices are clear text.

	Args:
	        consent: the SV Consent as it is stored, decided on in acute danger.
	"""
	desk = frappe.db.get_value("SV Report", consent.report, "desk")
	granted = frappe.get_all(
		"SV Access Grant", filters={"report": consent.report}, pluck="user", order_by="creation asc"
	)
	people = {*granted, *(row.user for row in desk_people.members(desk))}
	notices.tell(
		(user for user in people if may_confirm(consent, user)),
		lambda language: _(
			"What a colleague shared in acute danger closes unless a second person confirms within one working day. Open the list of consents and choose: Exceptions to confirm.",
			language,
		),
		at_once=True,
	)


def _leads(desk: str, user: str) -> bool:
	leading = {row.name for row in Relations(user).desks if row.desk_role in LEADING}
	return bool(acting_roles(user) & set(CASE_ROLES)) and desk in leading


def _colleagues(desk: str, without: str) -> set[str]:
	members = frappe.get_all("SV Desk Member", filters={"parent": desk}, pluck="user", order_by="idx asc")
	return set(members) - {without}
