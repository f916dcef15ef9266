"""A seat at a decision table opens the table once the person has accepted it; nobody accepts for another.

It is accepted together with the confidentiality statement. Who decides and who convenes have no seat to accept
and give the statement alone: before it the manager sees what they are asked for, and nothing more.
"""

import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from sv_helpdesk import access_log, notices
from sv_helpdesk.permissions import desk_people
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.decision import rights_on
from sv_helpdesk.permissions.hidden import not_hidden
from sv_helpdesk.permissions.matrix import AT_THE_TABLE

# of whom the statement is asked apart from a seat, and when it was given
STATEMENTS = {"manager": "manager_stated_at", "coordinator": "coordinator_stated_at"}
OF_A_SEAT = ("accepted_at", "confidentiality_stated_at", "declined_at")


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
	seats = _offered(decision_table)
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
	tell_convener(decision_table)


@frappe.whitelist(methods=["POST"])
def decline_seat(decision_table: str) -> None:
	"""Decline the seat that the session's user was invited to; who convenes the table hears of it.

	Args:
	        decision_table: name of the SV Decision Table.

	Raises:
	        frappe.PermissionError: no invitation waits; in the same words for who is kept from the table.
	"""
	for seat in _offered(decision_table):
		frappe.db.set_value("SV Table Member", seat, "declined_at", now_datetime(), update_modified=False)
	tell_convener(decision_table)


@frappe.whitelist(methods=["POST"])
def state_confidentiality(decision_table: str, keeps_confidential: bool | int | str = False) -> None:
	"""Give the confidentiality statement as who decides at a table or convenes it; recorded with its moment.

	Args:
	        decision_table: name of the SV Decision Table.
	        keeps_confidential: whether they declare to keep confidential what they learn there.

	Raises:
	        frappe.PermissionError: nobody asks this user for it; the same whether the table exists or not.
	        frappe.ValidationError: they don't declare it.
	"""
	user = frappe.session.user
	known = rights_on("SV Decision Table", decision_table, user)
	table = frappe.get_doc("SV Decision Table", decision_table) if known else None
	asked = [moment for part, moment in STATEMENTS.items() if table and table.get(part) == user]
	asked = [moment for moment in asked if not table.get(moment)]
	if not asked:
		frappe.throw(
			_("No confidentiality statement is asked of you here. Reload the form."), frappe.PermissionError
		)
	if not cint(keeps_confidential):
		frappe.throw(
			_("The confidentiality statement is given by agreeing to it. Agree, or leave the table.")
		)
	stated = dict.fromkeys(asked, now_datetime())
	frappe.db.set_value("SV Decision Table", decision_table, stated, update_modified=False)
	right = "decides" if STATEMENTS["manager"] in asked else "desk"
	access_log.record("Granted", "SV Decision Table", decision_table, right=right)


def keep_acceptance(table) -> None:
	"""While a table is saved: who has accepted, declined or stated stays so, and nobody does it through the form.

	A seat that was given to somebody else has to be accepted anew, and a new manager or coordinator states anew.

	Args:
	        table: the SV Decision Table.
	"""
	before = table.get_doc_before_save()
	answered = {row.user: row for row in before.members} if before else {}
	for row in table.members:
		known = answered.get(row.user)
		row.update({moment: known.get(moment) if known else None for moment in OF_A_SEAT})
	for part, moment in STATEMENTS.items():
		same = before and before.get(part) == table.get(part)
		table.set(moment, before.get(moment) if same else None)


def tell_asked(table) -> None:
	"""Once a table is saved: who was newly invited, or named to decide or convene, hears that there is something.

	Args:
	        table: the SV Decision Table.
	"""
	if table.flags.status_as_given:
		return
	before = table.get_doc_before_save()
	seated = {row.user for row in before.members} if before else set()
	invited = {row.user for row in table.members} - seated
	named = {table.get(part) for part in STATEMENTS} - {before and before.get(part) for part in STATEMENTS}
	# who is invited can't open the table before they accept
	_tell(invited - named)
	_tell(named, table.name)


def tell_convener(decision_table: str) -> None:
	"""Who convenes a table, or runs its desk, hears that there is something, such as an answer to an invitation.

	Args:
	        decision_table: name of the SV Decision Table.
	"""
	table = frappe.get_doc("SV Decision Table", decision_table)
	people = [table.coordinator] if table.coordinator else desk_people.running(table.desk)
	_tell({user for user in people if rights_on("SV Decision Table", table.name, user)}, table.name)


def _offered(decision_table: str) -> list[str]:
	"""Return the seats that wait for the session's user; refuse if there are none."""
	seats = [row.seat for row in _invitations(frappe.session.user, decision_table)]
	if not seats:
		frappe.throw(
			_("No invitation to this decision table is waiting for you. Ask the coordinator for one."),
			frappe.PermissionError,
		)
	return seats


def _tell(users: set[str | None], decision_table: str | None = None) -> None:
	notices.tell(
		users - {frappe.session.user, None, ""},
		lambda language: _("Something at a decision table waits for you.", language),
		"SV Decision Table" if decision_table else None,
		decision_table,
		at_once=True,
	)


def _invitations(user: str, decision_table: str | None = None) -> list:
	"""Return the seats of this user that nobody has accepted, at tables that go on and are not hidden from them."""
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
		" and `tabSV Table Member`.`declined_at` is null"
		" and `tabSV Decision Table`.`status` not in ('Called off', 'Settled')"
		" and (%(table)s is null or `tabSV Decision Table`.`name` = %(table)s)"
		f" and {not_hidden(user, 'SV Decision Table')}"
		" order by `tabSV Decision Table`.`opened_on`, `tabSV Decision Table`.`name`",
		{"user": user, "table": decision_table},
		as_dict=True,
	)
