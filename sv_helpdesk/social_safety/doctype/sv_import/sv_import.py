"""That a desk takes over earlier cases; read and written by sv_helpdesk.importing alone."""

from frappe.model.document import Document


class SVImport(Document):
	"""How far it is. What was in a file or a mailbox stands in the cases, and sealed until then.

	Nobody has a right to these rows: the page asks who leads the desk.
	"""
