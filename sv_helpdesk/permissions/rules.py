"""Who may: the hooks of the host, and what forms and other packages ask. permissions.decision decides."""

import frappe
from frappe.utils import cint

from sv_helpdesk.access_log import refusals
from sv_helpdesk.permissions import anonymised
from sv_helpdesk.permissions.acting import NOBODY, acting_roles
from sv_helpdesk.permissions.decision import condition, points_at_own, rights_in_hand, rights_on
from sv_helpdesk.permissions.field_groups import GROUPS, SYSTEM, group_of
from sv_helpdesk.permissions.matrix import CASE_DOCUMENTS, TABLE_DOCUMENTS, rights
from sv_helpdesk.permissions.relations import RELATIONS, Relations
from sv_helpdesk.sessions import keys

# documents whose forms must not keep anything in clear text
GUARDED = (*CASE_DOCUMENTS, *TABLE_DOCUMENTS, "SV Held Mail", "SV Access Grant", "SV Subject Request")


def query_condition(user: str | None, doctype: str, relations: Relations | None = None) -> str:
	"""Return the SQL condition on a list of ours (permissions.conditions makes hooks of it).

	Args:
	        user: whose list it is; the session's user when empty. Administrator's is not
	                restricted: the rows are the site's own, and their texts stay sealed.
	        doctype: which list; of an unknown one nothing is shown.
	        relations: the user's, for who asks about several doctypes at once.
	"""
	user = user or frappe.session.user
	keys.require(user)
	return "" if user == "Administrator" else condition(user, doctype, relations=relations)


def counting_condition(user: str, doctype: str) -> str:
	"""Return the SQL condition for what is in somebody's exact figures: what they see, and saw until it was anonymised.

	Only for counting: what it adds to query_condition is shown to nobody.

	Args:
	        user: whose figures; Administrator and Guest have none.
	        doctype: of the rows.
	"""
	keys.require(user)
	return f"({condition(user, doctype)} or {anonymised.counted(user, doctype)})"


def has_permission(doc, ptype: str | None = "read", user: str | None = None, debug: bool = False):
	"""has_permission hook: False denies, anything else is "no objection" on the host's version."""
	user = user or frappe.session.user
	keys.require(user)
	if _allows(doc, user, ptype or "read"):
		return no_objection()
	if doc and not isinstance(doc, str):
		refusals.note(doc.doctype, doc.name, user)
	return False


def may_use_report(report: str, user: str, ptype: str = "read") -> bool:
	"""Tell whether `user` may see (or with another `ptype` use) the case named `report`."""
	keys.require(user)
	allowed = any(right.allows(ptype) for right in rights_on("SV Report", report, user))
	if not allowed:
		refusals.note("SV Report", report, user)
	return allowed


def may_read_content(doc, user: str, fieldname: str | None = None) -> bool:
	"""Tell whether `user` may read an encrypted text of this document; without a name: all of them.

	Never for Administrator, Guest or a job running as Administrator: content is shown to
	a named person with a right, or to nobody.
	"""
	if user not in NOBODY:
		groups = readable_groups(doc, user)
		wanted = [group_of(doc.doctype, fieldname)] if fieldname else GROUPS.get(doc.doctype, [None])
		if all(group in groups for group in wanted):
			return True
	refusals.note(doc.doctype, doc.name, user)
	return False


def readable_fields(doc, user: str) -> set[str]:
	"""Return the fields of this document that the user may read; none for Administrator and Guest."""
	groups = set() if user in NOBODY else readable_groups(doc, user)
	return {field for group in groups for field in GROUPS[doc.doctype][group]}


def changeable_fields(doc, user: str) -> set[str]:
	"""Return the fields of this document that the user may change by hand; none for Administrator and Guest."""
	groups = set() if user in NOBODY else writable_groups(doc, user) - {SYSTEM}
	return {field for group in groups for field in GROUPS[doc.doctype][group]}


def readable_groups(doc, user: str) -> set[str]:
	"""Return the field groups of this document that the user may read."""
	return {group for right in rights_in_hand(doc, user) for group in right.read}


def writable_groups(doc, user: str) -> set[str]:
	"""Return the field groups of this document that the user may change, or fill in when it is new."""
	new = doc.get("__islocal")
	return {group for right in rights_in_hand(doc, user) for group in (right.create if new else right.write)}


def by_what_right(doc, user: str) -> str | None:
	"""Return the relation by which this user may read a stored document, or None."""
	found = {right.relation for right in rights_on(doc.doctype, doc.name, user) if right.allows("read")}
	return next((relation for relation in RELATIONS if relation in found), None)


def is_its_makers(doc) -> bool:
	"""Tell whether a new case or table has to be held by who makes it, because they wouldn't see it otherwise."""
	user = frappe.session.user
	relations, rows = Relations(user), rights(acting_roles(user), doc.doctype)
	return bool(rows) and not any(
		relations.sees_unheld(right.relation, doc.desk) for right in rows if right.create
	)


def no_objection() -> bool | None:
	"""What a has_permission hook returns when it doesn't deny: None before Frappe 16, True from 16."""
	return True if cint(frappe.__version__.split(".")[0]) >= 16 else None


def _allows(doc, user: str, ptype: str) -> bool:
	if isinstance(doc, str) or not doc:
		return False
	# most refusals need no query: no role of theirs has that right to anything of the kind
	if not any(right.allows(ptype) for right in rights(acting_roles(user), doc.doctype)):
		return False
	found = rights_in_hand(doc, user)
	return any(right.allows(ptype) for right in found) and points_at_own(doc, user, ptype)
