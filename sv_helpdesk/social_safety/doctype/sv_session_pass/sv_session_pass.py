"""A session that has passed the second factor; read and written by sv_helpdesk.sessions alone."""

from frappe.model.document import Document


class SVSessionPass(Document):
	"""A session that has passed the second factor; read and written by sv_helpdesk.sessions alone."""
