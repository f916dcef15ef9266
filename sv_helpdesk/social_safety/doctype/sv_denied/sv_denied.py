"""A person from whom a case is hidden; written by sv_helpdesk.permissions.denied_list."""

from frappe.model.document import Document


class SVDenied(Document):
	"""Case and keyed hash of a user id; beats every other right."""
