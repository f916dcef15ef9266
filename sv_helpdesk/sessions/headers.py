"""What goes with every answer that our people get, or that is about a case: a browser keeps nothing of it."""

import frappe

from sv_helpdesk.crypto.quiet import is_quiet
from sv_helpdesk.sessions import gate

HEADERS = {
	# ASVS 14.3.2; also in the history of the browser nothing stays to go back to
	"Cache-Control": "no-store",
	# an address with a case's hash isn't told to where a link leads
	"Referrer-Policy": "no-referrer",
	"X-Content-Type-Options": "nosniff",
}


def after_request(response=None, request=None) -> None:
	"""after_request hook: Frappe 15 lets a browser keep everything, Frappe 16 lists and search for minutes."""
	if response is not None and (is_quiet() or gate.held_roles(_user())):
		response.headers.update(HEADERS)


def _user() -> str | None:
	"""A request that failed before its session was made has no user."""
	session = getattr(frappe.local, "session", None)
	return session and session.user
