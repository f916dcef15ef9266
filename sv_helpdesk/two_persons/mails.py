"""Mails the host sends to our people: a link for a new password, or to log in, is theirs alone."""

import frappe

from sv_helpdesk.permissions.roles import ALL_ROLES
from sv_helpdesk.permissions.rules import no_objection


def queue(user: str | None = None) -> str:
	"""permission_query_conditions of Email Queue: without what goes to one of our people."""
	if (user or frappe.session.user) == "Administrator":
		return ""
	return f"not {_to_staff()}"


def may_read(doc, ptype: str | None = None, user: str | None = None, debug: bool = False) -> bool | None:
	"""has_permission of Email Queue, as its list."""
	if (user or frappe.session.user) == "Administrator" or isinstance(doc, str) or not doc:
		return no_objection()
	# the condition is made of constants
	hidden = frappe.db.sql(
		f"select 1 from `tabEmail Queue` where `tabEmail Queue`.`name` = %s and {_to_staff()}", (doc.name,)
	)
	return False if hidden else no_objection()


def _to_staff() -> str:
	roles = ", ".join(map(frappe.db.escape, ALL_ROLES))
	return (
		"exists (select 1 from `tabEmail Queue Recipient`"
		" inner join `tabUser` on `tabUser`.`email` = `tabEmail Queue Recipient`.`recipient`"
		" inner join `tabHas Role` on `tabHas Role`.`parent` = `tabUser`.`name`"
		" where `tabEmail Queue Recipient`.`parent` = `tabEmail Queue`.`name`"
		f" and `tabHas Role`.`parenttype` = 'User' and `tabHas Role`.`role` in ({roles}))"
	)
