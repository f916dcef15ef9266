"""Who works at a desk says themselves when they are away and who is warned in their place."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from sv_helpdesk.permissions import desk_people

FIELDS = ("absent_from", "absent_until", "stand_in")


@frappe.whitelist(methods=["POST"])
def announce(desk: str, absent_from: str = "", absent_until: str = "", stand_in: str = "") -> None:
	"""Say when the session's user is away from a desk, or that they are not.

	The stand-in is warned of what they may see anyway: nobody gets a right to a case by it.

	Args:
		desk: name of the desk.
		absent_from: the first day; empty: not away.
		absent_until: the last day.
		stand_in: another member of the desk; empty: who runs the desk.

	Raises:
		frappe.PermissionError: the user doesn't work at this desk.
		frappe.ValidationError: the days or the stand-in can't be taken.
	"""
	user = frappe.session.user
	if not desk_people.works_at(user, desk):
		frappe.throw(_("You have no right to do this."), frappe.PermissionError)
	doc = frappe.get_doc("SV Desk", desk)
	row = next(member for member in doc.members if member.user == user)
	row.update(dict(zip(FIELDS, (absent_from or None, absent_until or None, stand_in or None), strict=True)))
	doc.check_absence()
	row.db_set({fieldname: row.get(fieldname) for fieldname in FIELDS})
	# whoever has the form of the desk open must not save the old days over these
	doc.db_set("modified", now_datetime(), update_modified=False)
