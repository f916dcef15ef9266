"""Two persons give a desk that nobody runs somebody who does, so that its cases have somebody again.

Neither of the two comes to read anything by it: who asks and who approves are not who is appointed.
"""

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from sv_helpdesk import access_log, notices
from sv_helpdesk.permissions import desk_people, grants
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.roles import CASE_ROLES
from sv_helpdesk.two_persons import approvals, desks
from sv_helpdesk.two_persons.decide import DECIDERS


@frappe.whitelist(methods=["POST"])
def appoint(desk: str, user: str) -> None:
	"""Make somebody the coordinator of a desk that has nobody to run it, once a second person has agreed.

	Args:
		desk: name of the desk.
		user: who is appointed; somebody with a case role, and not who asks.

	Raises:
		frappe.PermissionError: the session's user is no coordinator or privacy officer, somebody runs the
			desk, or a second person hasn't agreed yet.
		frappe.ValidationError: this person can't be appointed.
	"""
	if not may_appoint(frappe.session.user, desk):
		grants.refuse_right()
	if user == frappe.session.user:
		frappe.throw(_("You can't appoint yourself. Choose somebody else, or let the second person ask."))
	if not acting_roles(user) & set(CASE_ROLES):
		frappe.throw(
			_("Who runs a desk works on cases. Choose somebody with a role for that, or have it given first.")
		)
	proposed = approvals.fingerprint_of({"desk": desk, "appointed": user})
	approvals.require(desks.MEMBERS, "SV Desk", desk, proposed, concerns=user, summary=user)
	_make_coordinator(desk, user)
	access_log.record("Granted", "SV Desk", desk)
	notices.tell(
		[user],
		lambda language: _("You were appointed to run a desk.", language),
		"SV Desk",
		desk,
		at_once=True,
	)


def may_appoint(user: str, desk: str) -> bool:
	"""Tell whether somebody can ask to appoint who runs a desk: nobody does, nor could take it into use again.

	Args:
		user: user id.
		desk: name of the desk.
	"""
	is_desk = frappe.db.exists("SV Desk", desk)
	return bool(acting_roles(user) & DECIDERS and is_desk and not desk_people.is_led(desk, in_use=False))


def _make_coordinator(desk: str, user: str) -> None:
	doc = frappe.get_doc("SV Desk", desk)
	row = next((member for member in doc.members if member.user == user), None)
	if row:
		now = {"desk_role": desk_people.COORDINATOR, "from_date": None, "to_date": None}
		row.db_set(now)
	else:
		row = doc.append("members", {"user": user, "desk_role": desk_people.COORDINATOR})
		row.from_date = getdate()
		row.set_new_name()
		# a row isn't put in past the form by anybody else (two_persons.desks); here two persons have agreed
		row.db_insert()
	doc.db_set("modified", now_datetime(), update_modified=False)
