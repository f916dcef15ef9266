"""Who asked for a document of ours and was refused (ASVS 16.3.2); no content, and no flood.

A refused request is rolled back, so its refusals are collected and written afterwards, in a
transaction of their own. Only a request that fails counts: the Desk also asks for rights to
decide which buttons to show, and a no to that is no refusal.
"""

import frappe
from frappe.utils import cint, cstr

from sv_helpdesk.access_log.pending import row_of

MOST_IN_A_REQUEST = 5
MOST_IN_AN_HOUR = 300
HOUR = 3600
MORE = "more refusals"


def note(doctype: str, name: str | None, user: str) -> None:
	"""Remember that the session's user was refused a document, in case the request fails.

	Args:
	        doctype: type of the document.
	        name: its name, as the client gave it.
	        user: who was refused; somebody else than the session's user was only asked about.
	"""
	if (
		not name
		or user != frappe.session.user
		or user == "Guest"
		or not getattr(frappe.local, "request", None)
	):
		return
	refused = _collected()
	if len(refused) < MOST_IN_A_REQUEST:
		refused[(doctype, cstr(name))] = None


def take() -> list[dict]:
	"""Hand over a row for each document that was refused in this request."""
	refused = list(_collected())
	_collected().clear()
	# the names came from the client: only what exists can be refused
	return [row_of("Refused", *document) for document in refused if frappe.db.exists(*document)]


def within_limit(rows: list[dict]) -> list[dict]:
	"""Return the refusals the user's hour has room for, the last of them saying that there are more."""
	kept = []
	for row in rows:
		count = _counted()
		if count > MOST_IN_AN_HOUR:
			row["document_name"] = MORE
		if count <= MOST_IN_AN_HOUR + 1:
			kept.append(row)
	return kept


def _collected() -> dict:
	if not hasattr(frappe.local, "sv_refused"):
		frappe.local.sv_refused = {}
	return frappe.local.sv_refused


def _counted() -> int:
	"""Count one more refusal of this user in this hour, and return how many there were with it."""
	key = frappe.cache.make_key(f"sv_refused:{frappe.session.user}")
	count = cint(frappe.cache.incrby(key, 1))
	if count == 1:
		frappe.cache.expire(key, HOUR)
	return count
