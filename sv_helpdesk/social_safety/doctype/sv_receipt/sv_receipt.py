"""With what code a reporter comes back; read and written by sv_helpdesk.reporting.codes alone."""

from frappe.model.document import Document


class SVReceipt(Document):
	"""With what code a reporter comes back; read and written by sv_helpdesk.reporting.codes alone."""
