"""The page on which a reporter sees who opened their file.

It is rendered without the site's frame and may load nothing but our own style sheet: website
scripts and themes are made by whoever manages the site, who must not learn who has reported.
"""

from werkzeug.utils import redirect
from werkzeug.wrappers import Response

import frappe
from frappe import _
from frappe.utils import format_datetime

from sv_helpdesk.access_log import own_file
from sv_helpdesk.crypto import key_ring
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.sessions import gate
from sv_helpdesk.sessions.headers import HEADERS
from sv_helpdesk.sessions.keys import page_without_keys

PATH = "who-opened-my-file"
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
MOMENT = "d MMMM yyyy HH:mm"


class OwnFilePage:
	"""page_renderer hook: asked for every page, answers for its own address alone."""

	def __init__(self, path: str, http_status_code: int | None = None):
		self.path = path

	def can_render(self) -> bool:
		"""Tell the site whether this is our page."""
		return self.path == PATH

	def render(self) -> Response:
		"""Return the page for the session's user; a guest logs in first."""
		user = frappe.session.user
		if user == "Guest":
			return redirect(f"/login?redirect-to=/{PATH}")
		if not key_ring.is_usable():
			return page_without_keys()
		be_quiet()
		context = {"lang": frappe.local.lang, "user": user, "cases": _cases(user)}
		html = frappe.render_template("sv_helpdesk/templates/who_opened_my_file.html", context)
		headers = {**HEADERS, "Content-Security-Policy": POLICY}
		return Response(html, content_type="text/html; charset=utf-8", headers=headers)


def _cases(user: str) -> list[dict]:
	# a manager of the site who acts as somebody else is told what somebody without a case is told
	if not gate.acts_in_person(user):
		return []
	cases = [
		{"number": case["case_number"], "desk": case["desk"], "openings": own_file.openings_of(case)}
		for case in own_file.cases_of(user)
	]
	users = {opening.user for case in cases for opening in case["openings"]}
	names, desks = _names(users), _desks(users)
	return [
		{
			"number": case["number"],
			"rows": [
				{
					"moment": format_datetime(opening.moment, MOMENT),
					"name": names.get(opening.user) or opening.user,
					"desk": _desk(desks.get(opening.user, {}), case["desk"]),
					"what": opening.what if opening.count == 1 else f"{opening.what} ({opening.count})",
					"action": opening.action,
					"right": opening.right,
				}
				for opening in case["openings"]
			],
		}
		for case in cases
	]


def _names(users: set[str]) -> dict[str, str]:
	rows = frappe.get_all(
		"User", filters={"name": ["in", list(users)]}, fields=["name", "full_name"], order_by="name asc"
	)
	return {row.name: row.full_name for row in rows} | {"Administrator": _("Administration of the site")}


def _desks(users: set[str]) -> dict[str, dict[str, str]]:
	"""Return the titles of the desks each of these people works at, by the desks' names."""
	desk, member = frappe.qb.DocType("SV Desk"), frappe.qb.DocType("SV Desk Member")
	rows = (
		frappe.qb.from_(member)
		.inner_join(desk)
		.on((member.parent == desk.name) & (member.parenttype == "SV Desk"))
		.select(member.user, desk.name, desk.title)
		.where(member.user.isin(list(users) or [""]))
		.orderby(desk.title)
		.run(as_dict=True)
	)
	found: dict[str, dict[str, str]] = {}
	for row in rows:
		found.setdefault(row.user, {})[row.name] = row.title
	return found


def _desk(desks: dict[str, str], of_case: str) -> str:
	return desks.get(of_case) or ", ".join(desks.values())
