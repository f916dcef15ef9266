"""The second person's decision."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from sv_helpdesk.permissions import rules
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.roles import COORDINATOR, PRIVACY_OFFICER
from sv_helpdesk.two_persons import notices
from sv_helpdesk.two_persons.approvals import APPROVED, ASKED, REFUSED

DECIDERS = frozenset((COORDINATOR, PRIVACY_OFFICER))


@frappe.whitelist(methods=["POST"])
def approve(name: str) -> None:
	"""Approve what somebody else asked; that person may then do it once.

	Args:
		name: the SV Approval.

	Raises:
		frappe.PermissionError: this user can't be the second person.
		frappe.ValidationError: it was decided on already, or it is too late.
	"""
	_decide(name, APPROVED)


@frappe.whitelist(methods=["POST"])
def refuse(name: str) -> None:
	"""Refuse what somebody else asked.

	Args:
		name: the SV Approval.

	Raises:
		frappe.PermissionError, frappe.ValidationError: as `approve`.
	"""
	_decide(name, REFUSED)


def is_asked(user: str, doctype: str, name: str) -> bool:
	"""Tell whether somebody is asked to be the second person for a document.

	Args:
		user: who.
		doctype: what would change.
		name: which of them.
	"""
	waiting = {"target_doctype": doctype, "target_name": name, "status": ASKED, "asked_by": ["!=", user]}
	waiting["expires_at"] = [">", now_datetime()]
	return bool(acting_roles(user) & DECIDERS) and bool(frappe.db.exists("SV Approval", waiting))


def expire() -> None:
	"""Every day: what nobody decided on, or nobody did, within its days has to be asked again."""
	approval = frappe.qb.DocType("SV Approval")
	frappe.qb.update(approval).set(approval.status, "Expired").where(
		approval.status.isin([ASKED, APPROVED]) & (approval.expires_at <= now_datetime())
	).run()


def _decide(name: str, status: str) -> None:
	user = frappe.session.user
	if not acting_roles(user) & DECIDERS:
		_refuse()
	approval = frappe.get_doc("SV Approval", name, for_update=True)
	# some are hidden from whom they are about
	if not rules.by_what_right(approval, user):
		_refuse()
	if user in (approval.asked_by, approval.concerns):
		frappe.throw(
			_("You asked this yourself, or it is about you. Somebody else has to decide on it."),
			frappe.PermissionError,
		)
	if approval.status != ASKED or approval.expires_at <= now_datetime():
		frappe.throw(_("This has been decided on already, or it is too late. It can be asked again."))
	approval.db_set({"status": status, "decided_by": user, "decided_at": now_datetime()})
	notices.tell_asker(approval)


def _refuse() -> None:
	frappe.throw(
		_("Only a coordinator or the privacy officer can decide on this. Ask one of them."),
		frappe.PermissionError,
	)
