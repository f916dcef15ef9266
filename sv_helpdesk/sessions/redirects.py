"""No redirect of the site leads away from our pages: a false page at our address could ask for the code."""

import re

import frappe
from frappe import _
from frappe.utils import cstr

from sv_helpdesk.access_log import own_page
from sv_helpdesk.reporting.page import PARTS
from sv_helpdesk.sessions import page

PATHS = (page.PATH, own_page.PATH, *PARTS)


def validate(doc, method: str | None = None) -> None:
	"""validate of Website Settings and of a row of its redirects, which can be made without it.

	Raises:
		frappe.PermissionError: a redirect has one of our addresses, or a pattern that fits it.
	"""
	rows = doc.route_redirects if doc.doctype == "Website Settings" else [doc]
	if any(_fits(cstr(row.source), path) for row in rows for path in PATHS):
		frappe.throw(
			_(
				"This redirect would lead away from a page of social safety. Take it out, or give it another source."
			),
			frappe.PermissionError,
		)


def _fits(source: str, path: str) -> bool:
	"""Tell whether the host would take this redirect for this address; it takes the source for a pattern."""
	try:
		return bool(re.match(source.strip("/ ") + "$", path, re.IGNORECASE))
	except re.error:
		return False
