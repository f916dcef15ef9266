"""What a form asks of the steps."""

import json

import frappe
from frappe import _

from sv_helpdesk.workflows import moving
from sv_helpdesk.workflows.lacking import lacking
from sv_helpdesk.workflows.machines import machines


@frappe.whitelist(methods=["POST"])
def steps(doctype: str, name: str) -> list[dict]:
	"""Return the steps that the session's user can take with a document now, the next one first.

	Args:
		doctype, name: of the document.

	Returns:
		Per step its name, `title` in the user's language, `asks` (fields, in order), `needs` (those that must
		be filled), `stamps` (those that get the moment of the step) and whether it wants a `reason`; the one that the state leads to is `next` and has what it
		lacks: `fields` by name and `sentences`. None for a document that isn't the user's or isn't there.
	"""
	if doctype not in machines() or not frappe.db.exists(doctype, name):
		return []
	doc = frappe.get_doc(doctype, name)
	possible = moving.possible(doc, frappe.session.user)
	onward = next((step for step in possible if step.leads_on), None)
	return [
		{
			"name": step.name,
			"title": step.title,
			"asks": step.asks,
			"needs": step.needs,
			"stamps": step.stamps,
			"reason": step.reason,
			"next": lacking(doc, step) if step is onward else None,
		}
		for step in possible
	]


@frappe.whitelist(methods=["POST"])
def take(
	doctype: str, name: str, step: str, values: dict | str | None = None, reason: str | None = None
) -> None:
	"""Take a step.

	Args:
		doctype, name: of the document.
		step: name of the step.
		values: of fields that it asks for; a dict, or one as JSON.
		reason: why, where it wants one.

	Raises:
		frappe.PermissionError: not a step of the user's; the same whether the document exists or not.
		frappe.ValidationError: says what is missing.
	"""
	moving.move(doctype, name, step, _filled_in(values), reason or "")


def _filled_in(values: dict | str | None) -> dict:
	"""Return what was filled in, by field; a value that isn't a plain one would be a filter for the host."""
	try:
		found = (json.loads(values) if isinstance(values, str) else values) or {}
	except ValueError:
		found = None
	if not isinstance(found, dict) or any(isinstance(value, dict | list) for value in found.values()):
		frappe.throw(_("What was filled in can't be read. Reload the form and try again."))
	return found
