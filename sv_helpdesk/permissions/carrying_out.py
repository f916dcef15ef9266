"""What somebody who carries out a task may know around it: HR's permitted fields of DOMAIN, and no more.

The task itself is a row of theirs; the table or plan it comes from is not, so its facts are
handed out here, one by one.
"""

import frappe
from frappe import _
from frappe.utils import getdate

from sv_helpdesk import access_log
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.permissions import recipients
from sv_helpdesk.permissions.relations import ASSIGNED, ASSIGNED_TO
from sv_helpdesk.permissions.rules import by_what_right

NOTHING = {"number": None, "units": [], "kinds": [], "opened_on": None, "closed_on": None, "status": None}


@frappe.whitelist(methods=["POST"])
def permitted_context(doctype: str, name: str) -> dict:
	"""Return what may be known around a task that is assigned to the session's user.

	Args:
	        doctype: SV Action, SV Aftercare Contact or SV Communication Line.
	        name: name of the document.

	Returns: number, units, kinds, opened_on, closed_on and status of the table or aftercare plan it
	        comes from (empty for a task of a case alone), and person_name: whom it concerns, where
	        the decision or that person's consent says so, else None.

	Raises:
	        frappe.PermissionError: it isn't assigned to this user, or it is of a case hidden from them.
	"""
	be_quiet()
	task = _assigned(doctype, name, frappe.session.user)
	if not task:
		frappe.throw(_("This is not assigned to you."), frappe.PermissionError)
	access_log.record("Opened", doctype, name, task.get("report"), ASSIGNED)
	return {**_surroundings(task), "person_name": _name_of_person(task)}


def discloses(action: str, party, user: str) -> bool:
	"""Tell whether the decision behind an action lets who carries it out know this person's name.

	Args:
	        action: name of the SV Action.
	        party: the SV Party as it is stored.
	        user: who carries the action out.
	"""
	task = _assigned("SV Action", action, user)
	return bool(task and party.doctype == "SV Party" and task.name_disclosed and task.concerns == party.name)


def reports_of(decision_table: str) -> set[str]:
	"""Return the cases a decision table deals with."""
	cases = frappe.get_all(
		"SV Table Case", filters={"decision_table": decision_table}, pluck="name", order_by="creation asc"
	)
	reports = frappe.get_all(
		"SV Table Case Report",
		filters={"parent": ("in", [*cases, ""]), "parenttype": "SV Table Case"},
		pluck="report",
		order_by="idx asc",
	)
	return {*reports, frappe.db.get_value("SV Decision Table", decision_table, "advice_request")} - {None, ""}


def _assigned(doctype: str, name: str, user: str):
	"""The stored task, if it is this user's and nothing hides it from them."""
	if doctype not in ASSIGNED_TO or not frappe.db.exists(doctype, name):
		return None
	task = frappe.get_doc(doctype, name)
	return task if task.get(ASSIGNED_TO[doctype]) == user and by_what_right(task, user) else None


def _surroundings(task) -> dict:
	if task.get("decision_table"):
		return _of_table(frappe.get_doc("SV Decision Table", task.decision_table))
	if task.get("aftercare"):
		return _of_plan(frappe.get_doc("SV Aftercare", task.aftercare))
	return dict(NOTHING)


def _of_table(table) -> dict:
	kinds = frappe.get_all(
		"SV Table Case", filters={"decision_table": table.name}, pluck="kind", order_by="creation asc"
	)
	reports = sorted(reports_of(table.name))
	units = frappe.get_all(
		"SV Report", filters={"name": ("in", [*reports, ""])}, pluck="unit", order_by="unit asc"
	)
	return {
		"number": table.table_number,
		"units": _once(units),
		"kinds": _once(kinds),
		"opened_on": table.opened_on,
		"closed_on": table.closed_on,
		"status": table.status,
	}


def _of_plan(plan) -> dict:
	return {
		"number": plan.plan_number,
		"units": _once([plan.unit or frappe.db.get_value("SV Report", plan.report, "unit")]),
		"kinds": [plan.meant_for],
		"opened_on": getdate(plan.creation),
		"closed_on": plan.closed_on,
		"status": plan.status,
	}


def _name_of_person(task) -> str | None:
	if task.get("concerns") and task.get("name_disclosed"):
		party = frappe.get_doc("SV Party", task.concerns)
		access_log.record("Shared", party.doctype, party.name, party.report, ASSIGNED)
		return party.open_disclosed(task.name)
	person = task.get("concerns") or _person_of_plan(task)
	consent = person and _consent_to_name(person, frappe.session.user)
	if not consent:
		return None
	party = frappe.get_doc("SV Party", person)
	access_log.record("Shared", party.doctype, party.name, party.report, "consent")
	return party.open_shared(consent, "person_name")["person_name"]


def _person_of_plan(task) -> str | None:
	return task.get("aftercare") and frappe.db.get_value("SV Aftercare", task.aftercare, "party")


def _consent_to_name(party: str, user: str) -> str | None:
	names = frappe.get_all(
		"SV Consent",
		filters={"party": party, "scope": "Identity", "withdrawn_at": ("is", "not set")},
		pluck="name",
		order_by="given_at desc",
	)
	return next((name for name in names if recipients.opened_to(user, name)), None)


def _once(values: list) -> list:
	return sorted({value for value in values if value})
