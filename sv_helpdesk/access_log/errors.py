"""What can go wrong with the access log, with a sentence for the user."""

import frappe


class AccessLogError(frappe.ValidationError):
	"""The access log can't be written or read; what should have been logged is not shown."""

	http_status_code = 500
