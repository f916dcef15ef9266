"""What outlives an anonymised case stays hidden from whom the case was hidden (R6): its tables, requests about own data."""

from collections.abc import Iterable

import frappe

from sv_helpdesk.permissions import denied_list, sides


def keep_hidden(report: str, requests: Iterable[str]) -> None:
	"""Keep hidden what outlives a case that is being anonymised, from whom the case is hidden (R6).

	Its decision tables still lead to the case, so that its rows do for them until `let_go`. Requests about
	own data lose what leads there, and get rows of their own.

	Args:
		report: name of the SV Report.
		requests: names of the SV Subject Requests in which it was found.
	"""
	rows = frappe.get_all("SV Denied", {"report": report}, ["user_index", "origin"], order_by="creation asc")
	for request in requests:
		for row in rows:
			denied_list.add(request, row.user_index, row.origin)
	# the person whom a row followed goes, and who wrote it
	nobody = {"party": None, "owner": "Administrator", "modified_by": "Administrator"}
	frappe.db.set_value("SV Denied", {"report": report}, nobody, update_modified=False)


def let_go(records: Iterable[str]) -> None:
	"""Forget from whom these records were hidden, but for cases that lead to a decision table that stands.

	Args:
		records: names of anonymised cases, or of requests that are destroyed.
	"""
	for record in records:
		standing = {"name": ["in", [*sides.tables_about(record), ""]], "anonymised_at": ["is", "not set"]}
		if not frappe.db.exists("SV Decision Table", standing):
			frappe.db.delete("SV Denied", {"report": record})
