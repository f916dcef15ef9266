"""How all desks kept their promises in one quarter, as it was told."""

from frappe.model.document import Document


class SVQuarterFigures(Document):
	"""Written once by sv_helpdesk.reports.quarters; a case that is registered late doesn't move it.

	Nobody has a right to these rows: the report hands out those of desks that aren't the reader's own.
	"""
