"""What outlives an anonymised case stays hidden from whom the case was hidden (R6): its tables, requests about own data.

It stays out of their figures, too: a case that came into them on the day it was anonymised would have told them
that there was one. Kept are keyed hashes, of those of our own people only who read figures, without who was accused.
"""

from collections.abc import Iterable

import frappe

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.permissions import denied_list, sides
from sv_helpdesk.permissions.anonymised import KEPT
from sv_helpdesk.permissions.matrix import rights
from sv_helpdesk.permissions.roles import ALL_ROLES


def keep_hidden(report: str, requests: Iterable[str]) -> None:
	"""Keep hidden what outlives a case that is being anonymised, from whom the case is hidden (R6).

	Its decision tables still lead to the case, so that its rows do for them until `let_go`. Requests about
	own data lose what leads there, and get rows of their own.

	Args:
		report: name of the SV Report.
		requests: names of the SV Subject Requests in which it was found.
	"""
	for request in requests:
		keep_request_hidden(report, request)
	# why goes, with the person whom a row followed, and who wrote it
	nobody = {
		"party": None,
		"known_as": None,
		"origin": denied_list.BY_HAND,
		"owner": "Administrator",
		"modified_by": "Administrator",
	}
	frappe.db.set_value("SV Denied", {"report": report}, nobody, update_modified=False)


def keep_request_hidden(report: str, request: str) -> None:
	"""Keep a request about own data hidden from whom a case is hidden that it loses (R6).

	Who answers it sees it still: they are told nothing by its being there.

	Args:
		report: name of the SV Report.
		request: name of the SV Subject Request.
	"""
	handler = frappe.db.get_value("SV Subject Request", request, "handler")
	theirs = blind_index("account", handler) if handler else ""
	rows = frappe.get_all("SV Denied", {"report": report}, ["user_index", "origin"], order_by="creation asc")
	for row in rows:
		if row.user_index != theirs:
			denied_list.add(request, row.user_index, denied_list.BY_HAND)


def let_go(records: Iterable[str]) -> None:
	"""Forget from whom these records were hidden, but where a decision table stands or figures are read.

	Args:
		records: names of anonymised cases, or of requests that are destroyed.
	"""
	readers = ["not in", [*_readers_of_figures(), ""]]
	for record in records:
		standing = {"name": ["in", [*sides.tables_about(record), ""]], "anonymised_at": ["is", "not set"]}
		if frappe.db.exists("SV Decision Table", standing):
			continue
		read_in_figures = {"user_index": readers} if frappe.db.exists("SV Report", record) else {}
		frappe.db.delete("SV Denied", {"report": record, **read_in_figures})


def tidy() -> None:
	"""Daily: nothing is kept of whoever has lost the role in which they read figures."""
	hidden = frappe.get_all("SV Denied", pluck="report", distinct=True, order_by="report asc")
	anonymised = {"name": ["in", [*hidden, ""]], "anonymised_at": ["is", "set"]}
	let_go(frappe.get_all("SV Report", anonymised, pluck="name", order_by="name asc"))


def _readers_of_figures() -> set[str]:
	"""Return the keyed hashes of everybody who may read exact figures of a desk."""
	roles = [
		role
		for role in ALL_ROLES
		if any(right.read and right.relation in KEPT for right in rights(frozenset({role}), "SV Report"))
	]
	users = frappe.get_all(
		"Has Role",
		filters={"parenttype": "User", "role": ["in", roles]},
		pluck="parent",
		distinct=True,
		order_by="parent asc",
	)
	return {blind_index("account", user) for user in users}
