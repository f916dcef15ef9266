"""Every person at the table approves the minutes, with remarks; after the term approval is deemed given (UM 4.2).

The chair records that. Approvals count for one submission: minutes that went back are approved anew.
"""

import hashlib
from datetime import date

import frappe
from frappe import _
from frappe.utils import cstr, getdate

from sv_helpdesk.deadlines import terms
from sv_helpdesk.minutes import agreed, system_rows
from sv_helpdesk.moments import this_minute
from sv_helpdesk.permissions import denied_list, sides
from sv_helpdesk.permissions.capacities import capacities
from sv_helpdesk.workflows.moving import follow

# the term of SV Term
KIND = "Minutes approved"
CHAIR = ("approver", "desk")


@frappe.whitelist(methods=["POST"])
def standing(minutes: str) -> dict:
	"""Return what the session's user can do about the approval of minutes.

	Args:
		minutes: name of the SV Minutes.

	Returns:
		`can_approve` and `can_conclude`; false both for minutes that aren't theirs or aren't there.
	"""
	doc = frappe.get_doc("SV Minutes", minutes) if frappe.db.exists("SV Minutes", minutes) else None
	user = frappe.session.user
	held = capacities(doc, user) if doc and doc.status == "Submitted" else set()
	return {
		"can_approve": bool(held) and user in missing(doc),
		"can_conclude": bool(held & set(CHAIR)) and _term_is_over(doc),
	}


@frappe.whitelist(methods=["POST"])
def approve(minutes: str, remarks: str = "") -> None:
	"""Approve minutes as the session's user; with the last approval they are locked.

	Args:
		minutes: name of the SV Minutes.
		remarks: kept with the approval, encrypted.

	Raises:
		frappe.PermissionError: nobody asked this user; the same whether the minutes exist or not.
		frappe.ValidationError: they have approved, or the minutes don't wait for approval.
	"""
	user = frappe.session.user
	doc = _waiting(minutes, lambda doc: capacities(doc, user) and user in people(doc))
	if user not in missing(doc):
		frappe.throw(_("You have approved these minutes already."))
	_record(doc, user, "Given", cstr(remarks).strip())
	if not missing(doc):
		_lock(doc)


@frappe.whitelist(methods=["POST"])
def conclude(minutes: str) -> None:
	"""Record, as the chair, that who hasn't answered within the term is deemed to approve; the minutes are locked.

	Args:
		minutes: name of the SV Minutes.

	Raises:
		frappe.PermissionError: the user isn't the chair or of the desk; the same whether the minutes exist or not.
		frappe.ValidationError: the term isn't over, or the minutes don't wait for approval.
	"""
	doc = _waiting(minutes, lambda doc: capacities(doc, frappe.session.user) & set(CHAIR))
	if not _term_is_over(doc):
		frappe.throw(_("The term for approval isn't over yet. Wait for it, or ask who hasn't answered."))
	for user in sorted(missing(doc)):
		_record(doc, user, "Deemed given")
	_lock(doc)


def term(minutes) -> date | None:
	"""Return the last day on which minutes that are handed in now are to be approved; None without a term.

	Args:
		minutes: the SV Minutes.
	"""
	desk = frappe.db.get_value("SV Decision Table", minutes.decision_table, "desk")
	due = terms.due_of(KIND, desk, this_minute())
	return due.date() if due else None


def people(minutes) -> set[str]:
	"""Return who approves minutes: everybody at the table, but not who wrote them nor from whom it is hidden (R6).

	Args:
		minutes: the SV Minutes.
	"""
	table = frappe.get_doc("SV Decision Table", minutes.decision_table)
	seated = {row.user for row in table.members if row.accepted_at}
	people = {table.manager, table.coordinator, *seated} - {minutes.writer, None, ""}
	reports = sides.reports_of(table.name)
	return {user for user in people if not any(denied_list.is_denied(report, user) for report in reports)}


def missing(minutes) -> set[str]:
	"""Return who hasn't approved the minutes as they were last handed in.

	Args:
		minutes: the SV Minutes.
	"""
	return people(minutes) - {row.member for row in given(minutes)}


def given(minutes) -> list:
	"""Return the approvals of the last submission, in order, without their remarks.

	Args:
		minutes: the SV Minutes.
	"""
	row = frappe.qb.DocType("SV Minutes Approval")
	query = frappe.qb.from_(row).select(row.name, row.member, row.how, row.approved_at, row.remarks)
	query = query.where((row.minutes == minutes.name) & (row.submission == minutes.submission))
	# as they are now: two people may approve at once, and the last of them locks the minutes
	return query.orderby(row.approved_at).orderby(row.member).for_update().run(as_dict=True)


def checksum(minutes) -> str:
	"""Return a checksum of stored minutes, their actions and approvals, of the ciphertexts: it tells nothing of them.

	Args:
		minutes: the SV Minutes as it is stored.
	"""
	plain = (
		"name",
		"decision_table",
		"version",
		"corrects",
		"meeting_at",
		"writer",
		"approver",
		"follows_advice",
	)
	parts = [minutes.get(field) for field in (*plain, *minutes.SEALED_FIELDS)]
	parts += [
		value for row in given(minutes) for value in (row.member, row.how, row.approved_at, row.remarks)
	]
	parts += [
		value
		for row in agreed.of(minutes.name)
		for value in (row.action, row.action_owner, row.due_on, row.action_status, row.action_text)
	]
	return hashlib.sha256("\n".join(map(cstr, parts)).encode()).hexdigest()


def is_intact(minutes) -> bool:
	"""Tell whether approved minutes are still what was approved.

	Args:
		minutes: the SV Minutes as it is stored.
	"""
	return minutes.checksum == checksum(minutes)


def _waiting(minutes: str, may) -> object:
	"""Return minutes that wait for approval, locked, if the user may do something about it."""
	exists = frappe.db.exists("SV Minutes", minutes)
	doc = frappe.get_doc("SV Minutes", minutes, for_update=True) if exists else None
	if not doc or not may(doc):
		frappe.throw(
			_("You can't approve these minutes. Reload the form to see what you can do."),
			frappe.PermissionError,
		)
	if doc.status != "Submitted":
		frappe.throw(_("These minutes don't wait for approval. Reload the form, perhaps somebody was first."))
	return doc


def _term_is_over(minutes) -> bool:
	return bool(minutes.approve_by) and getdate(minutes.approve_by) < getdate()


def _record(minutes, user: str, how: str, remarks: str = "") -> None:
	system_rows.write(
		minutes,
		"SV Minutes Approval",
		submission=minutes.submission,
		member=user,
		how=how,
		approved_at=this_minute(),
		recorded_by=frappe.session.user,
		remarks=remarks,
	)


def _lock(minutes) -> None:
	agreed.keep(minutes)
	follow("SV Minutes", minutes.name, "approve", checksum=checksum(minutes))
