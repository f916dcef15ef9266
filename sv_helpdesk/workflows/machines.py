"""All documents with states."""

from functools import cache

from sv_helpdesk.workflows.machine import Machine


@cache
def machines() -> dict[str, Machine]:
	"""Return the machines by doctype; their modules need documents, which need this package."""
	from sv_helpdesk.workflows import action, aftercare, case, contact, figures, minutes, referral, table

	modules = (case, referral, table, minutes, action, aftercare, contact, figures)
	return {module.MACHINE.doctype: module.MACHINE for module in modules}
