"""The page at /melden: which of its parts answers, and what goes with every answer."""

from werkzeug.wrappers import Response

import frappe

from sv_helpdesk.crypto import key_ring
from sv_helpdesk.crypto.quiet import PAGE
from sv_helpdesk.reporting import coming_back, page_texts, rendering, reporting_form, switch, traceless
from sv_helpdesk.sessions.keys import page_without_keys

PARTS = {
	PAGE: reporting_form.answer,
	coming_back.PATH: coming_back.answer,
	**page_texts.ANSWERS,
}


class ReportingPage:
	"""page_renderer hook: asked for every page, answers for its own addresses alone, and only where it is in use."""

	def __init__(self, path: str, http_status_code: int | None = None):
		self.path = path

	def can_render(self) -> bool:
		"""Tell the site whether this is one of our pages."""
		return self.path in PARTS and switch.is_on()

	def render(self) -> Response:
		"""Return the page; whatever goes wrong, nothing is half stored and nothing of it is logged."""
		traceless.forget_visitor()
		traceless.leave_no_cookie()
		frappe.local.lang = _language()
		if not key_ring.is_usable():
			return page_without_keys()
		return PARTS[self.path]()


def _language() -> str:
	asked = frappe.local.request.args.get("lang", "")
	return asked if asked in rendering.LANGUAGES else rendering.LANGUAGES[0]
