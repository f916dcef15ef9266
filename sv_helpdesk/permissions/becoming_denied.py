"""What somebody held in a case goes when the case is hidden from them (R6), and without a word to them."""

import json

import frappe
from frappe import _
from frappe.utils import now_datetime

from sv_helpdesk import notices
from sv_helpdesk.crypto import blind_index
from sv_helpdesk.deadlines import owners, recounting
from sv_helpdesk.permissions import desk_people, sides
from sv_helpdesk.reports import readers
from sv_helpdesk.subject_access import taking_away


def take_away(report: str, indexes: set[str]) -> None:
	"""Take from people who were just denied a case what they held in it.

	The handler is taken off; assignments and follows on the case and its ticket are deleted, not
	closed, because the host tells people about what is closed; grants end; numbers that they were told
	of deadlines count it no longer; what the person of it asked about their own data, a colleague answers. Seats, actions and other
	parts open nothing any more and stay, so that it is seen what needs somebody else: who runs the
	desk is told, neutrally.

	Args:
		report: the case.
		indexes: keyed hashes of the users' ids.
	"""
	case = frappe.db.get_value("SV Report", report, ["desk", "handler", "ticket"], as_dict=True)
	if _is_among(case.handler, indexes):
		frappe.db.set_value("SV Report", report, "handler", None)
		owners.give_case_to(report, None)
	_forget_in_host(report, case.ticket, indexes)
	_end_grants(report, indexes)
	taking_away.take_away(report, lambda user: _is_among(user, indexes))
	for user, told_in in recounting.told_of(report).items():
		if _is_among(user, indexes):
			recounting.recount(user, told_in, now_datetime())
	held = [user for user in sides.holders(report) if _is_among(user, indexes)]
	if held or _is_among(case.handler, indexes):
		notices.tell(
			desk_people.running(case.desk, report),
			lambda language: _("Something in a case of your desk needs another colleague.", language),
			"SV Report",
			report,
		)
	readers.tell_maker(report, indexes)


def _is_among(user: str | None, indexes: set[str]) -> bool:
	return bool(user) and blind_index("account", user) in indexes


def _forget_in_host(report: str, ticket: str | None, indexes: set[str]) -> None:
	for doctype, name in (("SV Report", report), ("HD Ticket", ticket)):
		if not name:
			continue
		places = (
			("ToDo", "allocated_to", {"reference_type": doctype, "reference_name": name}),
			("Document Follow", "user", {"ref_doctype": doctype, "ref_docname": name}),
			("DocShare", "user", {"share_doctype": doctype, "share_name": name}),
		)
		for host_doctype, fieldname, filters in places:
			for user in frappe.get_all(host_doctype, filters=filters, pluck=fieldname, order_by="name asc"):
				if _is_among(user, indexes):
					frappe.db.delete(host_doctype, {**filters, fieldname: user})
		_unassign(doctype, name, indexes)


def _unassign(doctype: str, name: str, indexes: set[str]) -> None:
	assigned = json.loads(frappe.db.get_value(doctype, name, "_assign") or "[]")
	left = [user for user in assigned if not _is_among(user, indexes)]
	if left != assigned:
		frappe.db.set_value(doctype, name, "_assign", json.dumps(left), update_modified=False)


def _end_grants(report: str, indexes: set[str]) -> None:
	grants = frappe.get_all(
		"SV Access Grant",
		filters={"report": report, "ended_at": ["is", "not set"]},
		fields=["name", "user"],
		order_by="creation asc",
	)
	for grant in grants:
		if _is_among(grant.user, indexes):
			frappe.db.set_value("SV Access Grant", grant.name, "ended_at", now_datetime())
