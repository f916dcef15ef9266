"""In what capacities somebody stands to a stored document: what a step asks of who takes it.

A capacity is a relation of the matrix (by which the person may read the document), or a part that the
document itself names. Both obey role and denied list, because without a right there is no capacity.
"""

from collections.abc import Iterable

import frappe

from sv_helpdesk.permissions.decision import rights_on

# by the desk, by who handles it, or for a while instead of them
CASE_WORKERS = ("desk", "own", "granted")
# who writes, chairs or carries out, as the document says
NAMED = {
	"SV Minutes": {"writer": "writer", "approver": "approver"},
	"SV Action": {"owner": "action_owner"},
	"SV Aftercare Contact": {"holder": "held_by"},
}


def capacities(doc, user: str) -> set[str]:
	"""Return the capacities of `user` towards a document as it is stored; none without a right to read it."""
	held = {right.relation for right in rights_on(doc.doctype, doc.name, user) if right.allows("read")}
	if not held:
		return set()
	parts = NAMED.get(doc.doctype, {})
	return held | {capacity for capacity, fieldname in parts.items() if doc.get(fieldname) == user}


def theirs(doctype: str, name: str, who: Iterable[str], why_not: str, for_update: bool = False):
	"""Return a stored document to which the session's user stands in one of these capacities.

	Args:
		doctype, name: of the document.
		who: capacities.
		why_not: what somebody else is told; the same where the document isn't there.
		for_update: lock it until the end of the transaction.

	Raises:
		frappe.PermissionError: it isn't theirs.
	"""
	doc = frappe.get_doc(doctype, name, for_update=for_update) if frappe.db.exists(doctype, name) else None
	if not doc or not capacities(doc, frappe.session.user) & set(who):
		frappe.throw(why_not, frappe.PermissionError)
	return doc
