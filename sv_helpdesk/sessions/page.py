"""The page of the second factor: a page of its own, on which nothing of the site's own scripts runs.

Website scripts, themes and web pages are made by whoever manages the site; on this page they could read the
secret. So it is rendered before the site looks for a page of that address, without the site's frame, and
its policy lets a browser load nothing but our own files.
"""

from werkzeug.utils import redirect
from werkzeug.wrappers import Response

import frappe
from frappe.sessions import get_csrf_token

from sv_helpdesk.crypto import key_ring
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.sessions import enrolment, factor, gate
from sv_helpdesk.sessions.headers import HEADERS
from sv_helpdesk.sessions.keys import page_without_keys

PATH = "second-factor"
POLICY = (
	"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class SecondFactorPage:
	"""page_renderer hook: asked for every page, answers for its own address alone."""

	def __init__(self, path: str, http_status_code: int | None = None):
		self.path = path

	def can_render(self) -> bool:
		"""Tell the site whether this is our page."""
		return self.path == PATH

	def render(self) -> Response:
		"""Return the page as the session's user needs it now; a guest logs in first."""
		user = frappe.session.user
		if user == "Guest":
			return redirect(f"/login?redirect-to=/{PATH}")
		if not key_ring.is_usable():
			return page_without_keys()
		html = frappe.render_template("sv_helpdesk/templates/second_factor.html", self._context(user))
		headers = {**HEADERS, "Content-Security-Policy": POLICY}
		return Response(html, content_type="text/html; charset=utf-8", headers=headers)

	def _context(self, user: str) -> dict:
		row = factor.row_of(user)
		has_factor = bool(row and row.confirmed_at)
		return {
			"lang": frappe.local.lang,
			"user": user,
			"csrf_token": get_csrf_token(),
			"needed": bool(row or gate.held_roles(user)),
			"has_factor": has_factor,
			"passed": has_factor and gate.has_passed(user),
			"required": gate.is_required(),
			"may_invite": bool(acting_roles(user) & enrolment.INVITERS),
		}
