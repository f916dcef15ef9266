"""What a document lacks for its next step, so that its form can say so before anybody tries."""

import frappe

from sv_helpdesk.workflows.machine import Step


def lacking(doc, step: Step) -> dict[str, list[str]]:
	"""Return what must be done before a step can be taken; what the step itself asks for isn't lacking.

	Args:
		doc: as it is stored.
		step: one that it can take.

	Returns:
		`fields` that are empty, by name, and `sentences` that say what else there is to do.
	"""
	fields = [name for name in step.needs if name not in step.asks and not doc.get(name)]
	return {
		"fields": fields,
		"sentences": list(filter(None, (_refusal(check, doc) for check in step.before))),
	}


def _refusal(check, doc) -> str | None:
	"""Return in which sentence a check refuses a document; the message isn't shown for itself."""
	try:
		check(doc)
	except frappe.ValidationError as refused:
		frappe.clear_last_message()
		return str(refused)
	return None
