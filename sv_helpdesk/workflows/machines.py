"""All documents with states."""

from functools import cache

from sv_helpdesk.workflows.machine import Machine


@cache
def machines() -> dict[str, Machine]:
	"""Return the machines by doctype; their modules need documents, which need this package."""
	from sv_helpdesk.workflows import (
		action,
		aftercare,
		case,
		complaint,
		contact,
		figures,
		minutes,
		referral,
		subject_request,
		table,
	)

	modules = (
		*(case, referral, complaint, table, minutes),
		*(action, aftercare, contact, figures, subject_request),
	)
	return {module.MACHINE.doctype: module.MACHINE for module in modules}
