"""Whether somebody does this over the web, or the server's own shell does."""

import frappe


def from_outside() -> bool:
	"""Tell whether this runs in a web request or a background job.

	Installing, migrating, bench commands and the console are neither: whoever has the server's shell
	has the database and the key file too, so asking there would protect nothing (docs/security.md).
	"""
	return bool(getattr(frappe.local, "request", None)) or in_job()


def in_job() -> bool:
	"""Tell whether this runs in a background job."""
	from rq import get_current_job

	return get_current_job() is not None
