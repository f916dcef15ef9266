"""What ends with an account: second factor, sessions, open grants and askings; and who hears that it ended.

Nothing of a case hangs on an account but who has it, so nothing of a case is lost with it.
"""

import frappe
from frappe import _
from frappe.sessions import clear_sessions
from frappe.utils import cint, getdate, now_datetime

from sv_helpdesk import access_log, notices
from sv_helpdesk.permissions import desk_people, grants
from sv_helpdesk.sessions import factor, gate
from sv_helpdesk.two_persons import approvals, staff
from sv_helpdesk.two_persons.notices import watchers


def follow(doc, method: str | None = None) -> None:
	"""User.on_update: an account that was closed, or lost roles of ours, leaves work behind."""
	before = doc.get_doc_before_save()
	lost = _held(before) - _held(doc) if before else set()
	if not lost:
		return
	# whoever is asked next must see the account as it is now
	frappe.clear_document_cache("User", doc.name)
	if not _held(doc):
		end(doc.name)
	if not cint(doc.enabled):
		clear_sessions(user=doc.name, force=True)
	_tell_desks(doc.name)


def end(user: str) -> None:
	"""Take away what an account had beside its cases: nobody comes in by it, and nothing asked by it is done.

	Args:
		user: user id.
	"""
	factor.remove(user)
	granted = {"user": user, "ended_at": ["is", "not set"]}
	for row in frappe.get_all(grants.GRANT, granted, ["name", "report"], order_by="creation asc"):
		ended = {"ended_at": now_datetime(), "ended_by": frappe.session.user}
		frappe.db.set_value(grants.GRANT, row.name, ended)
		access_log.record("Revoked", grants.GRANT, row.name, row.report)
	asked = {"asked_by": user, "status": ["in", (approvals.ASKED, approvals.APPROVED)]}
	frappe.db.set_value("SV Approval", asked, "status", "Expired")


def tidy() -> None:
	"""Daily: the second factor of an account that was closed or deleted past its form goes, too."""
	users = set(frappe.get_all(gate.FACTOR, pluck="user", order_by="user asc"))
	users |= set(frappe.get_all(gate.PASS, pluck="user", order_by="user asc"))
	for user in sorted(users):
		if not frappe.db.get_value("User", user, "enabled"):
			end(user)


def _held(account) -> set[str]:
	"""Return the roles of ours that an account can use, as its document says."""
	if not account or not cint(account.enabled):
		return set()
	return staff.ours_among([row.role for row in account.roles])


def _tell_desks(user: str) -> None:
	"""Tell who runs a desk of theirs, and where nobody does any more, who can appoint somebody."""
	for desk in {row.desk for row in desk_people.on(getdate(), user=user)}:
		leading = [other for other in desk_people.running(desk) if other != user]
		notices.tell(
			leading,
			lambda language: _(
				"A colleague's account was closed or changed. See in the form of the desk what they leave behind.",
				language,
			),
			"SV Desk",
			desk,
			at_once=True,
		)
		if not desk_people.is_led(desk):
			notices.tell(
				set(watchers()) - {user},
				lambda language: _(
					"Nobody runs this desk any more. Appoint somebody in the form of the desk.", language
				),
				"SV Desk",
				desk,
				at_once=True,
			)
