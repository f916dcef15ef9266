"""The denied list of a case follows its accused (R6): whoever is accused never sees the case.

It holds keyed hashes, because a plain link would itself say who is accused.
"""

import frappe

BY_ACCUSED = "Accused"


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
		denied = {"doctype": "SV Denied", "report": party.report, "user_index": index}
		# nobody has a right to this list: it would say who is accused
		frappe.get_doc({**denied, "origin": BY_ACCUSED, "party": party.name}).insert(ignore_permissions=True)


def _indexes(party) -> set[str]:
	return {party.account_index, party.address_account_index} - {"", None}
