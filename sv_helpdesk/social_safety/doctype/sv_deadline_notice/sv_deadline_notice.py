"""That somebody is told of a deadline."""

from frappe.model.document import Document


class SVDeadlineNotice(Document):
	"""Written by sv_helpdesk.deadlines.telling under a name that the clock, its stage and the person make.

	So nobody can be told the same twice, whatever runs twice. Nobody has a right to these rows.
	"""
