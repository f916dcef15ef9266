"""Access to one case for one person, for a time: given by who works it, or by two persons in an emergency.

What a grant opens, the rules decide (permissions.rules); here it is given, confirmed and ended. The
denied list goes before every grant, because the rules ask it last.
"""

import frappe
from frappe.utils import now_datetime


def granted_reports(user: str) -> str:
	"""Return the SQL condition on `tabSV Report` for the cases that a grant opens to this user now.

	A grant opens from its confirmation until its end, without anything having to be run at that moment.
	"""
	return (
		"`tabSV Report`.`name` in (select `tabSV Access Grant`.`report` from `tabSV Access Grant`"
		f" where `tabSV Access Grant`.`user` = {frappe.db.escape(user)}"
		" and `tabSV Access Grant`.`confirmed_at` is not null"
		" and `tabSV Access Grant`.`ended_at` is null"
		f" and `tabSV Access Grant`.`valid_until` > {frappe.db.escape(str(now_datetime()))})"
	)
