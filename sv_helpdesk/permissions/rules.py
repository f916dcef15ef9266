"""Row rules: role, then desk, then the denied list. Fail-closed.

One builder makes the SQL condition on SV Report; lists use it as it is, the check of
one document runs it for one name. A document handed to a hook may be made up by the
client, so an existing record is always looked up in the database by its name.
"""

import frappe
from frappe.utils import cint, cstr

from sv_helpdesk.permissions import denied_list
from sv_helpdesk.permissions.roles import CASE_ROLES, PRIVACY_OFFICER

NOTHING = "1=0"
# How a case document reaches its case: the field that names the report, or the table.
BY_REPORT = (
	"SV Party",
	"SV Consent",
	"SV Message",
	"SV Attachment",
	"SV Note",
	"SV Referral",
	"SV Aftercare",
	"SV Aftercare Contact",
	"SV Access Grant",
)
BY_TABLE = ("SV Table Case", "SV Minutes")
BY_REPORT_OR_TABLE = ("SV Action", "SV Deadline")
BY_DESK = ("SV Decision Table", "SV Held Mail")
GUARDED = ("SV Report", *BY_REPORT, *BY_TABLE, *BY_REPORT_OR_TABLE, *BY_DESK)
# Rows of these child tables could be listed past their parent on Frappe 15.
CHILD_TABLES = {
	"SV Table Case Report": "SV Table Case",
	"SV Report Category": "SV Report",
	"SV Kind Change": "SV Report",
	"SV Table Member": "SV Decision Table",
	"SV Aftercare Measure": "SV Aftercare",
}


def readable_reports(user: str) -> str:
	"""Return the SQL condition on `tabSV Report` for what this user may see.

	Members of a desk see the desk's cases, or only those they handle where the desk is
	set up that way (R3); nobody sees a case that is denied to them, whatever they are (R6).
	"""
	desks = _desks_of(user)
	if not desks:
		return NOTHING
	quoted_user = frappe.db.escape(user)
	arms = []
	for whole_desk in (True, False):
		names = [row.name for row in desks if (row.visibility == "Whole desk") is whole_desk]
		if names:
			arm = f"`tabSV Report`.`desk` in ({', '.join(map(frappe.db.escape, names))})"
			arms.append(arm if whole_desk else f"({arm} and `tabSV Report`.`handler` = {quoted_user})")
	not_denied = denied_list.denied_reports_condition(user, "`tabSV Report`.`name`")
	return f"(({' or '.join(arms)}) and {not_denied})"


def query_condition(user: str | None, doctype: str) -> str:
	"""Return the SQL condition on a guarded doctype's list (permissions.conditions makes hooks of it).

	Args:
	        user: whose list it is; the session's user when empty.
	        doctype: which list; of an unknown one nothing is shown.
	"""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	return _condition(user, doctype)


def has_permission(doc, ptype: str = "read", user: str | None = None, debug: bool = False) -> bool | None:
	"""has_permission hook: False denies, anything else is "no objection" on the host's version."""
	user = user or frappe.session.user
	return no_objection() if _allows(doc, user) else False


def may_use_report(report: str, user: str) -> bool:
	"""Tell whether `user` may see the case named `report`."""
	return _exists("SV Report", report, _condition(user, "SV Report"))


def may_read_content(doc, user: str) -> bool:
	"""Tell whether `user` may read the encrypted texts of this document.

	Never for Administrator, Guest or a job running as Administrator: content is shown to
	a named person with a right, or to nobody.
	"""
	if user in ("Administrator", "Guest", "", None):
		return False
	return doc.doctype in GUARDED and _allows(doc, user)


def no_objection() -> bool | None:
	"""What a has_permission hook returns when it doesn't deny: None before Frappe 16, True from 16."""
	return True if cint(frappe.__version__.split(".")[0]) >= 16 else None


def _allows(doc, user: str) -> bool:
	if isinstance(doc, str) or not doc:
		return bool(set(frappe.get_roles(user)) & {*CASE_ROLES, PRIVACY_OFFICER})
	condition = _condition(user, doc.doctype)
	if condition == NOTHING:
		return False
	if doc.name and frappe.db.exists(doc.doctype, doc.name):
		return _exists(doc.doctype, cstr(doc.name), condition) and _allows_target(doc, user)
	return _allows_target(doc, user)


def _allows_target(doc, user: str) -> bool:
	"""Tell whether the case, table or desk that the document in hand points at is the user's."""
	if doc.doctype in ("SV Report", *BY_DESK):
		return doc.get("desk") in {row.name for row in _desks_of(user)}
	targets = {"report": "SV Report", "decision_table": "SV Decision Table"}
	named = {target: doc.get(field) for field, target in targets.items() if doc.get(field)}
	if not named:
		return bool(doc.get("aftercare")) and _exists(
			"SV Aftercare", doc.aftercare, _condition(user, "SV Aftercare")
		)
	return all(_exists(target, name, _condition(user, target)) for target, name in named.items())


def _condition(user: str, doctype: str) -> str:
	if doctype not in GUARDED and doctype not in CHILD_TABLES:
		return NOTHING
	desks = _desks_of(user)
	if not desks:
		return NOTHING
	if doctype == "SV Report":
		return readable_reports(user)
	if doctype in CHILD_TABLES:
		parent = CHILD_TABLES[doctype]
		return _in(doctype, "parent", parent, _condition(user, parent))
	by_desk = f"`tab{doctype}`.`desk` in ({', '.join(frappe.db.escape(row.name) for row in desks)})"
	if doctype == "SV Decision Table":
		return by_desk
	by_report = _in(doctype, "report", "SV Report", readable_reports(user))
	if doctype == "SV Held Mail":
		return f"({by_desk} and (ifnull(`tabSV Held Mail`.`report`, '') = '' or {by_report}))"
	if doctype in BY_REPORT:
		return by_report
	by_table = _in(doctype, "decision_table", "SV Decision Table", _condition(user, "SV Decision Table"))
	return by_table if doctype in BY_TABLE else f"({by_report} or {by_table})"


def _in(doctype: str, fieldname: str, target: str, condition: str) -> str:
	return (
		f"`tab{doctype}`.`{fieldname}` in (select `tab{target}`.`name` from `tab{target}` where {condition})"
	)


def _exists(doctype: str, name: str, condition: str) -> bool:
	# the condition is made of escaped values by the builders above
	query = f"select 1 from `tab{doctype}` where `tab{doctype}`.`name` = %s and {condition} limit 1"
	return condition != NOTHING and bool(frappe.db.sql(query, (name,)))


def _desks_of(user: str) -> list:
	"""Return the desks (name, visibility) a user works at today; without a case role: none."""
	if user in ("Administrator", "Guest") or not set(frappe.get_roles(user)) & set(CASE_ROLES):
		return []
	today = frappe.utils.getdate()
	desk, member = frappe.qb.DocType("SV Desk"), frappe.qb.DocType("SV Desk Member")
	return (
		frappe.qb.from_(desk)
		.inner_join(member)
		.on((member.parent == desk.name) & (member.parenttype == "SV Desk"))
		.select(desk.name, desk.visibility)
		.distinct()
		.where((member.user == user) & (desk.enabled == 1))
		.where(member.from_date.isnull() | (member.from_date <= today))
		.where(member.to_date.isnull() | (member.to_date >= today))
		.run(as_dict=True)
	)
