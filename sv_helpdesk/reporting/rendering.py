"""The page's own HTML: complete, without the host's frame, and with everything escaped that somebody wrote."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.wrappers import Response

import frappe
from frappe import _

from sv_helpdesk.reporting import report_form, switch
from sv_helpdesk.reporting.telephone import callable_numbers
from sv_helpdesk.sessions.headers import HEADERS

LANGUAGES = ("nl", "en")
NAMES = {"nl": "Nederlands", "en": "English"}
# of the button that shows a page in the other language, with what was typed
SWITCH = "language"
POLICY = (
	"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; "
	"form-action 'self'; frame-ancestors 'none'"
)
PAGE_HEADERS = {
	**HEADERS,
	"Content-Security-Policy": POLICY,
	"X-Frame-Options": "DENY",
	"Cross-Origin-Opener-Policy": "same-origin",
	"Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
NOT_FOUND_BY_SEARCHING = {"X-Robots-Tag": "noindex, nofollow"}


def answer(template: str, path: str, context: dict, status: int = 200, searchable: bool = False) -> Response:
	"""Return a page.

	Args:
	        template: its file in templates/reporting.
	        path: where it is, so that the other language is there, too.
	        context: what it shows.
	        status: of HTTP.
	        searchable: whether search engines may keep it.
	"""
	language = frappe.local.lang
	shared = {
		"lang": language,
		"names": NAMES,
		"other": next(other for other in LANGUAGES if other != language),
		"path": path,
		"emergency": switch.emergency(language),
		"leave_to": switch.leave_to(),
		# no browser sends them again by itself
		"files_came": report_form.has_files(frappe.local.request),
		"institution": frappe.db.get_single_value(switch.SETTINGS, "institution_name") or "",
	}
	html = _environment().get_template(template).render({**shared, **context})
	headers = PAGE_HEADERS if searchable else {**PAGE_HEADERS, **NOT_FOUND_BY_SEARCHING}
	return Response(html, status, content_type="text/html; charset=utf-8", headers=headers)


@cache
def _environment() -> Environment:
	folder = Path(__file__).parent.parent / "templates" / "reporting"
	made = Environment(
		loader=FileSystemLoader(folder),
		autoescape=True,
		undefined=StrictUndefined,
		trim_blocks=True,
		lstrip_blocks=True,
	)
	# looked up anew for each request's language
	made.globals["_"] = lambda text, language=None: _(text, language)
	made.filters["callable"] = callable_numbers
	made.globals["address"] = _address
	return made


def _address(path: str, language: str) -> str:
	"""Return the address of one of our pages in a language; Dutch is the one without more."""
	return f"/{path}" if language == "nl" else f"/{path}?lang={language}"
