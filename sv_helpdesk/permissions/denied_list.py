"""The denied list of a case: from whom it is hidden, whatever other rights they have (R6).

It holds keyed hashes of user ids, because a plain link would itself say who is accused, and nobody
has a right to it. It follows the accused of the case by itself (`follow`), also when the accused has
several addresses here or an account gets another name; an account that was found stays denied as long as the
accused is known by that by which it was found, whatever becomes of the account. By hand: sv_helpdesk.permissions.denied_by_hand.
"""

from collections.abc import Collection

import frappe

from sv_helpdesk.crypto import blind_index, key_ring
from sv_helpdesk.permissions.roles import PRIVACY_OFFICER
from sv_helpdesk.permissions.same_matter import handed_over_with

BY_ACCUSED = "Accused"
BY_HAND = "By hand"
# why a row is there
WHY = ("origin", "party", "known_as")


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


def denied_among(reports: list[str], user: str) -> set[str]:
	"""Return those of these cases that are hidden from this user, with one query for all."""
	hidden = {"report": ["in", reports], "user_index": blind_index("account", user)}
	return set(frappe.get_all("SV Denied", hidden, pluck="report", order_by="creation asc"))


def unnamed(user: str) -> str:
	"""Return what stands for a user in an SV Approval that would tell them, or of them, that they are denied."""
	return blind_index("content", f"kept from {user}")


def add(
	report: str, user_index: str, origin: str, party: str | None = None, known_as: str | None = None
) -> None:
	"""Add a row. Nobody has a right to this list, so none is asked: it would say who is accused."""
	row = frappe.new_doc("SV Denied")
	values = {"user_index": user_index, "origin": origin, "party": party, "known_as": known_as}
	row.update({"report": report, **values})
	row.set_new_name()
	row.db_insert()


def follow(party) -> None:
	"""Bring the rows of a person up to date after that person was saved.

	Denied are the account, an account that is named as the person's e-mail address, and every
	account of this site that has one of the two as another address or as its user name.

	Args:
		party: the SV Party.

	Raises:
		frappe.PermissionError: it would hide the case from a privacy officer, and nobody else has agreed yet.
	"""
	before = party.get_doc_before_save()
	if party.party_role != "Accused" and not (before and before.party_role == "Accused"):
		return
	stored = frappe.get_all(
		"SV Denied",
		filters={"party": party.name, "origin": BY_ACCUSED},
		fields=["name", "user_index", "known_as"],
		order_by="creation asc",
	)
	accused = party.party_role == "Accused"
	wanted = _indexes(party, accounts()) if accused else {}
	for row in stored:
		# one that got another name, or lost an address since, is still the accused's
		still_known = accused and row.known_as in _known_by(party)
		if row.user_index not in wanted and not still_known:
			frappe.db.delete("SV Denied", {"name": row.name})
	found = {row.user_index for row in stored}
	new = {index: known_as for index, known_as in wanted.items() if index not in found}
	_require_second_person(party.report, new)
	_hide(party.report, new, party.name)


def hide_alike(report: str, other: str) -> None:
	"""Hide a case from whom another one is hidden.

	Args:
		report: the case from which it was handed over.
		other: the case that the receiving desk has made.
	"""
	rows = frappe.get_all("SV Denied", {"report": report}, ["user_index", *WHY], order_by="creation asc")
	for row in rows:
		add(other, row.user_index, *(row[fieldname] for fieldname in WHY))


def follow_account(doc, method: str | None = None) -> None:
	"""After a User was saved: an address that the account got belongs to an accused, perhaps.

	While the key file is missing nothing can be compared and no case opens: `follow_all` does it later.
	"""
	before = doc.get_doc_before_save()
	if (before and _names_of(before) == _names_of(doc)) or not key_ring.is_usable():
		return
	own, known_as = blind_index("account", doc.name), _known_as(doc)
	for party in _accused_known_as(known_as):
		if not frappe.db.exists("SV Denied", {"party": party.name, "user_index": own}):
			_hide(party.report, {own: min(_known_by(party) & known_as)}, party.name)


def follow_all() -> None:
	"""Hourly: accounts that were saved while the key file was missing, or past the app."""
	if not key_ring.is_usable():
		return
	fields = ["name", "report", "account_index", "address_account_index"]
	accused = frappe.get_all(
		"SV Party", filters={"party_role": "Accused"}, fields=fields, order_by="creation asc"
	)
	stored: dict[str, dict[str, str | None]] = {}
	for row in frappe.get_all(
		"SV Denied",
		filters={"origin": BY_ACCUSED},
		fields=["party", "user_index", "known_as"],
		order_by="creation asc",
	):
		stored.setdefault(row.party, {})[row.user_index] = row.known_as
	known_accounts = accounts()
	for party in accused:
		found, known = _indexes(party, known_accounts), stored.get(party.name, {})
		_hide(party.report, {index: found[index] for index in found.keys() - known.keys()}, party.name)
		# rows from before it was kept
		for index in [index for index in found.keys() & known.keys() if not known[index]]:
			_note_known_as(party.name, index, found[index])


def follow_rename(doc, method: str | None, old: str, new: str, merge: bool = False) -> None:
	"""After a User got another name: what was hidden from the account stays hidden from it."""
	rows = frappe.get_all(
		"SV Denied",
		filters={"user_index": blind_index("account", old)},
		fields=["report", *WHY],
		order_by="creation asc",
	)
	for row in rows:
		add(row.report, blind_index("account", new), *(row[fieldname] for fieldname in WHY))
	# nor does it come to see what was asked about keeping a case from it
	frappe.db.set_value("SV Approval", {"concerns": unnamed(old)}, "concerns", unnamed(new))


def _require_second_person(report: str, indexes: Collection[str]) -> None:
	"""Nobody hides a case from oversight alone by naming who watches as its accused."""
	from sv_helpdesk.permissions import denied_by_hand

	officers = frappe.get_all(
		"Has Role",
		filters={"role": PRIVACY_OFFICER, "parenttype": "User"},
		pluck="parent",
		order_by="parent asc",
	)
	for officer in officers if indexes else ():
		if blind_index("account", officer) in indexes and officer != frappe.session.user:
			if not is_denied(report, officer):
				denied_by_hand.require_second_person(report, officer)


def _hide(report: str, indexes: dict[str, str], party: str) -> None:
	from sv_helpdesk.permissions import becoming_denied

	# desks that were handed the person tell nothing of each other, and are no way round (R6)
	for name in (report, *sorted(handed_over_with(report))) if indexes else ():
		for index, known_as in indexes.items():
			add(name, index, BY_ACCUSED, party, known_as)
		becoming_denied.take_away(name, set(indexes))


def _note_known_as(party: str, index: str, known_as: str) -> None:
	rows = {"party": party, "origin": BY_ACCUSED, "user_index": index}
	frappe.db.set_value("SV Denied", rows, "known_as", known_as, update_modified=False)


def _indexes(party, accounts: dict[str, set[str]]) -> dict[str, str]:
	"""Return the indexes of the accounts of an accused, each with that of the person's own by which it was found."""
	known = _known_by(party)
	if not known:
		return {}
	found = {index: min(names & known) for index, names in accounts.items() if names & known}
	return {**found, **{index: index for index in known}}


def _known_by(party) -> set[str]:
	return {party.account_index, party.address_account_index} - {"", None}


def accounts() -> dict[str, set[str]]:
	"""Return every account of the site: the index of its id, and of all it is known as."""
	user, address = frappe.qb.DocType("User"), frappe.qb.DocType("User Email")
	rows = (
		frappe.qb.from_(user)
		.left_join(address)
		.on((address.parent == user.name) & (address.parenttype == "User"))
		.select(user.name, user.email, user.username, address.email_id)
		.run()
	)
	found: dict[str, set[str]] = {}
	for name, *others in rows:
		known_as = found.setdefault(blind_index("account", name), set())
		known_as.update(blind_index("account", other) for other in others if other)
	return found


def _known_as(user) -> set[str]:
	return {blind_index("account", name) for name in _names_of(user)}


def _names_of(user) -> set[str]:
	names = [user.name, user.email, user.get("username"), *(row.email_id for row in user.get("user_emails"))]
	return {name for name in names if name}


def _accused_known_as(indexes: set[str]) -> list:
	return frappe.get_all(
		"SV Party",
		filters={"party_role": "Accused"},
		or_filters={
			"account_index": ["in", list(indexes)],
			"address_account_index": ["in", list(indexes)],
		},
		fields=["name", "report", "account_index", "address_account_index"],
		order_by="creation asc",
	)
