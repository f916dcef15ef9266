"""The decision: role, then row of the matrix, then relation, then the denied list. Fail-closed.

One builder makes the SQL condition of a right; lists use it as it is, the check of one document
runs it for one name. A document handed to a hook may be made up by the client, so an existing
record is always looked up in the database by its name, a new one by what it points at.
"""

import frappe
from frappe.utils import cstr

from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.field_groups import CHILD_TABLES, group_of
from sv_helpdesk.permissions.hidden import not_hidden
from sv_helpdesk.permissions.matrix import rights
from sv_helpdesk.permissions.relations import ALL, ANYTHING, NOTHING, Relations
from sv_helpdesk.permissions.right import Right

# what a document belongs to, and stays with
BELONGS_TO = {
	**{"report": "SV Report", "decision_table": "SV Decision Table", "aftercare": "SV Aftercare"},
	"complaint": "SV Complaint",
}
AT_A_DESK = ("SV Report", "SV Decision Table", "SV Held Mail", "SV Subject Request")
NAMING_CASES = ("SV Decision Table", "SV Table Case")
# their report and so on is what they tell of, not what they belong to
LOGS = ("SV Access Log", "SV Denied")


def condition(user: str, doctype: str, ptype: str = "read", relations: Relations | None = None) -> str:
	"""Return the SQL condition on `tab{doctype}` for the rows that `user` has this right to.

	Args:
	        user: whose rights.
	        doctype: of the rows.
	        ptype: the right of the host.
	        relations: the user's, for who asks about several doctypes at once.
	"""
	if doctype in CHILD_TABLES:
		return _condition_of_rows(user, doctype, ptype)
	arms = _arms(user, doctype, ptype, relations)
	if not arms:
		return NOTHING
	return f"(({' or '.join(sorted(set(arms.values())))}) and {not_hidden(user, doctype)})"


def rights_on(doctype: str, name: str, user: str, same: dict[str, str] | None = None) -> list[Right]:
	"""Return the rows of the matrix that hold for a stored document.

	Args:
	        doctype: of the document.
	        name: its name.
	        user: whose rights.
	        same: fields that must be stored with these values.

	Returns:
	        None of them if it is hidden from the user, is not there or is stored otherwise.
	"""
	arms = _arms(user, doctype)
	if not arms:
		return []
	if frappe.get_meta(doctype).issingle:
		return [right for right, arm in arms.items() if arm == ANYTHING]
	asked, same = sorted(set(arms.values())), same or {}
	where = [f"`tab{doctype}`.`name` = %s", not_hidden(user, doctype)]
	where += [f"ifnull(`tab{doctype}`.`{fieldname}`, '') = %s" for fieldname in same]
	# the conditions are made of escaped values by the builders, the names of fields stand above
	rows = frappe.db.sql(
		f"select {', '.join(asked)} from `tab{doctype}` where {' and '.join(where)}",
		(cstr(name), *map(cstr, same.values())),
	)
	holding = {arm for row in rows for arm, holds in zip(asked, row, strict=True) if holds}
	return [right for right, arm in arms.items() if arm in holding]


def rights_in_hand(doc, user: str) -> list[Right]:
	"""Return the rows of the matrix that hold for a document in hand, which a client may have made up."""
	if doc.name:
		found = rights_on(doc.doctype, doc.name, user, _anchors(doc))
		if found or frappe.db.exists(doc.doctype, cstr(doc.name)):
			return found
	relations = Relations(user)
	return [
		right
		for right in rights(acting_roles(user), doc.doctype)
		if right.create and _may_be_made(right, doc, user, relations)
	]


def _may_be_made(right: Right, doc, user: str, relations: Relations) -> bool:
	"""Tell whether everything that a new document belongs to is the user's by the relation of this right."""
	if right.only_while and doc.get(right.only_while[0]) not in (None, "", right.only_while[1]):
		return False
	if right.relation == ALL:
		return True
	if doc.doctype == "SV Term":
		return relations.keeps_term(right.relation, doc.get("desk"))
	if doc.doctype in AT_A_DESK:
		return relations.desk_takes(right.relation, doc)
	named = {fieldname: doc.get(fieldname) for fieldname in BELONGS_TO if doc.get(fieldname)}
	return bool(named) and all(
		right.relation in {held.relation for held in rights_on(BELONGS_TO[fieldname], name, user)}
		for fieldname, name in named.items()
	)


def points_at_own(doc, user: str, ptype: str) -> bool:
	"""Tell whether every case that a table newly names is the user's: it would become the table's."""
	if ptype not in ("write", "create") or doc.doctype not in NAMING_CASES:
		return True
	named = {doc.get("advice_request"), *(row.get("report") for row in doc.get("reports") or [])}
	known = set(frappe.get_all("SV Table Case Report", {"parent": doc.name}, pluck="report", order_by="idx"))
	if doc.doctype == "SV Decision Table":
		known = {frappe.db.get_value(doc.doctype, doc.name, "advice_request")}
	return all(rights_on("SV Report", report, user) for report in named - known - {None, ""})


def _anchors(doc) -> dict[str, str]:
	"""Return what this document says it belongs to: it is no longer the stored one if that differs."""
	fields = ["desk"] if doc.doctype in (*AT_A_DESK, "SV Term") else []
	fields += [name for name in BELONGS_TO if group_of(doc.doctype, name) and doc.doctype not in LOGS]
	return {name: doc.get(name) or "" for name in fields}


def _arms(
	user: str, doctype: str, ptype: str | None = None, relations: Relations | None = None
) -> dict[Right, str]:
	"""Return the SQL of each row of the matrix that this user's roles have (for one right of the host)."""
	relations, arms = relations or Relations(user), {}
	for right in rights(acting_roles(user), doctype):
		arm = relations.arm(right.relation, doctype) if not ptype or right.allows(ptype) else NOTHING
		if arm != NOTHING and right.only_while:
			fieldname, value = right.only_while
			arm = f"({arm} and `tab{doctype}`.`{fieldname}` = {frappe.db.escape(value)})"
		if arm != NOTHING:
			arms[right] = arm
	return arms


def _condition_of_rows(user: str, doctype: str, ptype: str) -> str:
	parent = CHILD_TABLES[doctype]
	rows = condition(user, parent, ptype)
	if rows == NOTHING:
		return NOTHING
	parents = f"select `tab{parent}`.`name` from `tab{parent}` where {rows}"
	return f"(`tab{doctype}`.`parenttype` = {frappe.db.escape(parent)} and `tab{doctype}`.`parent` in ({parents}))"
