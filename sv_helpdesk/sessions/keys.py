"""While the key file can't be used no case opens, and our people are told why; the rest of the site goes on."""

from werkzeug.wrappers import Response

import frappe
from frappe import _

from sv_helpdesk.crypto import key_ring
from sv_helpdesk.crypto.errors import KeyFileError
from sv_helpdesk.sessions import gate
from sv_helpdesk.sessions.headers import HEADERS


def sentence() -> str:
	"""Return what is wrong and who can mend it."""
	return _(
		"No case can be opened now, because the keys are missing. Ask who runs the server to put the key file back."
	)


def require(user: str) -> None:
	"""Refuse one of our people while the keys are missing; whoever has none of our roles is refused by the rules.

	Raises:
	        KeyFileError: the key file can't be used.
	"""
	if gate.held_roles(user) and not key_ring.is_usable():
		frappe.local.flags.disable_traceback = True
		frappe.throw(sentence(), KeyFileError)


def page_without_keys() -> Response:
	"""Return what our own pages show instead."""
	return Response(sentence(), 503, content_type="text/plain; charset=utf-8", headers=HEADERS)
