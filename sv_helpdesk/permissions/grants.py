"""A grant opens one case to one person for a time. Here is what all kinds of grants share.

What a grant opens, the rules decide (permissions.rules). Given they are by permissions.temporary_access, by
two persons in permissions.break_glass, and recorded by leaving.hand_over. The denied list goes before
every grant.
"""

import frappe
from frappe import _
from frappe.utils import now_datetime

from sv_helpdesk.permissions import consent

GRANT = "SV Access Grant"
TEMPORARY, BREAK_GLASS, HAND_OVER = "Temporary access", "Break-glass", "Hand-over"


def granted_reports(user: str) -> str:
	"""Return the SQL condition on `tabSV Report` for the cases that a grant opens to this user now.

	A grant opens from its confirmation until its end, without anything having to be run at that
	moment; one that rests on a consent no longer than that (R1).
	"""
	by_consent = consent.open_consent_condition("`tabSV Access Grant`.`consent`")
	return (
		"`tabSV Report`.`name` in (select `tabSV Access Grant`.`report` from `tabSV Access Grant`"
		f" where `tabSV Access Grant`.`user` = {frappe.db.escape(user)}"
		" and `tabSV Access Grant`.`confirmed_at` is not null"
		" and `tabSV Access Grant`.`ended_at` is null"
		f" and `tabSV Access Grant`.`valid_until` > {frappe.db.escape(str(now_datetime()))}"
		f" and (ifnull(`tabSV Access Grant`.`consent`, '') = '' or {by_consent}))"
	)


def write(**values) -> str:
	"""Write a grant and return its name. Nobody may create these rows but the functions that checked."""
	row = frappe.new_doc(GRANT)
	row.update({"asked_by": frappe.session.user, "asked_at": now_datetime(), **values})
	# of a request it is what who asked wrote, case or not
	row.asked_number = row.asked_number or frappe.db.get_value("SV Report", row.report, "case_number")
	row.set_new_name()
	row.db_insert()
	return row.name


def locked(grant: str):
	"""Return what is stored of a grant, for writing; None if there is none."""
	return frappe.db.get_value(GRANT, grant, "*", as_dict=True, for_update=True)


def only_granted(report: str) -> bool:
	"""Tell whether the session's user has this case by a grant and in no other way: it would not end."""
	# the rules ask this module
	from sv_helpdesk.permissions.rules import by_what_right

	return by_what_right(frappe.get_doc("SV Report", report), frappe.session.user) == "granted"


def refuse_taking_over(case) -> None:
	"""Refuse another handler, or none, by who has the case for a time: that would outlast the grant.

	Raises:
		frappe.PermissionError: the handler was changed by such a person.
	"""
	before = case.get_doc_before_save()
	if before and before.handler != case.handler and only_granted(case.name):
		frappe.throw(
			_("You have this case for a time. Who handles it is decided at its desk: ask a colleague there."),
			frappe.PermissionError,
		)


def check_reason(reason: str) -> None:
	"""Refuse a reason that isn't among the coded ones."""
	if reason not in frappe.get_meta(GRANT).get_field("reason").options.split("\n")[1:]:
		frappe.throw(_("This reason doesn't exist. Choose one from the list."))


def refuse_right() -> None:
	"""Refuse in the same words whether the right, the case or the grant is missing."""
	frappe.throw(_("You have no right to do this."), frappe.PermissionError)
