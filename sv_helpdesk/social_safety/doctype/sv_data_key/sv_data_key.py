"""The wrapped key of one case; read and written by sv_helpdesk.crypto.data_keys alone."""

from frappe.model.document import Document


class SVDataKey(Document):
	"""The wrapped key of one case; read and written by sv_helpdesk.crypto.data_keys alone."""
