"""The denied list of a case follows its accused (R6): whoever is accused never sees the case.

It holds keyed hashes, because a plain link would itself say who is accused.
"""

import frappe

from sv_helpdesk.crypto import blind_index

BY_ACCUSED = "Accused"


def denied_reports_condition(user: str, column: str) -> str:
	"""Return the SQL condition that the case named in a column is not denied to this user.

	Args:
		user: whose list it is.
		column: the column that names a case, as SQL, such as "`tabSV Report`.`name`".
	"""
	denied = frappe.db.escape(blind_index("account", user))
	return (
		"not exists (select 1 from `tabSV Denied` where"
		f" `tabSV Denied`.`report` = {column} and `tabSV Denied`.`user_index` = {denied})"
	)


def is_denied(report: str, user: str) -> bool:
	"""Tell whether this case is hidden from this user, whatever other rights they have."""
	return bool(frappe.db.exists("SV Denied", {"report": report, "user_index": blind_index("account", user)}))


def follow(party) -> None:
	"""Bring the rows of a person up to date after that person was saved.

	The account is denied, and so is an account with the person's e-mail address: on Frappe
	the user id is an address.

	Args:
		party: the SV Party.
	"""
	before = party.get_doc_before_save()
	if party.party_role != "Accused" and not (before and before.party_role == "Accused"):
		return
	stored = frappe.get_all(
		"SV Denied",
		filters={"party": party.name, "origin": BY_ACCUSED},
		fields=["name", "user_index"],
		order_by="creation asc",
	)
	wanted = _indexes(party) if party.party_role == "Accused" else set()
	for row in stored:
		if row.user_index not in wanted:
			frappe.db.delete("SV Denied", {"name": row.name})
	for index in wanted - {row.user_index for row in stored}:
		_add(party.report, index, BY_ACCUSED, party.name)


def _add(report: str, user_index: str, origin: str, party: str | None = None) -> None:
	"""Add a row. Nobody has a right to this list, so none is asked: it would say who is accused."""
	row = frappe.new_doc("SV Denied")
	row.update({"report": report, "user_index": user_index, "origin": origin, "party": party})
	row.set_new_name()
	row.db_insert()


def _indexes(party) -> set[str]:
	return {party.account_index, party.address_account_index} - {"", None}
