"""A seat at a decision table opens the table once the person has accepted it; nobody accepts for another."""

import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from sv_helpdesk import access_log
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.hidden import not_hidden
from sv_helpdesk.permissions.matrix import AT_THE_TABLE


@frappe.whitelist(methods=["POST"])
def open_invitations() -> list[dict]:
	"""Return the session user's own invitations that wait for an answer.

	Returns:
	        Per table its name, `table_number` and `opened_on`; none of a table that is hidden from
	        the user (R6), as if there were no invitation.
	"""
	return [
		{key: row[key] for key in ("decision_table", "table_number", "opened_on")}
		for row in _invitations(frappe.session.user)
	]


@frappe.whitelist(methods=["POST"])
def accept_seat(decision_table: str, keeps_confidential: bool | int | str = False) -> None:
	"""Accept the seat that the session's user was invited to; from then on the table is theirs to see.

	Args:
	        decision_table: name of the SV Decision Table.
	        keeps_confidential: whether they declare to keep confidential what they learn there; recorded.

	Raises:
	        frappe.PermissionError: no invitation waits; in the same words for who is kept from the table.
	        frappe.ValidationError: they don't declare it.
	"""
	seats = [row.seat for row in _invitations(frappe.session.user, decision_table)]
	if not seats:
		frappe.throw(
			_("No invitation to this decision table is waiting for you. Ask the coordinator for one."),
			frappe.PermissionError,
		)
	if not cint(keeps_confidential):
		frappe.throw(
			_(
				"A seat is accepted together with the confidentiality statement. Agree to it, or leave the seat."
			)
		)
	now = now_datetime()
	for seat in seats:
		stated = {"accepted_at": now, "confidentiality_stated_at": now}
		frappe.db.set_value("SV Table Member", seat, stated, update_modified=False)
	access_log.record("Granted", "SV Decision Table", decision_table, right="seat")


def keep_acceptance(table) -> None:
	"""While a table is saved: who has accepted stays so, and nobody accepts through the form.

	A seat that was given to somebody else has to be accepted anew.

	Args:
	        table: the SV Decision Table.
	"""
	before = table.get_doc_before_save()
	moments = ("accepted_at", "confidentiality_stated_at")
	accepted = {row.user: row for row in before.members} if before else {}
	for row in table.members:
		known = accepted.get(row.user)
		row.update({moment: known.get(moment) if known else None for moment in moments})


def _invitations(user: str, decision_table: str | None = None) -> list:
	"""Return the seats of this user that nobody has accepted, at tables that are not hidden from them."""
	if not acting_roles(user) & set(AT_THE_TABLE):
		return []
	# the condition is made of escaped values by its builder
	return frappe.db.sql(
		"select `tabSV Table Member`.`name` as `seat`, `tabSV Decision Table`.`name` as `decision_table`,"
		" `tabSV Decision Table`.`table_number`, `tabSV Decision Table`.`opened_on`"
		" from `tabSV Table Member` inner join `tabSV Decision Table`"
		" on `tabSV Table Member`.`parent` = `tabSV Decision Table`.`name`"
		" where `tabSV Table Member`.`parenttype` = 'SV Decision Table'"
		" and `tabSV Table Member`.`user` = %(user)s and `tabSV Table Member`.`accepted_at` is null"
		" and `tabSV Decision Table`.`status` <> 'Called off'"
		" and (%(table)s is null or `tabSV Decision Table`.`name` = %(table)s)"
		f" and {not_hidden(user, 'SV Decision Table')}"
		" order by `tabSV Decision Table`.`opened_on`, `tabSV Decision Table`.`name`",
		{"user": user, "table": decision_table},
		as_dict=True,
	)
