"""A person's second factor; read and written by sv_helpdesk.sessions alone."""

from frappe.model.document import Document


class SVSecondFactor(Document):
	"""A person's second factor; read and written by sv_helpdesk.sessions alone."""
