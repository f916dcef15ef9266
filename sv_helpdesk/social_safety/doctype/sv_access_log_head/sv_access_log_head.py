"""Where the access log ends; read and written by sv_helpdesk.access_log.chain alone."""

from frappe.model.document import Document


class SVAccessLogHead(Document):
	"""Where the access log ends; read and written by sv_helpdesk.access_log.chain alone."""
