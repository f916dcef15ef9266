"""Takes steps: the only place where the state of a document changes."""

import frappe
from frappe import _

from sv_helpdesk.deadlines import following
from sv_helpdesk.moments import this_minute
from sv_helpdesk.permissions.capacities import capacities
from sv_helpdesk.social_safety import checks
from sv_helpdesk.workflows.machine import Machine, Step
from sv_helpdesk.workflows.machines import machines


def move(doctype: str, name: str, step: str, values: dict | None = None, reason: str = "") -> object:
	"""Take a step as the session's user.

	Works on what is stored, and on one document at a time: of two people who take a step at once, the
	second is told that somebody was first.

	Args:
		doctype, name: of the document.
		step: name of the step.
		values: of fields that the step asks for.
		reason: why, where the step wants one.

	Returns:
		The saved document.

	Raises:
		frappe.PermissionError: the user may not see the document or not take this step; in the same words when
			it isn't there.
		frappe.ValidationError: says what is missing and how to mend it.
	"""
	machine = machines().get(doctype)
	doc = _locked(doctype, name) if machine else None
	wanted = machine.step(step, doc) if doc else None
	if not wanted or not capacities(doc, frappe.session.user) & set(wanted.who):
		frappe.throw(
			_("You can't take this step. Reload the form to see what you can do."), frappe.PermissionError
		)
	if doc.status not in wanted.sources:
		frappe.throw(
			_(
				"This step doesn't fit the present status: {0}. Reload the form, perhaps somebody was first."
			).format(_(doc.status, context=doctype))
		)
	return _take(doc, wanted, values or {}, reason.strip())


def follow(doctype: str, name: str, step: str, **values) -> None:
	"""Let a step follow from something else, whoever did that; nothing happens where it doesn't fit.

	The moment of the last change stays, so that who has the form open can still save it.

	Args:
		doctype, name: of the document.
		step: name of the step.
		values: of fields that aren't encrypted.
	"""
	doc = _locked(doctype, name)
	wanted = machines()[doctype].step(step, doc) if doc else None
	if not wanted or doc.status not in wanted.sources:
		return
	source = doc.status
	moments = {name: _now(doc.meta, name) for name in wanted.stamps if name not in values}
	frappe.db.set_value(doctype, name, {"status": wanted.target, **moments, **values}, update_modified=False)
	after = frappe.get_doc(doctype, name)
	# so that what follows knows what has changed, as after a save
	after._doc_before_save = doc
	_went(after, wanted, source, "")


def possible(doc, user: str) -> list[Step]:
	"""Return the steps that `user` can take with a stored document now, the next one first."""
	machine: Machine | None = machines().get(doc.doctype)
	steps = machine.steps if machine else ()
	fitting = [step for step in steps if doc.status in step.sources and step.is_for(doc)]
	held = capacities(doc, user) if fitting else set()
	return [step for step in fitting if held & set(step.who)]


def _locked(doctype: str, name: str):
	"""Return the document as it is now; none of one that was anonymised since this transaction began."""
	doc = frappe.get_doc(doctype, name, for_update=True) if frappe.db.exists(doctype, name) else None
	return None if doc and doc.get("anonymised_at") else doc


def _now(meta, fieldname: str):
	"""Return the moment or, for a field that holds a day, the day."""
	return this_minute().date() if meta.get_field(fieldname).fieldtype == "Date" else this_minute()


def _take(doc, step: Step, values: dict, reason: str):
	source = doc.status
	if step.reason and not reason:
		frappe.throw(_("There is no reason. Write why you take this step."))
	doc.update({fieldname: values[fieldname] for fieldname in step.asks if fieldname in values})
	doc.update(dict.fromkeys(step.clears))
	for fieldname in step.stamps:
		if fieldname not in step.asks or not doc.get(fieldname):
			doc.set(fieldname, _now(doc.meta, fieldname))
	checks.require(doc, *step.needs)
	doc.status = step.target
	for check in (*step.before, *step.checks):
		check(doc)
	doc.flags.step = step.name
	doc.flags.set_by_method = ("status", *step.asks, *step.stamps, *step.clears, *step.sets)
	doc.save()
	_went(doc, step, source, reason)
	return doc


def _went(doc, step: Step, source: str, reason: str) -> None:
	"""Keep who took which step when and why, and do what follows from it."""
	kept = frappe.get_doc(
		{
			"doctype": "SV Step",
			"document_type": doc.doctype,
			"document_name": doc.name,
			"report": doc.name if doc.doctype == "SV Report" else doc.get("report"),
			"decision_table": doc.name if doc.doctype == "SV Decision Table" else doc.get("decision_table"),
			"step": step.name,
			"from_status": source,
			"to_status": step.target,
			"taken_at": frappe.utils.now_datetime(),
			"taken_by": frappe.session.user,
			"reason": reason,
		}
	)
	# nobody has the right to write one by hand
	kept.set_user_and_timestamp()
	kept.set_new_name()
	kept.db_insert()
	following.step_taken(doc, step.name)
	for follows in (*step.follows, *machines()[doc.doctype].follows):
		follows(doc)
