"""Nothing of who uses the reporting page is kept: no address, no session, no cookie, no line of a log.

What stands before this application, such as a proxy, writes logs of its own; docs/reporting-page.md says how to
switch those off.
"""

import frappe

from sv_helpdesk.crypto import key_ring
from sv_helpdesk.crypto.quiet import QuietDict, be_quiet, is_of_page
from sv_helpdesk.reporting import limits

VISITOR = "sv_visitor"
# what tells of a browser where it comes from
TELLING = (
	*("REMOTE_ADDR", "REMOTE_HOST", "REMOTE_PORT", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP"),
	*("HTTP_FORWARDED", "HTTP_X_CLIENT_IP", "HTTP_CLIENT_IP", "HTTP_TRUE_CLIENT_IP", "HTTP_CF_CONNECTING_IP"),
	*("HTTP_USER_AGENT", "HTTP_REFERER"),
)


def before_request() -> None:
	"""before_request hook: forget who asks for the reporting page, before anything can be written about it."""
	if is_of_page(frappe.local.request.path):
		forget_visitor()


def forget_visitor() -> None:
	"""Keep of an address no more than what limits need until the end of this request."""
	be_quiet()
	local, request = frappe.local, frappe.local.request
	if not getattr(local, VISITOR, None) and key_ring.is_usable():
		setattr(local, VISITOR, limits.mark_of(getattr(local, "request_ip", None) or ""))
	local.request_ip = ""
	request.remote_addr = None
	for name in TELLING:
		request.environ.pop(name, None)
	local.form_dict = QuietDict()
	if recorder := getattr(local, "_recorder", None):
		recorder.headers, recorder.form_dict = {}, QuietDict()
	if monitor := getattr(local, "monitor", None):
		monitor.data.request.ip = ""


def leave_no_cookie() -> None:
	"""Take back the cookies that the host would set for a guest."""
	cookies = frappe.local.cookie_manager
	cookies.cookies = {}
	cookies.to_delete = []


def visitor() -> str:
	"""Return what stands for the address of this request; see limits.mark_of."""
	return getattr(frappe.local, VISITOR, None) or ""
